"""The command that begins a company's repository."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from generator import __version__, kit, loading
from generator.boundary import Exit
from generator.cli import questions
from generator.cli.new import filled, id_made_of, types_named
from generator.cli.proposals import schemas_of
from generator.cli.site import changes_of, site_of, write_site
from generator.cli.standing import Wanted
from generator.editing import one_line, with_types
from generator.model import Playbook
from generator.reports.printable import printable
from generator.sinks import Refused, files
from generator.source import data_files
from generator.words import count

_ALL, _THREE = "all", "three"
_THREE_TYPES = kit.REPOSITORY / "common" / "data" / "taxonomy.yml"
_HOSTS = click.Choice(["github", "gitlab", "neither"], case_sensitive=False)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--company", metavar="NAME", help="The company's name.")
@click.option(
    "--types",
    metavar="TYPES",
    help=f"The partner types to begin with: {_ALL!r} of the reference; some of it, with commas; or {_THREE!r} that "
    "fit any company, to be renamed.",
)
@click.option("--department", metavar="NAME", help="The department where partners are expected to be managed.")
@click.option("--host", type=_HOSTS, help="Which service is to check and publish what is in the repository.")
@click.option("--sample", is_flag=True, help="Begin with a sample company, to look around in.")
def init(
    folder: Path, company: str | None, types: str | None, department: str | None, host: str | None, sample: bool
) -> Exit:
    """Begin a company's own repository in the folder DIR.

    It gets data files with examples in them, settings, checks and a README for the team, and a
    first site is built.  What is not given as an option is asked for; with --sample nothing is.
    """
    files.check_new(folder)
    if sample:
        if company is not None or types is not None or department is not None:
            raise click.UsageError("the sample has a name, types and departments: give --host alone")
        begun = _repository(host or "neither", {}) | _sample()
    else:
        begun = _own(company, types, department, host)
    playbook = _put(folder, begun)
    shown = printable(str(folder))
    named = printable(playbook.settings.company)
    click.echo(f"{shown} holds the playbook of {named}, with {count(len(playbook.types), 'partner type')}.")
    site = site_of(playbook, changes_of(playbook, folder / "data"))
    code = write_site(site, Wanted(folder / "data", folder / "site", folder / "mkdocs.yml"))
    if code is not Exit.FINE:
        click.echo(f"The site is not built. {shown} stays as it is: `playbook build` there tries again.", err=True)
        return code
    click.echo(f"\nNext, in {shown}:")
    click.echo("  1. `playbook serve` shows the site on http://127.0.0.1:8000/ and reloads it as you edit.")
    click.echo("  2. `playbook new person` and `playbook new partner` fill it; README.md has more ways.")
    click.echo("  3. `git init -b main`, `git add .` and `git commit` begin the history that the site tells.")
    return Exit.FINE


def _own(company: str | None, types: str | None, department: str | None, host: str | None) -> dict[str, bytes]:
    """The files of a repository, by path, as the options and the answers want them."""
    reference, everything = _alone(kit.TAXONOMY.read_bytes())
    ask = questions.Questions()
    called = ask.answer("--company", company, "Name of the company", _company)
    if types is None and questions.somebody_there():
        click.echo("The reference has these partner types:")
        for one in everything.types.values():
            click.echo(f"  {one.id:{max(map(len, everything.types))}}  {one.name}")
    question = f"Partner types: {_ALL!r} of these, some with commas, or {_THREE!r} others that fit any company"
    taxonomy = ask.answer("--types", types, question, lambda given: _taxonomy(reference, given))
    home = ask.answer("--department", department, "Department where partners are expected to be managed", _department)
    question = f"Which service is to check and publish it ({', '.join(_HOSTS.choices)})"
    served = ask.answer("--host", host, question, lambda given: str(_HOSTS.convert(given.strip(), None, None)))
    if called is None or taxonomy is None or home is None or served is None:
        raise ask.unanswered()
    _, begun = _alone(taxonomy)
    answers = {
        "COMPANY": one_line(called),
        "DEPARTMENT": one_line(home),
        "DEPARTMENT_ID": one_line(_id(home)),
        "TYPE_ID": next(iter(begun.types)),
    }
    return _repository(served, answers) | {"data/taxonomy.yml": taxonomy}


def _alone(taxonomy: bytes) -> tuple[loading.Loaded, Playbook]:
    """A taxonomy of the kit, and nothing that is classed by it."""
    checked = _loaded({"taxonomy.yml": taxonomy})
    assert checked.playbook is not None, checked.errors
    return checked, checked.playbook


def _loaded(texts: Mapping[str, bytes]) -> loading.Loaded:
    """A playbook without a partner, with these data files."""
    with files.temporary_folder({"partners.yml": b"departments: []\n", **texts}) as place:
        return loading.load_folder(place, None, date.today())


def _company(given: str) -> str:
    """The company's name; click.UsageError where the settings cannot hold it."""
    name = filled(given)
    _fits("settings.yml", f"company: {one_line(name)}\n")
    return name


def _department(given: str) -> str:
    """The department's name; click.UsageError where the data cannot hold it, or the id that is made of it."""
    name = filled(given)
    _fits("partners.yml", f"departments:\n  - id: {one_line(_id(name))}\n    name: {one_line(name)}\n")
    return name


def _id(department: str) -> str:
    return id_made_of(department, "give it a name with letters or digits")


def _fits(file: str, text: str) -> None:
    """click.UsageError where a playbook cannot have this file."""
    if errors := _loaded({"taxonomy.yml": _THREE_TYPES.read_bytes(), file: text.encode()}).errors:
        raise click.UsageError(": ".join(filter(None, (errors[0].message, errors[0].hint))))


def _taxonomy(reference: loading.Loaded, given: str) -> bytes:
    """The taxonomy that is asked for; click.UsageError where a type is not known."""
    whole = {_ALL: kit.TAXONOMY, _THREE: _THREE_TYPES}
    if file := whole.get(given.strip().casefold()):
        return file.read_bytes()
    return with_types(reference.documents["taxonomy.yml"], types_named(reference, given)).encode()


def _repository(host: str, answers: Mapping[str, str]) -> dict[str, bytes]:
    """The kit's files for this host, by path, with the answers in place of the words that stand for them.

    What the host adds to a file that every repository has follows at its end.
    """
    words = {**answers, "VERSION": __version__}
    word = re.compile(rf"\b({'|'.join(words)})\b")
    begun: dict[str, bytes] = {}
    for folder in (kit.REPOSITORY / "common", kit.REPOSITORY / host):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            written = word.sub(lambda found: words[found[1]], path.read_text("utf-8")).encode()
            name = path.relative_to(folder).as_posix()
            begun[name] = begun.get(name, b"") + written
    return begun


def _sample() -> dict[str, bytes]:
    """The data files of the sample company, by their paths in a repository."""
    found, problems = data_files(kit.SAMPLE)
    if problems:
        raise Refused(f"the sample company is not installed: {problems[0].message}")
    return {f"data/{name}": path.read_bytes() for name, path in found.items()}


def _put(folder: Path, begun: Mapping[str, bytes]) -> Playbook:
    """The playbook of these files, which then stand in the folder."""
    with files.new_folder(folder) as place:
        for name, content in begun.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content)
        checked = loading.load_folder(place / "data", None, date.today())
        assert checked.playbook is not None, checked.errors
        schemas = {name: content.encode() for name, content in schemas_of(checked.playbook).items()}
        files.renew_all(place / "data", schemas)
    return checked.playbook
