"""What stands at a web address, fetched within bounds of size and time, and never from anywhere but the web."""

from __future__ import annotations

import gzip
import http.client
import io
import re
import ssl
import urllib.error
import zlib
from collections.abc import Callable, Mapping
from typing import IO, NamedTuple
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from generator.exchange.sheets.textsheets import ONE_PAGE
from generator.sources.variables import NoAnswer

MOST_BYTES = 20_000_000
SILENCE = 30
"""In seconds: how long to wait for the next bytes."""

LONGEST = 300
"""In seconds: how long the whole may take."""

_CHUNK = 1 << 16
_ASTRAY = "it sends on without end, or to what is no web address: write the address of the file itself"
_OFTEN = {
    **dict.fromkeys((301, 302, 303, 307, 308), _ASTRAY),
    401: "its credentials are missing, wrong or expired: look at the headers, and at the variables in them",
    403: "its credentials do not allow it: look at the headers, and at the variables in them",
    404: "check the address: nothing is there",
    407: "the proxy asks for credentials",
    429: "it was asked too often: try later",
}


class _OnTheWeb(HTTPRedirectHandler):
    """Follows to other web addresses alone, and hands on what is secret to nobody else."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> Request | None:
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        if after.scheme not in ("http", "https") or (before.scheme == "https" and after.scheme == "http"):
            raise NoAnswer("it sends on to an address that is not safe", _ASTRAY)
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request is not None and (before.scheme, before.netloc) != (after.scheme, after.netloc):
            request.headers = {}
        return request


class Downloaded(NamedTuple):
    """What an address gives: its content, the kind of that, such as text/csv, and how its letters are stored."""

    content: bytes
    kind: str
    charset: str


def download(address: str, headers: Mapping[str, str], clock: Callable[[], float]) -> Downloaded:
    """What stands there; NoAnswer where it cannot be had.  `clock` gives seconds."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), _OnTheWeb()):
        opener.add_handler(handler)
    opener.add_handler(HTTPErrorProcessor())
    # What is no ASCII in an address is written as servers expect it; what is written so already stays.
    address = quote(address, safe="!#$%&'()*+,/:;=?@[]~")
    until = clock() + LONGEST
    try:
        with opener.open(Request(address, headers=dict(headers)), timeout=SILENCE) as response:  # noqa: S310 - see above
            parts, size = [], 0
            while part := response.read1(_CHUNK):
                size += len(part)
                if size > MOST_BYTES:
                    raise _too_large()
                if clock() > until:
                    raise NoAnswer(f"it takes longer than {LONGEST} seconds", "ask it for less, or try later")
                parts.append(part)
            if response.length:
                raise http.client.IncompleteRead(b"", response.length)
            said = response.headers
            if re.search(r";\s*rel=[\"']?next\b", ", ".join(said.get_all("Link", [])), re.IGNORECASE):
                raise NoAnswer("it gives one page of several, as its header Link says", ONE_PAGE)
            content = _unpacked(b"".join(parts), said.get("Content-Encoding", "").strip().lower())
            return Downloaded(content, said.get_content_type(), said.get_content_charset(""))
    except urllib.error.HTTPError as error:
        error.close()
        hint = _OFTEN.get(error.code, "try later" if error.code >= 500 else "check the address")
        raise NoAnswer(f"it answers {error.code} ({http.client.responses.get(error.code, 'unknown')})", hint) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        # Some of their messages repeat what was sent.
        raise NoAnswer(*_reason(error)) from None


def _too_large() -> NoAnswer:
    return NoAnswer(f"it is larger than {MOST_BYTES:,} bytes", "ask it for less: what is about partners")


def _unpacked(content: bytes, way: str) -> bytes:
    """What was packed as a file, or on the way, as some servers do without being asked."""
    if not content.startswith(b"\x1f\x8b"):
        if way in ("br", "compress", "deflate", "zstd"):
            raise NoAnswer(f"it packs its answer as {way}", "add the header 'Accept-Encoding: gzip'")
        return content
    try:
        content = gzip.GzipFile(fileobj=io.BytesIO(content)).read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise NoAnswer("what it packed is damaged", "try again") from None
    if len(content) > MOST_BYTES:
        raise _too_large()
    return content


def _reason(error: Exception) -> tuple[str, str]:
    inner = getattr(error, "reason", error)
    if isinstance(inner, TimeoutError):
        return f"it says nothing for {SILENCE} seconds", "check the network, or try later"
    if isinstance(inner, ssl.SSLError):
        return "its certificate is not trusted, or the connection is not safe", "check the address and the network"
    if isinstance(inner, OSError):
        return "it cannot be reached", "check the address, and whether this machine has a network"
    if isinstance(inner, http.client.IncompleteRead):
        return "the connection broke off", "try again"
    return "it cannot be asked like this", "check the address and the headers for blanks, line ends and other signs"
