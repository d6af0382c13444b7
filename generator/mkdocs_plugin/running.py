"""MkDocs run by our own commands, with options that count more than those in mkdocs.yml."""

from __future__ import annotations

import errno
import json
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import mkdocs.commands.build
import mkdocs.commands.serve
from jinja2 import TemplateError
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator import progress
from generator.mkdocs_plugin.direct import only_known
from generator.mkdocs_plugin.earlier import Earlier
from generator.mkdocs_plugin.messages import message_of, template_message
from generator.mkdocs_plugin.options import PluginOptions, read_options
from generator.mkdocs_plugin.plugin import TWICE, PlaybookPlugin
from generator.mkdocs_plugin.project import Project, project
from generator.mkdocs_plugin.ready import NAME, Source
from generator.mkdocs_plugin.settings import (
    MATERIAL,
    check_environment,
    kits,
    named_in,
    no_day,
    of_environment,
    options_of,
    written,
    written_by,
)
from generator.sinks import reason_of
from generator.site import Site


class Failed(Exception):
    """MkDocs gave up; `usage` is true where mkdocs.yml is at fault.  The message may be empty: it is logged already."""

    def __init__(self, message: str, *, usage: bool) -> None:
        super().__init__(message)
        self.usage = usage


class Building:
    """A build by command: first the settings are read, then pages are put somewhere."""

    def __init__(self, config: MkDocsConfig, made: Path, home: Path, *, warned: bool) -> None:
        """`made` holds what stands in for settings and pages that there are none of; `home` is where they would be."""
        self.warned = warned
        """Whether something was said on standard error."""
        self._config = config
        self._made = made
        self._home = home
        own = [config.config_file_path, config.docs_dir, config.theme.custom_dir]
        self.protected = tuple(Path(path) for path in own if path)
        """Files and folders that no site may overwrite."""
        self.plain = config.theme.name != MATERIAL
        """Whether the pages will be without the look that the kit has for Material."""
        plugin = config.plugins[NAME]
        assert isinstance(plugin, PlaybookPlugin)
        self._plugin = plugin

    @property
    def read(self) -> tuple[Path, ...] | None:
        """What the site is made from besides the data; None where more than we know of may have a say in it."""
        config = self._config
        elsewhere = re.search("INHERIT|python/", _text(config.config_file_path))  # other settings, names in modules
        foreseeable = only_known(config) and not config.hooks and not elsewhere
        own = (path for path in self.protected if not path.is_relative_to(self._made))
        return (*own, self._home / "docs") if foreseeable else None

    def into(self, folder: Path, site: Site, source: Source, earlier: Earlier | None = None) -> None:
        """Build the site of this source, and docs/, into `folder`; Failed where that ends early.

        Pages that `earlier` has are taken from there.
        """
        config = self._config
        config.site_dir = str(folder)
        self._plugin.given, self._plugin.commanded, self._plugin.earlier = site, lambda _: source, earlier
        with _mkdocs(logging.WARNING) as log:
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs.commands.build.build(config)
            finally:
                config.plugins.on_shutdown()
        # Other processes have a log of their own.
        self.warned |= log.used or (earlier is not None and earlier.warned)

    def project(self, engine: str, site: Site, source: Source) -> Project:
        """What `engine` (mkdocs, properdocs or zensical) builds the site of this source from without the plugin.

        Failed where MkDocs could not build it either, Refused where the engine could not.
        """
        self._plugin.given, self._plugin.commanded = site, lambda _: source
        with _mkdocs(logging.WARNING):
            return project(self._config, self._plugin.alone(self._config), NAME, engine)


def _text(file: str) -> str:
    return Path(file).read_text(encoding="utf-8-sig", errors="replace")


@contextmanager
def building(config_file: Path | None, *, strict: bool) -> Iterator[Building]:
    """A build with the settings of this file, else with the kit's alone; Failed where they cannot be used."""
    with _settings(config_file) as (file, settings, made):
        with _mkdocs(logging.WARNING) as log:
            config = _config(file, **settings, strict=strict or None)
        yield Building(config, made, _home(config_file), warned=log.used)


def asked(config_file: Path | None) -> PluginOptions:
    """What this file of settings and the environment ask for; Failed where that cannot be meant.

    The file may be one of a site that has no plugin of ours: then it asks for nothing.
    """
    with _reading(config_file):
        whole: Any = written(config_file) if config_file is not None else {}
        # What else is wrong with them, MkDocs says when it reads them.
        said = whole if isinstance(whole, dict) else {}
        own = [options for name, options in named_in(said.get("plugins")) if name == NAME and isinstance(options, dict)]
        if len(own) > 1:
            raise Failed(TWICE, usage=True)
        brought = options_of(kits()["plugins"])[NAME]
        root = config_file.absolute().parent if config_file is not None else Path.cwd()
        try:
            options = read_options({**brought, **(own[0] if own else {})}, root)
        except ValueError as error:
            raise Failed(str(error), usage=True) from None
        site = said.get("site_dir")
        return options._replace(site=root / str(site) if site is not None else None)


def serve(config_file: Path | None, commanded: Callable[[PluginOptions], Source], address: str) -> None:
    """Show the site at `address` (host:port) and rebuild it when something changes, until interrupted; `commanded` says
    of what, beside what mkdocs.yml says then.
    """
    with _settings(config_file) as (file, settings, _), _mkdocs(logging.INFO):
        _config(file, **settings)
        PlaybookPlugin.commanded = staticmethod(commanded)
        try:
            mkdocs.commands.serve.serve(str(file), livereload=True, dev_addr=address, **settings)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES):
                raise
            raise Failed(f"{address}: {reason_of(error)}; --addr and --port name another place", usage=True) from None
        finally:
            PlaybookPlugin.commanded = None


@contextmanager
def _settings(config_file: Path | None) -> Iterator[tuple[Path, dict[str, Any], Path]]:
    """A file of settings, what is to count more than it, and the folder of what stands in for such a file or pages:
    MkDocs wants both.
    """
    with TemporaryDirectory() as name:
        place = Path(name)
        file = config_file or place / "mkdocs.yml"
        if config_file is None:
            # What a variable names, is from here.
            data = asked(None).data
            plugin = {NAME: {"data": str(data)}} if data is not None else NAME
            plain = {"site_name": "Partner Playbook", "theme": {"name": MATERIAL}, "plugins": [plugin]}
            file.write_text(json.dumps(plain), encoding="utf-8")
        docs = _home(config_file) / "docs"
        if docs.is_dir():
            yield file, {} if config_file else {"docs_dir": str(docs)}, place
            return
        (place / "docs").mkdir()
        try:
            said = written(file)
        except MkDocsException:
            said = {}  # it is read once more, and then said to be wrong
        yield file, {} if "docs_dir" in said else {"docs_dir": str(place / "docs")}, place


def _home(config_file: Path | None) -> Path:
    """The folder in which the company's settings and pages are looked for."""
    return (config_file.parent if config_file else Path()).absolute()


def _config(config_file: Path, **settings: Any) -> MkDocsConfig:
    with _reading(config_file):
        config = load_config(str(config_file), **settings)
        if NAME not in config.plugins:
            off = NAME in options_of(written_by(config).get("plugins"))
            what = f"turns {NAME!r} off" if off else f"does not list {NAME!r}"
            raise Failed(f"{config_file} {what} under plugins", usage=True)
        check_environment(config)
    return config


@contextmanager
def _reading(config_file: Path | None) -> Iterator[None]:
    """What is wrong with the settings, or a variable that they name, as Failed."""
    try:
        yield
    except MkDocsException as error:
        raise Failed(message_of(error), usage=True) from error
    except ValueError as error:
        # YAML takes for a date what looks like one, and says no more than this where it is none.
        reason = no_day()
        said = of_environment(reason) if reason else f"{config_file}, or a variable that it names: {error}"
        raise Failed(said, usage=True) from error


class _Log(logging.StreamHandler[Any]):
    """What is logged, below nothing that is written over and over again."""

    used = False
    """Whether anything was."""

    def emit(self, record: logging.LogRecord) -> None:
        self.used = True
        progress.aside()
        super().emit(record)


@contextmanager
def _mkdocs(level: int) -> Iterator[_Log]:
    """Run MkDocs as its own command would, with its log, which is given, on stderr, and its failures as Failed."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logger = logging.getLogger("mkdocs")
    handler = _Log()
    handler.setFormatter(logging.Formatter("%(levelname)-7s  %(message)s"))
    logger.addHandler(handler)
    before = logger.level
    logger.setLevel(level)
    try:
        yield handler
    except MkDocsException as error:
        raise Failed(message_of(error), usage=False) from error
    except TemplateError as error:
        raise Failed(template_message(error), usage=False) from error
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
