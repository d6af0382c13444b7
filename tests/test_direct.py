"""Pages that MkDocs is not given: the site is the same to the byte as one of which MkDocs makes every page."""

from __future__ import annotations

import errno
import re
import shutil
from pathlib import Path

import pytest

from generator import workers
from generator.boundary import Exit
from generator.mkdocs_plugin import direct
from tests.kit import MKDOCS, RICH, contents, data_in, inventory, run, world_in

pytestmark = [pytest.mark.site, pytest.mark.long]

OWN = "site_name: Ours\ntheme: {name: material}\nplugins: [search, offline, playbook]\n"
HOOK = "def on_page_content(html, page, **_):\n    return html.replace('Ada', 'Eve')\n"
LOOK = (
    '{% extends "playbook.html" %}\n{% block announce %}{{ page.title | upper }} {{ pages | length }}{% endblock %}\n'
)

# What a look may do with pages that are not made yet, and with pages that were made before others.
OTHERS = """{% extends "playbook.html" %}
{% block announce %}{% if page %}
{{ build_date_utc.date() }} {{ page.update_date }} {{ nav.homepage.toc | list | length }}
{% if page.next_page %}{{ page.next_page.meta.description }} {{ page.next_page.markdown | length }}{% endif %}
{% if page.previous_page %}{{ page.previous_page.content | length }}{% endif %}
{% if page.url.startswith("people/") %}{% for file in pages %}{{ file.page.title }}, {% endfor %}{% endif %}
{% if page.title == "P3" %}This one.{% endif %}
{% if page.is_homepage %}{% for file in pages %}{{ file.page.content | length }}, {% endfor %}{% endif %}
{% endif %}{% endblock %}
"""

LARGEST = "with an address and a look of its own"
"""The site that has the rich data: for the others, one page of each kind will do."""
PARTNERS = inventory(*(f"types: [shop], owner: {owner}" for owner in ("ann", "bob", "null") * 3))
# What a company may have said in mkdocs.yml, and the files that go with it.
SITES: dict[str, dict[str, str]] = {
    LARGEST: {
        "mkdocs.yml": "site_name: Ours\nsite_url: https://ours.example/a/\ntheme: {name: material, custom_dir: look}\n"
        "extra: {edit_base: 'https://git.example/edit/main/'}\nplugins: [search, playbook]\n",
        "look/main.html": LOOK,
        "docs/office.md": "# Office\n\n[Ada's company](partners/brisant-informatique.md#nowhere)\n",
    },
    "with a look that reads other pages": {
        "mkdocs.yml": "site_name: Ours\ntheme: {name: material, custom_dir: look}\nplugins: [search, playbook]\n"
        "extra_templates: [list.txt]\n",
        "look/main.html": OTHERS,
        "docs/list.txt": "{% for file in pages %}{{ file.page.title }}: {{ file.page.toc | length }}\n{% endfor %}",
    },
    "with an extension of its own": {"mkdocs.yml": MKDOCS + "markdown_extensions: [smarty]\n"},
    "opened from disk": {"mkdocs.yml": OWN.replace("offline", "offline: {enabled: true}")},
    "as a guest elsewhere": {
        "mkdocs.yml": "site_name: Ours\ntheme: readthedocs\nplugins: [search, {playbook: {under: a/partners}}]\n",
        "docs/index.md": "# Ours\n",
    },
}


def built(company: Path, site: str, caplog: pytest.LogCaptureFixture) -> tuple[dict[str, bytes], list[str]]:
    """The site, and what MkDocs said of it."""
    caplog.clear()
    done = run("build", "--as-of", "2026-11-02", "--site-dir", site)
    assert done.exit_code == Exit.FINE, done.output
    return contents(company / site), sorted(
        record.getMessage() for record in caplog.records if record.levelname == "WARNING"
    )


@pytest.mark.parametrize("kind", SITES)
def test_a_site_is_the_same_both_ways(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Made by MkDocs alone, by this process, and by several: the same files, and the same warnings."""
    data_in(tmp_path, **SITES[kind])
    if kind == LARGEST:
        shutil.copytree(RICH, tmp_path / "data")
    else:
        world_in(tmp_path / "data", partners=PARTNERS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")  # some themes print the second of the build
    here = built(tmp_path, "here", caplog)
    monkeypatch.setattr(direct, "FEW", 20)
    monkeypatch.setattr(workers, "number", lambda: 2)
    shared = built(tmp_path, "shared", caplog)
    monkeypatch.setattr(direct, "possible", lambda _: False)
    slow = built(tmp_path, "slow", caplog)

    differ = [path for path in slow[0] if not here[0].get(path) == shared[0].get(path) == slow[0][path]]
    assert differ == []
    assert here == shared == slow
    assert len(slow[0]) > (100 if kind == LARGEST else 50)


def test_a_disk_that_is_full_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: the file for which there is no room, which the system does not say; the same where processes share."""
    (tmp_path / "mkdocs.yml").write_text(MKDOCS)
    world_in(tmp_path / "data", partners=PARTNERS)
    monkeypatch.chdir(tmp_path)
    write = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.parent.name == "p7":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    for number in (1, 2):
        monkeypatch.setattr(direct, "FEW", 20)
        monkeypatch.setattr(workers, "number", lambda number=number: number)
        done = run("build")
        assert done.exit_code == Exit.USAGE
        assert re.search(r"Error: \S+/partners/p7/index\.html: No space left on device\n", done.stderr)
