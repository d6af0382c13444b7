"""What the kit brings into the settings of MkDocs: each only where mkdocs.yml says nothing of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.utils import nest_paths
from mkdocs.utils.yaml import yaml_load

from generator import kit

MATERIAL = "material"
"""The theme that the kit's look is made for."""


class Brought:
    """The settings of a site, those of mkdocs.yml and of the kit together.

    Plugins come before any plugin reads settings, the rest after all have changed theirs.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._written = written(Path(config.config_file_path)) if config.config_file_path else {}
        self._kit = written(kit.SETTINGS)
        self.material = config.theme.name == MATERIAL

    def plugins(self) -> None:
        """Add the plugins that are not listed, and the options that those that are listed leave out."""
        there = {name.rpartition("/")[2]: plugin for name, plugin in self._config.plugins.items()}
        said = dict(_options(self._written.get("plugins") or ()))
        missing = []
        for name, options in _options(self._kit["plugins"]):
            if not self.material:
                if name == "offline":
                    continue  # it is a part of Material
                if name == "search":
                    options = {"separator": options["separator"]}  # that of MkDocs knows no fields
            if name in there:
                there[name].config.update({key: value for key, value in options.items() if key not in said[name]})
            else:
                missing.append({name: options})
        self._ours = self._checked(missing)
        for name, plugin in self._ours.plugins.items():
            self._config.plugins[name] = plugin
            if hasattr(plugin, "on_startup"):
                plugin.on_startup(command="build", dirty=False)  # it came too late to be told

    def rest(self) -> None:
        """Everything else but the nav, which needs the files."""
        config, ours = self._config, self._ours
        self._bring_look()
        for key in ("extra_css", "extra_javascript"):
            config[key] = [*(one for one in ours[key] if one not in config[key]), *config[key]]
        config.extra.update({key: value for key, value in ours.extra.items() if key not in config.extra})
        config.markdown_extensions += [
            name for name in ours.markdown_extensions if name not in config.markdown_extensions
        ]
        for name, options in ours.mdx_configs.items():
            config.mdx_configs[name] = {**options, **config.mdx_configs.get(name, {})}
        assert ours.not_in_nav is not None
        config.not_in_nav = ours.not_in_nav + config.not_in_nav if config.not_in_nav else ours.not_in_nav
        said = self._written.get("validation") or {}
        for part in ("nav", "links"):
            # MkDocs lets one word stand for both parts.
            there = {*said, *(said.get(part) or {})}
            ours_here = self._kit["validation"][part]
            config.validation[part].update({key: ours.validation[part][key] for key in ours_here if key not in there})

    def nav(self, files: Files, ours: Collection[str]) -> None:
        """Our pages by their answers, then those that the company wrote, where mkdocs.yml has no nav."""
        if "nav" in self._written:
            return
        pages = files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
        theirs = [file.src_uri for file in pages if file.src_uri not in ours]
        nested: list[Any] = nest_paths(theirs)  # type: ignore[no-untyped-call]
        self._config.nav = [*self._kit["nav"], *nested]

    def _bring_look(self) -> None:
        theme = self._config.theme
        folders = [str(kit.PAGES)]
        if self.material:
            folders.insert(0, str(kit.MATERIAL))
            said = self._written.get("theme")
            said = said if isinstance(said, dict) else {}
            for key, value in self._kit["theme"].items():
                if key not in said:
                    theme[key] = value
        place = 1 if theme.custom_dir else 0
        theme.dirs[place:place] = folders

    def _checked(self, plugins: list[Any]) -> MkDocsConfig:
        """The kit's settings as MkDocs understands them."""
        ours = MkDocsConfig(config_file_path=self._config.config_file_path)
        theirs = {key: self._config[key] for key in ("site_name", "docs_dir", "site_dir")}
        theme = {"name": self._config.theme.name or "mkdocs"}
        # What is checked is taken apart.
        ours.load_dict({**deepcopy(self._kit), **theirs, "theme": theme, "plugins": plugins})
        errors, warnings = ours.validate()
        assert not errors, errors
        assert not warnings, warnings
        return ours


def written(file: Path) -> dict[str, Any]:
    """What a file of settings says, with those that it inherits."""
    with file.open("rb") as opened:
        return yaml_load(opened) or {}


def _options(plugins: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each plugin of a list as it may be written in mkdocs.yml, with its options."""
    for one in plugins.items() if isinstance(plugins, dict) else plugins:
        name, options = (
            (one, {}) if isinstance(one, str) else one if isinstance(one, tuple) else next(iter(one.items()))
        )
        yield name.rpartition("/")[2], options or {}
