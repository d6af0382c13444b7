"""While `serve` runs: a page, or another file, is made when a browser asks for it, and the others meanwhile.

An editor who has saved a file looks at one page.  That one comes first; the others, and what the search knows, follow.
"""

from __future__ import annotations

import posixpath
import threading
from collections.abc import Callable, Iterable
from typing import Any

from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File

from generator.loading import Loaded
from generator.mkdocs_plugin.direct import Made
from generator.mkdocs_plugin.messages import error_message
from generator.mkdocs_plugin.ready import NAME

_log = get_plugin_logger(NAME)

_PAUSE = 1.0
"""Seconds after a build in which the pages that a browser asks for have the computer to themselves."""


class OnRequest:
    """The pages and files of the latest build that are not made yet."""

    def __init__(self) -> None:
        # Whoever makes a page holds it, so that none is made while the folder for the next build is emptied.
        self._turn = threading.RLock()
        self._left: dict[str, File] = {}
        self._make: Callable[[Iterable[str]], Made] = lambda _: Made()
        self._made = Made()
        self._end: Callable[[Made], None] = lambda _: None
        self.read: Loaded | None = None
        """The data of the latest build: most of the next one's is just so."""

    def answer(self, server: LiveReloadServer) -> None:
        """Have the server ask for each page before it looks for the file."""
        serve: Any = server.get_app()

        def app(environ: dict[str, Any], start_response: Any) -> Any:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            if not path.startswith(server.mount_path) or path.startswith("/livereload/"):
                return serve(environ, start_response)
            answers: list[Any] = []
            self.ask(path.removeprefix(server.mount_path))
            content = serve(environ, lambda *answer: answers.append(answer))
            # The server may have waited for a build that was not over when the page was asked for.
            if answers[-1][0].startswith("404") and self.ask(path.removeprefix(server.mount_path)):
                content = serve(environ, lambda *answer: answers.append(answer))
            start_response(*answers[-1])
            return content

        server.set_app(app)

    def begin(self, files: Iterable[File], make: Callable[[Iterable[str]], Made], end: Callable[[Made], None]) -> None:
        """From now on, make these files when they are asked for; `end` is told of all pages when none is left."""
        with self._turn:
            self._left = {file.dest_uri: file for file in files}
            self._make, self._end, self._made = make, end, Made()
        rest = threading.Timer(_PAUSE, self._rest, [self._left])
        rest.daemon = True
        rest.start()

    def stop(self) -> None:
        """Make none of them any more: another build begins."""
        with self._turn:
            self._left = {}

    def ask(self, address: str) -> bool:
        """Make the page of this address below the root, or the one whose copy it is; whether that was left to make."""
        with self._turn:
            page = posixpath.normpath(
                f"/{address}index.html" if address.endswith("/") or not address else f"/{address}"
            )[1:]
            for name in (
                page,
                f"{page}/index.html",
                *(one for one, file in self._left.items() if file.src_uri == page),
            ):
                if name in self._left:
                    self._one(name)
                    return True
        return False

    def _one(self, name: str) -> None:
        left = self._left
        try:
            self._made.add(self._make([left.pop(name).src_uri]))
            if not left:
                self._end(self._made)
        except Exception as error:  # noqa: BLE001 - the server outlives whatever a page dies of
            _log.error("%s", error_message(error))

    def _rest(self, left: dict[str, File]) -> None:
        while True:
            with self._turn:
                if self._left is not left or not left:
                    return
                self._one(next(iter(left)))
