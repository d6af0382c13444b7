"""What views give and what templates place are the same: nothing is unused, and nothing is missing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import pytest
from jinja2 import meta, nodes

from generator.model import Playbook
from generator.render import environment
from generator.site import views
from generator.views.kit.context import Context
from generator.views.kit.view import Later, View
from tests.crowd import crowd
from tests.kit import ROOT, loaded

# What these pass through, tests that say what they reach measure.
pytestmark = pytest.mark.no_cover

# Without those that others include: parts of pages, and files of the kit that the guide shows.
TEMPLATES = sorted(name for name in environment().list_templates() if name.endswith(".j2") and name[0] != "_")


@pytest.fixture(scope="module")
def built(rich: Playbook, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[View]]:
    """The views of the rich company, and the parts of what is too long for a page of a large one, by their template."""
    found = defaultdict(list)
    for one in views(Context(rich), (), unread=False):
        view = one.make() if isinstance(one, Later) else one
        found[view.template].append(view)
    large = loaded(crowd(tmp_path_factory.mktemp("crowd"), 250))
    for one in views(Context(large), (), unread=False):
        for part in one.more(one) if isinstance(one, View) and one.more is not None else ():
            found["part.md.j2"].append(part.make())
    return found


@cache
def parsed(name: str) -> nodes.Template:
    loader = environment().loader
    assert loader is not None
    return environment().parse(loader.get_source(environment(), name)[0], name)


def included(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Include):
        assert isinstance(node.template, nodes.Const)
        yield node.template.value


def asked(name: str) -> set[str]:
    """The names that a template takes from outside, and those that its includes take from outside of it."""
    tree = parsed(name)
    bound = {one.name for one in tree.find_all(nodes.Name) if one.ctx in {"store", "param"}}
    outside = meta.find_undeclared_variables(tree) - set(environment().globals)
    return outside.union(*(asked(other) - bound for other in included(tree)))


@cache
def placed(name: str) -> set[str]:
    """The fields of facts within facts that a template, or one that it includes, asks for."""
    tree = parsed(name)
    return {one.attr for one in tree.find_all(nodes.Getattr)}.union(*map(placed, included(tree)))


def within(value: Any) -> Iterator[Any]:
    """Every dataclass inside of facts."""
    parts: Iterable[Any] = ()
    if is_dataclass(value):
        yield value
        parts = vars(value).values()
    elif isinstance(value, tuple):
        parts = value
    for part in parts:
        yield from within(part)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_places_the_facts_of_its_type(name: str, built: dict[str, list[View]]) -> None:
    """The names that the template takes are the fields of the page's facts, and its title."""
    (given,) = {frozenset(vars(view.facts)) for view in built[name]}

    assert asked(name) | {"title"} == given | {"title"}


@cache
def read() -> set[str]:
    """The fields that views themselves ask of what other views give."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "generator" / "views").rglob("*.py"))
    return {one.attr for tree in trees for one in ast.walk(tree) if isinstance(one, ast.Attribute)}


@pytest.mark.long
def test_every_fact_within_facts_is_placed(built: dict[str, list[View]]) -> None:
    """No row, box or section has a field that no template that gets it asks for, and no view."""
    names = {name: placed(name) for name in built}
    given, used = set(), set()
    for name, views_of_it in built.items():
        for part in (part for view in views_of_it for part in within(view.facts) if part is not view.facts):
            given |= {(type(part), field.name) for field in fields(part)}
            used |= {(type(part), field.name) for field in fields(part) if field.name in names[name]}

    assert {f"{kind.__name__}.{name}" for kind, name in given - used if name not in read()} == set()
