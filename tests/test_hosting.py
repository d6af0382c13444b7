"""The documented ways to host a site: nginx with the configuration that the docs show, and the files for others."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import nginx

pytestmark = [
    pytest.mark.site,
    pytest.mark.skipif(nginx.PROGRAM is None, reason=nginx.MISSING),
]

Ask = Callable[..., tuple[int, dict[str, str], bytes]]


@pytest.fixture(scope="module")
def ask(rich_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask nginx for a path of the site, with these headers; status, headers by their names in small letters, body."""
    with nginx.serving(tmp_path_factory.mktemp("nginx") / "run", rich_site) as address:
        yield lambda path, method="GET", **headers: asked(address, path, method, **headers)


def asked(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def hashed(site: Path) -> str:
    """The address of the theme's script, which has a name of its own in each version."""
    (script,) = (site / "assets" / "javascripts").glob("bundle.*.min.js")
    return f"/{script.relative_to(site).as_posix()}"


def calendar(site: Path) -> str:
    return f"/calendars/{min(path.name for path in (site / 'calendars').iterdir())}"


def test_every_answer_has_the_headers(ask: Ask, rich_site: Path) -> None:
    """Whatever kind of file is asked for, found or not: one policy, no guessing of types, no address handed on."""
    kinds = {path.suffix: f"/{path.relative_to(rich_site).as_posix()}" for path in rich_site.rglob("*.*")}
    assert {".html", ".md", ".css", ".js", ".json", ".svg", ".ics", ".atom", ".txt", ".xml"} <= kinds.keys()
    for path in (*kinds.values(), "/", "/partners", "/nowhere/"):
        _, headers, _ = ask(path)

        policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'", path
        assert policy["script-src"] == "'self'", path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "same-origin", path
        assert headers["server"] == "nginx", path  # no version


def test_types(ask: Ask, rich_site: Path) -> None:
    """Of texts in UTF-8; what programs read has the types that they look for."""
    for path, kind in {
        "/": "text/html; charset=utf-8",
        "/partners/": "text/html; charset=utf-8",
        "/partners/index.md": "text/markdown; charset=utf-8",
        "/llms.txt": "text/plain; charset=utf-8",
        "/changes.atom": "application/atom+xml; charset=utf-8",
        calendar(rich_site): "text/calendar; charset=utf-8",
        "/inventory.json": "application/json",
        "/inventory.schema.json": "application/json",
        "/partners/rows.js": "application/javascript; charset=utf-8",
        "/assets/playbook.css": "text/css; charset=utf-8",
        "/assets/logo.svg": "image/svg+xml",
    }.items():
        status, headers, body = ask(path)

        assert (status, headers["content-type"]) == (200, kind), path
        file = rich_site / path[1:]
        assert body == (file / "index.html" if file.is_dir() else file).read_bytes()


@pytest.mark.parametrize(
    "path", ["/nowhere", "/partners/nowhere/", "/assets/", "/calendars/", "/assets/none.00000000.min.js", "/%20"]
)
def test_what_is_not_there(ask: Ask, rich_site: Path, path: str) -> None:
    """The site's own page says so, with the status that programs understand; no folder is listed, nothing is kept."""
    status, headers, body = ask(path)

    assert status == 404
    assert body == (rich_site / "404.html").read_bytes()
    assert headers["content-type"].startswith("text/html")
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/.playbook-site", "/.git/config", "/partners/.env", "/%2egit/HEAD", "/../passwd"])
def test_no_hidden_file_is_sent(ask: Ask, rich_site: Path, path: str) -> None:
    """The mark of the site is there, and is nobody's business."""
    assert (rich_site / ".playbook-site").is_file()
    status, _, body = ask(path)

    assert status in (400, 404)
    assert (rich_site / ".playbook-site").read_bytes() not in body


def test_a_hidden_folder_that_the_web_knows(tmp_path: Path) -> None:
    """Certificates are renewed by files in /.well-known/."""
    (tmp_path / "root" / ".well-known").mkdir(parents=True)
    (tmp_path / "root" / ".well-known" / "security.txt").write_text("Contact: mailto:security@example.com\n", "utf-8")
    with nginx.serving(tmp_path / "run", tmp_path / "root") as address:
        assert asked(address, "/.well-known/security.txt")[0] == 200


def test_how_long_browsers_keep_what_they_have(ask: Ask, rich_site: Path) -> None:
    """The theme's files bear their version in their names; a page, and our own files, are asked for anew each time."""
    assert ask(hashed(rich_site))[1]["cache-control"] == "max-age=31536000, immutable"
    for path in ("/", "/partners/", "/assets/playbook.css", "/partners/rows.js", "/inventory.json", "/index.md"):
        _, headers, _ = ask(path)
        assert headers["cache-control"] == "no-cache"

        status, _, body = ask(path, If_None_Match=headers["etag"])
        assert (status, body) == (304, b"")


def test_answers_are_compressed(ask: Ask, rich_site: Path) -> None:
    """All kinds of text, also for a proxy that asks on behalf of somebody."""
    large = ("/", "/inventory.json", "/index.md", "/search/search_index.json", hashed(rich_site), calendar(rich_site))
    for path in large:
        _, headers, body = ask(path, Accept_Encoding="gzip", Via="1.1 proxy")

        assert headers["content-encoding"] == "gzip", path
        assert headers["vary"] == "Accept-Encoding", path
        assert gzip.decompress(body) == ask(path)[2], path
        assert "content-encoding" not in ask(path)[1], path


def test_a_page_without_its_slash(ask: Ask) -> None:
    """Readers are led on by a path alone, since a proxy may stand at another name and port; what is filtered stays."""
    status, headers, _ = ask("/partners?type=msp-cmsp", Host="playbook.example.com")

    assert (status, headers["location"]) == (301, "/partners/?type=msp-cmsp")


def test_nothing_can_be_written(ask: Ask) -> None:
    assert ask("/index.html", "POST")[0] == ask("/index.html", "PUT")[0] == ask("/index.html", "DELETE")[0] == 405


def test_below_a_path(rich_site: Path, tmp_path: Path) -> None:
    """With the path put where the configuration says: pages, slashes, missing pages and hidden files as at the root."""
    (tmp_path / "root" / "team").mkdir(parents=True)
    (tmp_path / "root" / "team" / "playbook").symlink_to(rich_site)
    with nginx.serving(tmp_path / "run", tmp_path / "root", "/team/playbook") as address:
        assert json.loads(asked(address, "/team/playbook/inventory.json")[2])["format"] == 1
        assert asked(address, "/team/playbook/partners")[1]["location"] == "/team/playbook/partners/"
        for path in ("/team/playbook/nowhere", "/team/playbook/.playbook-site", "/team/", "/"):
            status, headers, body = asked(address, path)
            assert status == 404, path
            assert body == (rich_site / "404.html").read_bytes()
            assert "content-security-policy" in headers
