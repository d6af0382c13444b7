"""Commands that turn the data into the site or its pages."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from generator import progress
from generator.boundary import Exit
from generator.cli.options import cut, gate_options, is_folder, require_playbook, summaries
from generator.cli.pin import note_pin
from generator.cli.standing import Standing, Wanted
from generator.cli.timing import Timings, counted_pages
from generator.compare import ChangeLog, change_log, warning
from generator.findings import Finding
from generator.loading import Loaded
from generator.model import Playbook
from generator.problems import suggest
from generator.reports.printable import printable
from generator.sinks import folder, swap
from generator.sinks.kept import Kept
from generator.site import Site

if TYPE_CHECKING:
    from generator.mkdocs_plugin import Building, PluginOptions, Source

_config = click.option(
    "--config",
    metavar="FILE",
    help="The settings of MkDocs.  [default: mkdocs.yml, where there is one]",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=lambda: "mkdocs.yml" if Path("mkdocs.yml").exists() else None,
)


_audience = click.option(
    "--audience",
    default="",
    metavar="ID",
    help="For whom: an id of audiences in settings.yml, whose site lacks what they do not see.  "
    "[default: that of mkdocs.yml, else everything]",
)


class _Engine(click.Choice[str]):
    """What builds sites from projects."""

    def __init__(self) -> None:
        super().__init__(["mkdocs", "properdocs", "zensical"])

    def get_invalid_choice_message(self, value: str, ctx: click.Context | None) -> str:  # noqa: ARG002
        return f"{cut(value)!r} is no engine that projects are written for. {suggest(value, self.choices)}"


@click.command()
@gate_options
@_config
@_audience
@click.option("--site-dir", default="site", show_default=True, metavar="DIR", help="Where the site goes.")
@click.option("--timings", is_flag=True, help="Say how long each stage took, and how much memory was used by then.")
def build(
    data: str, as_of: date | None, strict: bool, config: Path | None, audience: str, site_dir: str, timings: bool
) -> Exit:
    """Check the data and build the site.

    Where that fails, the old site stays as it was.  What no option says, mkdocs.yml may: the
    plugin's data, as_of, strict and audience, and site_dir.
    """
    note_pin(data)
    times, wanted = Timings(), _wanted(data, as_of, strict, config, audience, site_dir)
    standing = Standing(wanted)
    with progress.listening(*([times] if timings else [])):
        progress.stage("compare with the last build")
        code = Exit.FINE if _stands(standing) else _build(wanted, standing)
    if timings:
        click.echo("\n".join(times.lines()), err=True)
    return code


def _wanted(data: str, as_of: date | None, strict: bool, config: Path | None, audience: str, site: str) -> Wanted:
    source = click.get_current_context().get_parameter_source
    options = ("data", "as_of", "audience", "site_dir")
    typed = frozenset(name for name in options if source(name) is ParameterSource.COMMANDLINE)
    return Wanted(Path(data), Path(site), config, as_of, audience, strict, typed)


def _stands(standing: Standing) -> bool:
    """Whether the site is what a build would make; then what the last one said is said again."""
    said = standing.said()
    if said is not None:
        click.echo("\n".join(map(printable, said)))
    return said is not None


def _build(wanted: Wanted, standing: Standing) -> Exit:
    progress.stage("settings")
    from generator import mkdocs_plugin  # half a second that the other commands need not wait for

    try:
        asked = _filled(wanted, mkdocs_plugin.asked(wanted.config))
        if (asked.data, asked.site) != (wanted.data, wanted.site):
            standing = Standing(asked)
            if _stands(standing):
                return Exit.FINE
        with mkdocs_plugin.building(wanted.config, strict=wanted.strict) as building:
            progress.stage("read and check")
            checked, playbook, found = _required(asked)
            changes = changes_of(playbook, asked.data, checked)
            checked = checked.bare()  # no page is made of the rest, and it takes as much room as the playbook
            site = site_of(playbook, changes, checked.findings)
            return _put(building, site, asked, standing, None if changes.unread else found)
    except mkdocs_plugin.Failed as failed:
        return _failed(failed)


def _filled(wanted: Wanted, asked: PluginOptions) -> Wanted:
    """The site that is wanted, where the command line leaves something to mkdocs.yml and the environment."""
    return replace(
        wanted,
        data=_from_here(asked.data) if asked.data is not None and "data" not in wanted.typed else wanted.data,
        site=_from_here(asked.site) if asked.site is not None and "site_dir" not in wanted.typed else wanted.site,
        as_of=wanted.as_of if "as_of" in wanted.typed else asked.as_of,
        audience=wanted.audience if "audience" in wanted.typed else asked.audience,
        strict=wanted.strict or asked.strict,
    )


def _source(wanted: Wanted) -> Source:
    from generator.mkdocs_plugin import Source

    return Source(wanted.data.absolute(), wanted.as_of, wanted.strict, wanted.audience)


def _from_here(folder: Path) -> Path:
    """The folder as somebody at this prompt would name it."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def write_site(site: Site, wanted: Wanted) -> Exit:
    """Build the site, and say where it is, or why it is not."""
    from generator import mkdocs_plugin

    try:
        with mkdocs_plugin.building(wanted.config, strict=wanted.strict) as building:
            return _put(building, site, wanted)
    except mkdocs_plugin.Failed as failed:
        return _failed(failed)


def _put(
    building: Building,
    site: Site,
    wanted: Wanted,
    standing: Standing | None = None,
    said: Sequence[str] | None = None,
) -> Exit:
    """Build the site with these settings.

    `standing` remembers the build, and what was `said` before it; None where only another build can say that again.
    """
    from generator.mkdocs_plugin import Earlier

    number = sum(path.endswith(".md") for path in site.paths)
    where = f"The site is in {printable(str(wanted.site))}: {number} pages, as of {site.as_of}"
    swap.check(wanted.site, [wanted.data, *building.protected])
    earlier = None
    if standing is not None and building.read is not None and not building.plain:
        standing.reads(building.read)
        if standing.surroundings:
            earlier = Earlier(standing.pages, wanted.site, standing.surroundings)

    def remember() -> None:
        if standing is None or earlier is None or not standing.unchanged():
            return
        earlier.keep()
        # What MkDocs warned of is to be said in every build.
        if said is not None and not building.warned:
            standing.keep([*said, f"{where}; nothing has changed since it was built."])

    # No sooner, and no later: what is remembered is what stands there, and must be of this build.
    with counted_pages(), swap.new_site(wanted.site, _waiting, remember) as new:
        building.into(new, site, _source(wanted), earlier)
        progress.stage("files")
    if building.plain:
        click.echo("The theme is not Material: the pages are plain in it, with no look of their own.", err=True)
    click.echo(f"{where}.")
    return Exit.FINE


def _host(addr: str) -> str:
    """The address as it stands in front of a port."""
    if ":" not in addr:
        return addr
    try:
        return f"[{ip_address(addr)}]"
    except ValueError:
        host, _, port = addr.rpartition(":")
        raise click.BadParameter(f"{cut(addr)!r} is no host: write --addr {cut(host)} --port {cut(port)}") from None


@click.command()
@gate_options
@_config
@_audience
@click.option(
    "--addr",
    default="127.0.0.1",
    show_default=True,
    metavar="HOST",
    help="The address to listen on.",
    callback=lambda _ctx, _param, addr: _host(addr),
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
def serve(
    data: str, as_of: date | None, strict: bool, config: Path | None, audience: str, addr: str, port: int
) -> Exit:
    """Show the site and reload it whenever a file changes."""
    note_pin(data)
    from generator import mkdocs_plugin

    wanted = _wanted(data, as_of, strict, config, audience, "site")
    try:
        _required(_filled(wanted, mkdocs_plugin.asked(config)))
        gc.enable()  # no command that is over soon
        mkdocs_plugin.serve(config, lambda asked: _source(_filled(wanted, asked)), f"{addr}:{port}")
    except mkdocs_plugin.Failed as failed:
        return _failed(failed)
    return Exit.FINE


@click.command()
@gate_options
@_config
@_audience
@click.option("--out", required=True, metavar="DIR", help="The folder to put them in; other files there stay.")
@click.option("--for", "engine", type=_Engine(), help="Write a project that this engine builds into the whole site.")
def pages(
    data: str, as_of: date | None, strict: bool, config: Path | None, audience: str, out: str, engine: str | None
) -> Exit:
    """Write the pages as Markdown files.

    Pages of earlier runs that are no more are removed; files of others are never touched.
    """
    from generator import mkdocs_plugin

    try:
        asked = _filled(_wanted(data, as_of, strict, config, audience, "site"), mkdocs_plugin.asked(config))
        if engine is None:
            files = {page.path: page.data for page in _site(asked).pages()}
            _written("The pages are", folder.write(files, Path(out), _waiting, protected=[asked.data]), out)
            return Exit.FINE
        with mkdocs_plugin.building(config, strict=strict) as building:
            project = building.project(engine, _site(asked), _source(asked))
            done = folder.write(project.files, Path(out), _waiting, protected=[asked.data, *building.protected])
    except mkdocs_plugin.Failed as failed:
        return _failed(failed)
    _written("The project is", done, out)
    for line in project.lacks:
        click.echo(printable(line))
    click.echo(f"To build the site, run `{engine} build` in that folder.")
    return Exit.FINE


def _site(wanted: Wanted) -> Site:
    checked, playbook, _ = _required(wanted)
    return site_of(playbook, changes_of(playbook, wanted.data, checked), checked.findings)


def _required(wanted: Wanted) -> tuple[Loaded, Playbook, list[str]]:
    """The playbook, cut for the audience, with all that was found; and what was said of the whole."""

    def named(option: str, there: str) -> str:
        return option if there in wanted.typed else f"{there}, in mkdocs.yml or the environment"

    if not is_folder(str(wanted.data)) and wanted.data != Path("data"):
        what = f"there is no folder {cut(str(wanted.data))!r}"
        raise click.BadParameter(what, param_hint=named("--data", "data"))
    checked = require_playbook(str(wanted.data), wanted.as_of, wanted.strict)
    said = summaries(checked, wanted.audience)
    for line in said:
        click.echo(line)
    try:
        checked = checked.for_audience(wanted.audience)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=named("--audience", "audience")) from None
    assert checked.playbook is not None
    return checked, checked.playbook, said


def _written(what: str, done: folder.Written, out: str) -> None:
    counts = f"{done.written} written, {done.unchanged} unchanged, {done.removed} removed"
    click.echo(f"{what} in {printable(out)}: {counts}.")


def changes_of(playbook: Playbook, data: Path, checked: Loaded | None = None) -> ChangeLog:
    """What the last commits tell to the audience of the playbook, if it may be told anything of them."""
    if playbook.audience is not None:
        return ChangeLog((), {})
    progress.stage("history")
    changes = change_log(data, playbook.as_of, checked, Kept(data, "history"))
    if changes.unread:
        click.echo(printable(warning(changes.unread)), err=True)
    return changes


def site_of(playbook: Playbook, changes: ChangeLog, findings: tuple[Finding, ...] | None = None) -> Site:
    """The site of a playbook; `findings` are those of it, where they are known."""
    progress.stage("pages")
    return Site(playbook, *changes, found=findings)


def _failed(failed: Any) -> Exit:
    if message := str(failed):
        click.echo("\n".join(map(printable, message.split("\n"))), err=True)
    return Exit.USAGE if failed.usage else Exit.PROBLEMS


def _waiting() -> None:
    click.echo("Another run is writing there; waiting for it.", err=True)
