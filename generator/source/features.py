"""What YAML can do and data files may not: the codes under which compose.py refuses it."""

from __future__ import annotations

from generator.problems import define_error

MAX_DEPTH = 20
MAX_PROBLEMS = 100

DUPLICATE_KEY = define_error(
    "duplicate-key",
    "A name is given twice",
    meaning="The same name stands twice in one entry, so it is not clear which of the two values counts.",
    fix="Delete one of the two lines, or join their values. If they belong to two entries, start the second entry "
    "with a dash.",
)
BAD_KEY = define_error(
    "bad-key",
    "A name that is no name",
    meaning="In front of a colon there must be a name; here there is nothing, or a whole list or entry.",
    fix="Write a name in front of the colon, or put the text in quotes if the colon belongs to it.",
)
ANCHOR = define_error(
    "anchor",
    "An anchor (&name)",
    meaning="A value that starts with & is, in YAML, a label for use elsewhere in the file. Labels are not used here.",
    fix="Put the value in quotes if the & belongs to the text; otherwise delete the label.",
)
ALIAS = define_error(
    "alias",
    "An alias (*name)",
    meaning="A value that starts with * is, in YAML, a copy of another value in the file. Copies are not used here.",
    fix="Put the value in quotes if the * belongs to the text; otherwise write the value out.",
)
MERGE_KEY = define_error(
    "merge-key",
    "A merge key (<<)",
    meaning="The name << copies another entry into this one. Copies are not used here: every entry says all of itself.",
    fix="Write the names and values of the other entry out.",
)
TAG = define_error(
    "tag",
    "A tag (!name)",
    meaning="A word that starts with ! in front of a value tells YAML to change its kind. That is not used here.",
    fix="Put the value in quotes if the ! belongs to the text; otherwise delete the word.",
)
DIRECTIVE = define_error(
    "directive",
    "A directive (%)",
    meaning="A line that starts with % gives orders to the YAML reader. They are not used here.",
    fix="Delete the line.",
)
SECOND_DOCUMENT = define_error(
    "second-document",
    "A second document in one file",
    meaning="A line --- starts a new document, and a line ... ends one. What follows such a line would not be read.",
    fix="Delete the line and join the two parts, or move the second part into a file of its own.",
)
TOO_DEEP = define_error(
    "too-deep",
    "Too many levels",
    meaning=f"Entries stand inside entries for more than {MAX_DEPTH} levels. No data here needs more than eight.",
    fix="Check the brackets and the indentation around that place.",
)
TOO_MANY = define_error(
    "too-many-problems",
    "More problems than are worth listing",
    meaning=f"The file has more than {MAX_PROBLEMS} problems in the way it is written; the others are not listed.",
    fix="Mend the first ones and check again: they often have one cause.",
)
