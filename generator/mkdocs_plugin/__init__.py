"""The playbook inside MkDocs, and the only importer of it: plugin.py is what mkdocs.yml names, running.py drives it."""

from __future__ import annotations

from generator.mkdocs_plugin.earlier import Earlier
from generator.mkdocs_plugin.options import PluginOptions
from generator.mkdocs_plugin.plugin import PlaybookPlugin
from generator.mkdocs_plugin.ready import Source
from generator.mkdocs_plugin.running import Building, Failed, asked, building, serve

__all__ = ["Building", "Earlier", "Failed", "PlaybookPlugin", "PluginOptions", "Source", "asked", "building", "serve"]
