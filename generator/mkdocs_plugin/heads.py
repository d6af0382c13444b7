"""What goes into the head of a page of ours, where the theme's templates know nothing of our pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url


def with_head(html: str, page: Any, config: MkDocsConfig, prefix: str, files: Sequence[str] = ()) -> str:
    """A whole page with these style sheets and scripts, by their paths, and with that which has its rows."""
    lines = []
    if script := page.meta.get("script"):
        end = "/" if config.use_directory_urls else ".html"
        rows = get_relative_url(f"{prefix}{script}", page.url)
        lines.append(f'<script src="{rows}" data-page-end="{end}" defer></script>')
    for file in files:
        url = get_relative_url(file, page.url)
        sheet = file.endswith(".css")
        lines.append(f'<link rel="stylesheet" href="{url}">' if sheet else f'<script src="{url}" defer></script>')
    return html.replace("</head>", "\n".join([*lines, "</head>"]), 1)
