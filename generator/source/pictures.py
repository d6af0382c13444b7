"""How large a picture is, as its first bytes say: nothing of it is drawn for that."""

from __future__ import annotations

import struct

Size = tuple[int, int]
"""Width and height, in pixels."""

_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG that say how large the picture is (ITU-T T.81, table B.1)."""


def size_of(content: bytes) -> Size | None:
    """The size of a PNG, WebP, GIF or JPEG; None where it does not say one."""
    try:
        if content.startswith(_PNG):
            size = struct.unpack_from(">II", content, 16) if content[12:16] == b"IHDR" else (0, 0)
        elif content[8:12] == b"WEBP":
            size = _webp(content)
        elif content.startswith(b"GIF8"):
            size = struct.unpack_from("<HH", content, 6)
        else:
            size = _jpeg(content)
    except (struct.error, IndexError):
        return None
    width, height = size
    return (width, height) if width and height else None


def _webp(content: bytes) -> Size:
    """By the first chunk: https://developers.google.com/speed/webp/docs/riff_container."""
    match content[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
        case b"VP8L" if content[20] == 0x2F:
            (bits,) = struct.unpack_from("<I", content, 21)
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 " if content[23:26] == b"\x9d\x01\x2a":
            width, height = struct.unpack_from("<HH", content, 26)
            return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def _jpeg(content: bytes) -> Size:
    at = 2
    while content[at] == 0xFF:
        if content[at + 1] in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + struct.unpack_from(">H", content, at + 2)[0]
    return 0, 0
