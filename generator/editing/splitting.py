"""Departments to files of their own."""

from __future__ import annotations

from collections.abc import Collection

from generator.editing.modeline import has_modeline, with_modeline
from generator.editing.nodes import pairs
from generator.editing.tree import Tree, ended, in_lines
from generator.source import Document

_LIST = "departments"


def split(document: Document, wanted: Collection[str]) -> dict[str, str]:
    """The new texts, by file: that of partners.yml without the departments `wanted`, and one for each of those.

    Every block moves as it is, with the comments that are about it; what is said of the list or of the file stays.
    ValueError where the departments stand in brackets.
    """
    tree = Tree(ended(document.text))
    if not in_lines(tree.node((_LIST,))):
        raise ValueError("the items stand in brackets")
    begin = f"{_LIST}:{tree.newline}"
    if has_modeline(document.text):
        begin = with_modeline(f"{tree.newline}{begin}", "partners/")
    texts, staying, reached = {}, [], 0
    names, regions = tree.ids((_LIST,)), tree.regions((_LIST,))
    stays = max((index for index, name in enumerate(names) if name not in wanted), default=len(names))
    for index, (name, (first, end)) in enumerate(zip(names, regions, strict=True)):
        if name in wanted:
            texts[f"partners/{name}.yml"] = begin + tree.lines(first, end)
            # Below the last one that stays, what sets off the others goes, too.
            staying.append(tree.lines(reached, regions[index - 1][1] if index > stays else first))
            reached = regions[index + 1][0] if index + 1 < len(names) else end
    staying.append(tree.lines(reached, tree.height))
    rest = "".join(staying)
    if len(texts) == len(names):
        # A list that lost its last item would be no list.
        colon = tree.colon(next(key for key, _ in pairs(tree.root) if key.value == _LIST))
        rest = f"{rest[: colon + 1]} []{rest[colon + 1 :]}"
    return {document.file: rest, **texts}
