"""Departments to files of their own."""

from __future__ import annotations

from collections.abc import Collection

from generator.editing.draft import Draft
from generator.editing.inventory import listed
from generator.editing.modeline import has_modeline, with_modeline
from generator.source import Document


def split(document: Document, wanted: Collection[str]) -> dict[str, str]:
    """The new texts, by file: that of partners.yml without the departments `wanted`, and one for each of those.

    Every block moves as it is, with the comments above it.  ValueError where the departments stand in brackets.
    """
    draft = Draft(document)
    entries = [entry.id for entry in listed({document.file: document}, document.file, ("departments",))]
    blocks = draft.blocks(("departments",))
    begin = f"departments:{draft.newline}"
    if has_modeline(document.text):
        begin = with_modeline(f"{draft.newline}{begin}", "partners/")
    texts = {}
    for index, (name, (first, end)) in enumerate(zip(entries, blocks, strict=True)):
        if name in wanted:
            below = blocks[index + 1][0] if index + 1 < len(blocks) else end
            texts[f"partners/{name}.yml"] = begin + draft.lines(first, below).rstrip() + draft.newline
            draft.remove(("departments", index))
    if len(texts) == len(entries):
        # A list that lost its last item would be no list; what stands above it stays.
        rest = draft.above(("departments",)) + f"departments: []{draft.newline}"
    else:
        rest = draft.text()
    return {document.file: rest, **texts}
