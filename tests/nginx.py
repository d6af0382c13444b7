"""A real nginx with the configuration that the docs show, for tests that ask it for pages."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.kit import ROOT

CONFIGURATION = (ROOT / "generator" / "kit" / "hosting" / "nginx.conf").read_text("utf-8")
# Debian puts it where the path of most users does not lead.
PROGRAM = shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin"]))
MISSING = "there is no nginx: tests/browser/ensure-programs installs it, or says how"

# What nginx needs around the configuration of a site; the types are those that come with it.
_AROUND = """\
{user}
daemon off;
pid nginx.pid;
error_log stderr crit;
events {{}}
http {{
    types {{
        {types}
    }}
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    include site.conf;
}}
"""
# As in the list that nginx ships, which names none for calendars and Markdown.
_TYPES = (
    "text/html html; text/css css; text/xml xml; application/javascript js; text/plain txt; image/png png; "
    "image/svg+xml svg; application/json json; application/atom+xml atom;"
)


def configured(root: Path, port: int, path: str = "") -> str:
    """The configuration with the lines changed that it tells people to change: where the site is, port and path."""
    text = CONFIGURATION
    for line, ours in (
        ("listen 8080;", f"listen 127.0.0.1:{port};"),
        ("root /usr/share/nginx/html;", f'root "{root}";'),
        (" /404.html;", f" {path}/404.html;"),
    ):
        assert line in text, line
        text = text.replace(line, ours)
    return text


@contextmanager
def serving(place: Path, root: Path, path: str = "") -> Iterator[str]:
    """Run nginx in the new folder `place`; the address of `root`, with no slash. `path`: where in it the site is."""
    assert PROGRAM, MISSING
    place.mkdir()
    # Started by root it would change to somebody who may not read what root's tests have built.
    user = "user root root;" if os.geteuid() == 0 else ""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        (place / "site.conf").write_text(configured(root, port, path), "utf-8")
        (place / "nginx.conf").write_text(_AROUND.format(user=user, types=_TYPES), "utf-8")
        # It takes the socket over, as from an older nginx that it replaces: whoever asks before it is ready waits.
        listening.set_inheritable(True)
        command = [PROGRAM, "-p", f"{place}/", "-c", "nginx.conf", "-e", "stderr"]
        env = {**os.environ, "NGINX": f"{listening.fileno()};"}
        process = subprocess.Popen(command, pass_fds=[listening.fileno()], env=env, cwd=place)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
