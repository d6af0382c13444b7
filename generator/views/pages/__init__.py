"""One module a page family: facts for its templates."""
