"""Where other systems keep partners."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.base import place_field
from generator.problems import Place


@dataclass(frozen=True)
class PartnerSource:
    """Partners of a department in another system: a `file`, a `url` with `headers`, or a `database` with a `query`.

    Of the three, the two others are empty.  `${NAME}` in them stands for a variable of the environment.  `key` is the
    column with the system's own ids, `map` the file with the column map; both may be empty, and so may `sheet`.
    """

    id: str
    name: str
    department: str
    file: str = ""
    url: str = ""
    headers: tuple[str, ...] = ()
    database: str = ""
    query: str = ""
    sheet: str = ""
    map: str = ""
    key: str = ""
    place: Place = place_field()
