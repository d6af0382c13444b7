"""What templates were compiled to: to compile them takes a fourth of the build of a small site."""

from __future__ import annotations

import hashlib
import marshal
from functools import cached_property
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from generator.sinks.kept import KeptCode

_PROGRAM = Path(__file__).parents[1]
_INSTALLED = (_PROGRAM, Path(jinja2.__file__).parents[1])
"""Where the templates stand that are alike in every build: ours, and those of installed themes."""


class CompiledTemplates(BytecodeCache):
    """It, by the name and the file of each; jinja2 takes nothing that was made of another content.

    That of installed templates serves later builds, too.
    """

    def __init__(self) -> None:
        self._kept = KeptCode("templates")
        self._new: dict[str, bytes] = {}
        self._others: dict[str, bytes] = {}

    @cached_property
    def _installed(self) -> dict[str, bytes]:
        # What was damaged, or made by another program, could end this one, and counts as nothing.
        codes = self._kept.read(jinja2.__version__)
        known: dict[str, bytes] = marshal.loads(codes) if codes is not None else {}  # noqa: S302
        return known

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        installed = filename is not None and any(Path(filename).is_relative_to(folder) for folder in _INSTALLED)
        return f"{'installed' if installed else 'other'} {super().get_cache_key(name, filename)}"

    def load_bytecode(self, bucket: Bucket) -> None:
        held = self._installed if bucket.key.startswith("installed ") else self._others
        if (code := held.get(_key(bucket))) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        held = self._new if bucket.key.startswith("installed ") else self._others
        held[_key(bucket)] = bucket.bytecode_to_string()

    def keep(self) -> None:
        """Have what is new for later builds, if there is anything."""
        if self._new:
            self._installed.update(self._new)
            self._new.clear()
            self._kept.write(marshal.dumps(self._installed), made_of=jinja2.__version__)


def _key(bucket: Bucket) -> str:
    """Two environments may make different things of one template."""
    environment = bucket.environment
    said = [_name(getattr(environment, attribute)) for attribute in _DECIDE]
    said += [*sorted(environment.extensions), *map(_name, environment.filters.values())]
    return f"{hashlib.sha256(chr(10).join(said).encode()).hexdigest()} {bucket.key}"


# What an environment can be told of the signs and the ways of its templates.
_DECIDE = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix", "trim_blocks"),
    *("lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized", "autoescape", "finalize", "is_async"),
    *("sandboxed", "code_generator_class"),
)


def _name(value: object) -> str:
    """What says the same in another process."""
    if value is None or isinstance(value, str | bool):
        return repr(value)
    named = value if hasattr(value, "__qualname__") else type(value)
    return f"{named.__module__}.{named.__qualname__}"
