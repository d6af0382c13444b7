"""A project that an engine builds without the plugin: settings, look, pages, and what the company wrote itself."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote, unquote

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.utils.yaml import get_yaml_loader

from generator import kit
from generator.mkdocs_plugin.settings import MATERIAL, merged, written
from generator.sinks import Refused
from generator.sinks.files import content

_ZENSICAL = "zensical"
_NAMES = {"mkdocs": "MkDocs", "properdocs": "ProperDocs", _ZENSICAL: "Zensical"}
_SETTINGS = {"mkdocs": "mkdocs.yml", "properdocs": "properdocs.yml", _ZENSICAL: "mkdocs.yml"}

# In a project these are the engine's own, or about what is not there.
_OF_HERE = ("docs_dir", "site_dir", "watch", "hooks")
# How deep the kit looks into what mkdocs.yml says, when it adds its own.
_DEPTH = {"plugins": 3, "markdown_extensions": 3, "validation": 2, "theme": 2}
_DEPTH.update(dict.fromkeys(("nav", "extra", "extra_css", "extra_javascript", "not_in_nav"), 1))

_NO_SCRIPT = re.compile(rb"^/// html \| noscript$.*?^///$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(rb"\]\(<([^<>#?]*\.md)([^<>]*)>\)")
_HEADING = re.compile(rb"^#+ ", re.MULTILINE)
_NO_TEXT = re.compile(rb"\]\([^)\n]*\)|<[^>\n]*>|\{[^}\n]*\}")
_FRONT_ENDS = b"\n---\n"
_UNFOUND = b"data-search-exclude"
_UNSEARCHED = b'search: {"exclude": true}'
_SECTION = 32_768
"""The most bytes of text that the search of Zensical takes of a section, where a site has thousands: else it ends."""


@dataclass(frozen=True)
class Project:
    """Its `files`, by path, and for each thing that it lacks of what mkdocs.yml asks for, a sentence that says so."""

    files: Mapping[str, bytes]
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class _Tagged:
    """A value with a tag, such as !ENV: the project has it as mkdocs.yml does, so that no secret is written down."""

    node: yaml.Node


class _Dumper(yaml.SafeDumper):
    """Writes settings."""


_Dumper.add_representer(_Tagged, lambda _, tagged: tagged.node)


def project(config: MkDocsConfig, files: Files, owner: str, engine: str) -> Project:
    """The project of a build with these settings and these files, in which the plugin `owner` has done its part.

    Refused where the engine has no use for the theme, or the settings cannot be written.
    """
    where, under, theme = config.config_file_path, config.plugins[owner].config["under"], config.theme.name
    if under:
        raise Refused(f"{where} puts the pages under {under!r}, for which every engine needs the plugin")
    if engine == _ZENSICAL and theme != MATERIAL:
        raise Refused(f"{_NAMES[engine]} builds with the theme {MATERIAL} alone, and {where} names {theme!r}")

    root = Path(where).parent
    settings = _settings(config, owner)
    hooks = {f"hooks/{_inside(root, hook)}": root / hook for hook in map(str, config.hooks or ())}
    lacks = list(_not_copied(settings, root))
    if theme != MATERIAL:
        lacks.append(f"The directory shows no rows in the theme {theme}: that needs the plugin.")
    if engine == _ZENSICAL:
        lacks += _for_zensical(settings, config, files)
        hooks = {}
    elif hooks:
        settings["hooks"] = list(hooks)
        lacks += [f"{hook} was copied; what it reads or imports beside itself was not." for hook in hooks]

    made = {_SETTINGS[engine]: _dumped(settings)}
    made |= {f"docs/{file.src_uri}": file.content_bytes for file in files}
    if engine == _ZENSICAL:
        lacks += _suit_zensical(made, files, owner)
    for path, source in (*_look(config), *hooks.items()):
        made[path] = content(source) or b""
    if strange := sorted(path for path in made if "\\" in path):
        raise Refused(*(f"{path} has a backslash in its name, which ends a folder elsewhere" for path in strange))
    return Project(made, tuple(lacks))


def _settings(config: MkDocsConfig, owner: str) -> dict[str, Any]:
    """What stands in mkdocs.yml, and what the plugin brings, without the plugin."""
    settings = merged(_with_tags(Path(config.config_file_path), config), config.theme.name)
    for key in _OF_HERE:
        settings.pop(key, None)
    if not settings["site_url"]:
        del settings["site_url"]  # Zensical takes an empty one for the root of the host
    settings["nav"] = config.nav
    settings["extra"] |= {name: config.extra[name] for name in ("edit_base", "edit_folders")}
    settings["theme"]["custom_dir"] = "look"
    del settings["plugins"][owner]
    return settings


def _for_zensical(settings: dict[str, Any], config: MkDocsConfig, files: Files) -> Iterator[str]:
    """Change settings to what Zensical can do; what it cannot do is said."""
    name = _NAMES[_ZENSICAL]
    settings["theme"].setdefault("variant", "classic")  # the look is made for its markup
    settings["extra"]["edit_links"] = dict(_edit_links(config, files))
    for hook in config.hooks or ():
        yield f"The hook {hook} was left out: {name} runs none."
    for plugin in sorted(settings["plugins"].keys() - merged({}, MATERIAL)["plugins"].keys()):
        yield f"The plugin {plugin} does nothing, unless {name} has something of that name."
    extensions = settings["markdown_extensions"]
    for path, value in list(_values(extensions)):
        if isinstance(value, _Tagged) and value.node.tag == "!relative" and extensions[path[0]].pop(path[1], None):
            yield f"The option {path[1]} of {path[0]} was left out: {name} does not know the tag !relative."


def _suit_zensical(made: dict[str, bytes], files: Files, owner: str) -> Iterator[str]:
    """Change pages to what Zensical can do; what it cannot do is said."""
    for file in (one for one in files if one.is_documentation_page()):
        path = f"docs/{file.src_uri}"
        made[path] = _settled(made[path], file, files)
        if file.generated_by == owner and _too_long(made[path]):
            yield f"The search of {_NAMES[_ZENSICAL]} has no {file.src_uri}: a section of it is too long."
            made[path] = _unsearched(made[path])


def _edit_links(config: MkDocsConfig, files: Files) -> Iterator[tuple[str, str]]:
    """Where the pages that the company wrote are edited, by their addresses."""
    if base := config["extra"].get("edit_base"):
        for file in files.documentation_pages():
            if not file.generated_by:
                yield file.url, f"{base}{config['extra']['edit_folders']['docs']}{quote(file.src_uri)}"


def _settled(page: bytes, file: File, files: Files) -> bytes:
    """What a page says, with addresses for links to files in what is for browsers without scripts: Zensical looks for
    no links there.
    """

    def address(link: re.Match[bytes]) -> bytes:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), unquote(link[1].decode())))
        there = files.get_file_from_path(path)
        return b"](<%s%s>)" % (there.url_relative_to(file).encode(), link[2]) if there else link[0]

    return _NO_SCRIPT.sub(lambda block: _LINK.sub(address, block[0]), page)


def _too_long(page: bytes) -> bool:
    """Whether Zensical's search would end the build at this page, since one of its sections has too much text."""
    front, _, body = page.partition(_FRONT_ENDS)
    if _UNSEARCHED in front.split(b"\n"):
        return False
    # To Zensical, headings for browsers without scripts begin no section.
    whole = _NO_SCRIPT.sub(lambda block: _HEADING.sub(b"", block[0]), body)
    found = (one for one in _HEADING.split(whole) if _UNFOUND not in one.partition(b"\n")[0])
    return any(len(_NO_TEXT.sub(b"", section)) > _SECTION for section in found)


def _unsearched(page: bytes) -> bytes:
    """The page as one that no search is to find, whatever rank it had."""
    front, ends, body = page.partition(_FRONT_ENDS)
    lines = [line for line in front.split(b"\n") if not line.startswith(b"search: ")]
    return b"\n".join([*lines, _UNSEARCHED]) + ends + body


def _inside(root: Path, file: str) -> str:
    """A path of its own, within any folder, for a file that may stand above `root`."""
    relative = PurePath(os.path.relpath(root / file, root))
    return "/".join("_" if part == ".." else part for part in relative.parts)


def _look(config: MkDocsConfig) -> Iterator[tuple[str, Path]]:
    """Where the files of the look stand in the project, and where here; of two in one place the last one counts."""
    kits = [kit.PAGES, *([kit.MATERIAL] if config.theme.name == MATERIAL else [])]
    for folder in (*kits, *([Path(config.theme.custom_dir)] if config.theme.custom_dir else [])):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield f"look/{path.relative_to(folder).as_posix()}", path


def _with_tags(file: Path, config: MkDocsConfig) -> dict[str, Any]:
    """What a file of settings says; values with tags stay as they are wherever the kit adds nothing to them."""

    class Loader(get_yaml_loader(yaml.SafeLoader)):  # type: ignore[misc]
        """Knows no tag beyond those of YAML, and keeps the others."""

    for tag in (None, "!ENV"):
        Loader.add_constructor(tag, lambda _, node: _Tagged(node))
    plain = written(file, config)
    kept = written(file, config, Loader)
    return {key: _kept(value, plain.get(key), _DEPTH.get(key, 0)) for key, value in kept.items()}


def _kept(tagged: Any, plain: Any, depth: int) -> Any:
    """`tagged`, but what has a tag above `depth` as in `plain`."""
    if isinstance(tagged, _Tagged):
        return plain if depth > 0 else tagged
    if isinstance(tagged, dict) and isinstance(plain, dict) and tagged.keys() == plain.keys():
        return {key: _kept(value, plain[key], depth - 1) for key, value in tagged.items()}
    if isinstance(tagged, list) and isinstance(plain, list) and len(tagged) == len(plain):
        return [_kept(one, other, depth - 1) for one, other in zip(tagged, plain, strict=True)]
    return plain


def _dumped(settings: Mapping[str, Any]) -> bytes:
    try:
        text = yaml.dump(settings, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
    except yaml.YAMLError as error:
        raise Refused(f"the settings cannot be written into a project: {error}") from None
    return text.encode()


def _values(settings: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each value of settings that holds no others, with the keys that lead to it."""
    parts = (
        settings.items() if isinstance(settings, dict) else enumerate(settings) if isinstance(settings, list) else ()
    )
    for key, value in parts:
        yield from _values(value, (*path, *([str(key)] if isinstance(settings, dict) else [])))
    if not isinstance(settings, dict | list):
        yield path, settings


def _not_copied(settings: Mapping[str, Any], root: Path) -> Iterator[str]:
    """Options of plugins and extensions that name something beside mkdocs.yml."""
    for key in ("plugins", "markdown_extensions"):
        for path, value in _values(settings[key]):
            if isinstance(value, str) and ("/" in value or "." in value) and os.path.lexists(root / value):
                yield f"{value}, which {' '.join(path)} names, was not copied."
