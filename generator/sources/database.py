"""What a query of a database gives, as rows of text; nothing is ever changed there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from generator.exchange.fields import joined
from generator.sources.variables import NoAnswer, Variables

SILENCE = 30
"""In seconds: how long to wait for a connection."""

LONGEST = 300
"""In seconds: how long a query may take, where the database can be told so."""

_AT_ONCE = 1000


def queried(address: str, query: str, folder: Path, variables: Variables) -> Iterator[Sequence[str]]:
    """The names of the columns, and the rows; NoAnswer where it gives none.  Files are seen from `folder`."""
    try:
        import sqlalchemy
        from sqlalchemy.exc import SQLAlchemyError
        from sqlalchemy.pool import NullPool
    except ImportError:
        hint = "install it with the program: pip install 'partner-playbook[sql]'"
        raise NoAnswer("databases need SQLAlchemy, which is not installed", hint) from None
    try:
        url = _address(sqlalchemy.make_url(variables.whole(address)), folder, variables)
        engine = sqlalchemy.create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=_options(url))
        # Signs such as % and : mean what they mean in the query.
        options = {"no_parameters": True, "stream_results": True, "max_row_buffer": _AT_ONCE}
        with engine.connect().execution_options(**options) as connection:
            with closing(connection.exec_driver_sql(query)) as result:
                if not result.returns_rows:
                    raise NoAnswer("the query gives no rows", "write one that begins with select")
                yield list(map(str, result.keys()))
                for row in result:
                    yield [_text(value) for value in row]
            connection.rollback()
    except (SQLAlchemyError, ImportError, OSError, ValueError, TypeError) as error:
        raise NoAnswer(*_reason(error, variables)) from None


def _address(url: Any, folder: Path, variables: Variables) -> Any:
    """Its parts with what variables hold: a password may have any sign in it."""
    parts = {name: getattr(url, name) for name in ("username", "password", "host", "database")}
    url = url.set(**{name: variables.filled(part) for name, part in parts.items() if part})
    variables.hide(url.password or "", "the password")
    url = url.set(
        query={
            name: value if isinstance(value, tuple) else variables.filled(value) for name, value in url.query.items()
        }
    )
    if url.get_backend_name() == "sqlite" and url.database and not url.database.startswith("file:"):
        # Else one that is not there would be made.
        path = folder / url.database
        url = url.set(database=f"file:{path.resolve().as_posix()}", query={**url.query, "mode": "ro", "uri": "true"})
    return url


def _options(url: Any) -> dict[str, Any]:
    if url.get_backend_name() == "postgresql" and url.get_driver_name() in ("psycopg", "psycopg2"):
        settings = f"-c statement_timeout={LONGEST * 1000} -c default_transaction_read_only=on"
        return {"connect_timeout": SILENCE, "options": settings}
    return {}


def _text(value: Any) -> str:
    """A value as a cell of a spreadsheet has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return joined([_text(item) for item in value if item is not None])
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes | memoryview):
        raise NoAnswer("the query gives a column that is no text", "leave it out, or turn it into text in the query")
    return str(value)


def _reason(error: Exception, variables: Variables) -> tuple[str, str]:
    """The first line of what the driver says, without what it repeats of the address."""
    # The library's own message has the whole query in it.
    said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    first = variables.hidden(" ".join(said.splitlines()[0].split()))
    if isinstance(error, ImportError) or type(error).__name__ == "NoSuchModuleError":
        return f"no driver for this kind of database is installed: {first}", "install the driver, or check the address"
    return f"the database says: {first}", "check the address, the credentials and the query"
