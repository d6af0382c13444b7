"""The documented ways to host a site: nginx with the configuration that the docs show, and the files for others."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from generator import paths
from tests import nginx
from tests.kit import ROOT, contents, git, inventory, run, world_in

pytestmark = pytest.mark.site

GUIDE = (ROOT / "generator" / "templates" / "editors" / "hosting.md.j2").read_text("utf-8")
CONTAINERFILE = (ROOT / "generator" / "kit" / "hosting" / "Containerfile").read_text("utf-8")
NEEDS_NGINX = pytest.mark.skipif(nginx.PROGRAM is None, reason=nginx.MISSING)
Ask = Callable[..., tuple[int, dict[str, str], bytes]]


@pytest.fixture(scope="module")
def ask(rich_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask nginx for a path of the site, with these headers; status, headers by their names in small letters, body."""
    if nginx.PROGRAM is None:
        pytest.skip(nginx.MISSING)
    with nginx.serving(tmp_path_factory.mktemp("nginx") / "run", rich_site) as address:
        yield lambda path, method="GET", **headers: asked(address, path, method, **headers)


def asked(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def searched(site: Path) -> list[str]:
    """The addresses of what the search reads, which have a name of their own in each build that changes them."""
    return [f"/{path.relative_to(site).as_posix()}" for path in (site / "search").glob("*.js")]


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


FRAMED = ["/embed/landscape/", "/embed/card/?partner=quorlin", "/embed/departments/channel-sales/", "/embed/types/oem/"]


@pytest.mark.parametrize("path", ["/", "/embed/", "/partners/", "/partners/embed/", "/landscape/", "/nowhere", *FRAMED])
def test_who_may_frame_a_page(ask: Ask, path: str) -> None:
    """Nobody, but for the pages that are made for it, which a page of the same host may frame."""
    status, headers, _ = ask(path)
    (told,) = re.findall(r"frame-ancestors ([^;]+)$", headers["content-security-policy"])

    assert told == ("'self'" if path in FRAMED else "'none'")
    assert (status == 200) == (path not in ("/nowhere", "/partners/embed/"))
    assert "x-frame-options" not in headers


@NEEDS_NGINX
def test_an_intranet_may_frame_them(tmp_path: Path, rich_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line that the guide shows takes the place of that in the configuration, and says what it seems to."""
    (line,) = re.findall(r"^```nginx\n( +\"~/embed/.+)\n```$", GUIDE, re.MULTILINE)
    (ours,) = re.findall(r"^ +\"~/embed/.+$", nginx.CONFIGURATION, re.MULTILINE)
    monkeypatch.setattr(nginx, "CONFIGURATION", nginx.CONFIGURATION.replace(ours, line))
    with nginx.serving(tmp_path / "run", rich_site) as address:
        told = {path: asked(address, path)[1]["content-security-policy"] for path in ("/", FRAMED[0])}

    assert told["/"].endswith("frame-ancestors 'none'")
    assert told[FRAMED[0]].endswith("frame-ancestors 'self' https://intranet.example.com")


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


@NEEDS_NGINX
def test_a_hidden_folder_that_the_web_knows(tmp_path: Path) -> None:
    """Certificates are renewed by files in /.well-known/."""
    (tmp_path / "root" / ".well-known").mkdir(parents=True)
    (tmp_path / "root" / ".well-known" / "security.txt").write_text("Contact: mailto:security@example.com\n", "utf-8")
    with nginx.serving(tmp_path / "run", tmp_path / "root") as address:
        assert asked(address, "/.well-known/security.txt")[0] == 200


def test_how_long_browsers_keep_what_they_have(ask: Ask, rich_site: Path) -> None:
    """The theme's files bear their version in their names, and what the search reads does; a page, and our other files,
    are asked for anew each time.
    """
    assert len(searched(rich_site)) == 2
    for path in (hashed(rich_site), *searched(rich_site)):
        assert ask(path)[1]["cache-control"] == "max-age=31536000, immutable"
    for path in ("/", "/partners/", "/assets/playbook.css", "/partners/rows.js", "/inventory.json", "/index.md"):
        _, headers, _ = ask(path)
        assert headers["cache-control"] == "no-cache"

        status, _, body = ask(path, If_None_Match=headers["etag"])
        assert (status, body) == (304, b"")


def test_answers_are_compressed(ask: Ask, rich_site: Path) -> None:
    """All kinds of text, also for a proxy that asks on behalf of somebody."""
    large = ("/", "/inventory.json", "/index.md", *searched(rich_site), hashed(rich_site), calendar(rich_site))
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


@NEEDS_NGINX
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


def block(language: str) -> str:
    """What the guide shows in this language; there is one such block."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_guide_shows_the_files(rich_pages: Mapping[str, str], rich_site: Path) -> None:
    """The very files, for the site and in the copy, so that what is copied is what is tested."""
    for text in (rich_pages[paths.HOSTING], (rich_site / paths.HOSTING).read_text("utf-8")):
        assert f"```nginx\n{nginx.CONFIGURATION}```" in text
        assert f"```dockerfile\n{CONTAINERFILE}```" in text


def test_the_policy_is_one() -> None:
    """CloudFront is told the same headers as nginx."""
    sent = dict(re.findall(r'^ *add_header (\S+) "?([^"\n]+?)"? always;$', nginx.CONFIGURATION, re.MULTILINE))
    policy = json.loads(block("json"))["SecurityHeadersConfig"]

    told = sent["Content-Security-Policy"].replace("$playbook_frames", "'none'")
    assert policy["ContentSecurityPolicy"]["ContentSecurityPolicy"] == told
    assert policy["ReferrerPolicy"]["ReferrerPolicy"] == sent["Referrer-Policy"]
    assert "ContentTypeOptions" in policy
    assert all(one["Override"] is True for one in policy.values())


def test_the_login_leads_to_nginx(rich_site: Path) -> None:
    """At the port where it listens; what may be opened without a login is the calendars and the feed, and no page."""
    port = re.search(r"listen (\d+);", nginx.CONFIGURATION)
    assert port
    assert tomllib.loads(block("toml"))["upstreams"] == [f"http://127.0.0.1:{port[1]}/"]

    (routes,) = re.findall(r"^# (skip_auth_routes = .+)$", block("toml"), re.MULTILINE)
    patterns = [re.compile(route.removeprefix("GET=")) for route in tomllib.loads(routes)["skip_auth_routes"]]
    opened = {path for path in contents(rich_site) if any(pattern.search(f"/{path}") for pattern in patterns)}
    assert opened == {path for path in contents(rich_site) if Path(path).suffix in (".ics", ".atom")}


def sent_on(uri: str, **query: Any) -> Any:
    """What the function for CloudFront answers: the address that is looked up, or an answer of its own."""
    event = json.dumps({"request": {"uri": uri, "querystring": query}})
    script = f"{block('js')}\nconsole.log(JSON.stringify(handler({event})));"
    node = shutil.which("node")
    assert node
    done = subprocess.run([node, "-e", script], capture_output=True, check=True, text=True)
    answer = json.loads(done.stdout)
    return answer.get("uri") or (answer["statusCode"], answer["headers"]["location"]["value"])


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node")
def test_cloudfront_finds_pages_in_folders() -> None:
    """A folder is its page, a page without its slash leads on with what it was asked, files stay; no other host."""
    assert sent_on("/") == "/index.html"
    assert sent_on("/partners/") == "/partners/index.html"
    assert sent_on("/inventory.json") == "/inventory.json"
    assert sent_on("/partners/index.md") == "/partners/index.md"
    assert sent_on("/partners") == (301, "/partners/")
    asked = {"type": {"value": "isv", "multiValue": [{"value": "isv"}, {"value": "a%20b"}]}, "owner": {"value": "-"}}
    assert sent_on("/partners", **asked) == (301, "/partners/?type=isv&type=a%20b&owner=-")
    assert sent_on("//evil.example") == "//evil.example"
    assert sent_on("//evil") == (301, "/evil/")


def steps() -> list[tuple[str, list[str]]]:
    """The instructions of the Containerfile, each with its words."""
    lines = [line for line in CONTAINERFILE.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], shlex.split(line)[1:]) for line in lines]


def test_an_image_is_built_of_what_a_repository_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but its pin, its history and nginx's configuration goes in; from those comes the same site.

    No image is built here: the commands run in a folder that holds what the image would.
    """
    copied = [words[:-1] for name, words in steps() if name == "COPY" and not words[0].startswith("--")]
    assert copied == [["requirements.txt"], [".git"], ["nginx.conf"]]
    (folder,) = (words[0] for name, words in steps() if name == "WORKDIR")
    (site,) = (words[1:] for name, words in steps() if name == "COPY" and words[0] == "--from=build")
    root = re.search(r"root (\S+);", nginx.CONFIGURATION)
    assert root
    assert site == [f"{folder}/site", root[1]]

    ours = tmp_path / "ours"
    for owner in ("ann", "bob"):
        world_in(ours / "data", partners=inventory(acme=f"types: [shop], owner: {owner}"))
        git(tmp_path, "init", "--quiet", "ours")
        git(ours, "add", "--all")
        git(ours, "commit", "--quiet", "--message=Inventory")
    git(tmp_path, "clone", "--quiet", "--no-checkout", "ours", "image")
    commands = [words for name, words in steps() if name == "RUN"]
    assert [words[0] for words in commands] == ["apt-get", "pip", "git", "playbook"]
    git(tmp_path / "image", *commands[2][1:])
    monkeypatch.chdir(tmp_path / "image")
    done = run(*commands[3][1:])

    assert done.exit_code == 0, done.output
    made = contents(tmp_path / "image" / "site")
    assert {"index.html", "404.html", "inventory.json", paths.CHANGES_FEED} <= made.keys()
    assert not [path for path in made if "settings.yml" in path or path.startswith(".git")]
