"""Page-ready facts: sorting, counting, wording and linking are done here, one module a page family."""
