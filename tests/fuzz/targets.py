"""One function for each way into the program, over everything that a grammar makes; an AssertionError is a fault."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import icalendar
from click.testing import Result
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.loading import load_folder
from generator.site import Site
from tests import kit
from tests.grammars import histories
from tests.grammars.damage import damaged, names
from tests.grammars.layouts import FILES, REMARK, folders
from tests.grammars.sheets import sheets
from tests.kit import TAXONOMY

COMPANY = {
    "taxonomy.yml": TAXONOMY,
    "partners.yml": """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme Agency, types: [agent], owner: ann, notes: Sells., value: "Sells more: a lot"}
      - {id: beta, name: Beta, types: [agent], owner: null, reviewed: {date: 2026-01-05, by: ann}}
""",
    "people.yml": "people: [{id: ann, name: Ann Lee, email: ann@x.example}]\n",
    "settings.yml": "company: Fuzz\nas_of: 2026-06-01\n",
}


@contextmanager
def company(files: Mapping[str, bytes | str]) -> Iterator[Path]:
    """An empty folder with these files in data/ in it; it is the working directory."""
    with tempfile.TemporaryDirectory() as place, chdir(place):
        for name, content in files.items():
            path = Path(place, "data", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        yield Path(place)


def run(*arguments: str) -> Result:
    """What a command says; it may refuse anything, and never crashes."""
    done = kit.run(*arguments)
    if done.exit_code not in (0, 1, 2):
        log = next(word for word in done.output.replace(";", " ").split() if word.endswith(".log"))
        raise AssertionError(f"{arguments} ended with {done.exit_code}:\n{Path(log).read_text()}")
    assert "Traceback" not in done.output
    return done


@given(folders().flatmap(lambda texts: st.fixed_dictionaries({name: damaged(text) for name, text in texts.items()})))
def loading(files: dict[str, bytes]) -> None:
    """Damaged data files are reported, in every format, in a form that programs can read."""
    with company(files):
        run("check")
        json.loads(run("check", "--format", "json").stdout)
        json.loads(run("check", "--format", "sarif").stdout)
        ElementTree.fromstring(run("check", "--format", "junit").stdout)
        *annotations, _ = run("check", "--format", "github").stdout.split("\n")[:-1]
        assert all(line.startswith(("::error", "::warning", "::notice")) for line in annotations), annotations


@given(sheets(), st.booleans())
def importing(sheet: tuple[str, bytes], twice: bool) -> None:
    """Whatever a spreadsheet holds, the data is free of errors afterwards, and a dry run writes nothing."""
    name, content = sheet
    with company(COMPANY) as folder:
        (folder / name).write_bytes(content)
        before = kit.contents(folder / "data")
        run("import", name, "--department", "sales", "--dry-run")
        assert kit.contents(folder / "data") == before
        for _ in range(1 + twice):
            done = run("import", name, "--department", "sales")
            if done.exit_code:
                assert kit.contents(folder / "data") == before
        assert run("check").exit_code == 0


COMMANDS = (
    *(("fmt",), ("split",), ("completion",), ("new", "person", "--name", "Zoe Zed"), ("rename", "acme", "acme-2")),
    *(("new", "department", "--name", "A Department"), ("new", "partner", "--department", "north", "--name", "N")),
    *(("merge", "acme-north", "--into", "delta-north"), ("move", "acme-north", "--to", "south")),
    *(("reassign", "ann", "bob"), ("offboard", "ann", "--to", "bob"), ("end", "acme-north", "--why", "Closed")),
    *(("acquire", "zeta-south", "--by", "acme-north"), ("merge", "north", "--into", "south", "--keep", "north")),
    ("split-type", "shop", "store", "mall"),
    *(("rename", "ann", "anne"), ("rename", "shop", "store"), ("snapshot",)),
    *(("review", "acme", "--by", "ann"), ("review", "beta", "--by", "bob", "--department", "north")),
)


@given(folders(), st.lists(st.sampled_from(COMMANDS), min_size=1, max_size=4))
def editing(files: dict[str, str], commands: list[tuple[str, ...]]) -> None:
    """Commands one after the other: the data stays free of errors, and every remark stays."""
    assume(set(files) == set(FILES))
    with company(files) as folder:
        if run("check").exit_code:
            return
        remarks = counted("\n".join(files.values()))
        for command in commands:
            done = run(*command)
            assert run("check").exit_code == 0, (command, done.output)
        texts = "\n".join(
            content.decode() for name, content in kit.contents(folder / "data").items() if name.endswith(".yml")
        )
        assert counted(texts) == remarks, commands


def counted(text: str) -> Counter[str]:
    """The remarks of the layouts, which have numbers of their own in each file."""
    return Counter(number for remark in REMARK.findall(text) for number in re.findall(r"remark\d+", remark)[:1])


@given(histories.histories(COMPANY))
def history(commits: list[histories.Commit]) -> None:
    """Whatever git holds, pages are made, the feed of changes is well formed, and differences can be told."""
    with company(COMPANY) as folder:
        histories.write(commits, folder)
        assert run("pages", "--out", "pages").exit_code == 0
        feed = folder / "pages" / "changes.atom"
        if feed.exists():
            ElementTree.fromstring(feed.read_bytes())
        for revision in ("HEAD", "HEAD~1"):
            run("diff", revision)
            run("diff", revision, "--format", "markdown")


@given(st.lists(names, min_size=4, max_size=4))
def feeds(words: list[str]) -> None:
    """Whatever things are called, what other programs read is well formed, and no page holds markup of an editor."""
    company_name, partner, person, note = words
    files = {
        **COMPANY,
        "settings.yml": f"company: {quoted(company_name)}\nas_of: 2026-06-01\n",
        "people.yml": f"people: [{{id: ann, name: {quoted(person)}}}]\n",
        "partners.yml": COMPANY["partners.yml"].replace("Acme Agency", quoted(partner)).replace("Sells.", quoted(note)),
    }
    with company(files) as folder:
        loaded = load_folder(folder / "data", None, date(2026, 6, 1))
        assume(loaded.playbook is not None)
        assert loaded.playbook is not None
        for page in Site(loaded.playbook).pages():
            for end, read in READERS.items():
                if page.path.endswith(end):
                    read(page.data.decode())
            if page.path.endswith(".md") and page.path != "editors/problems.md":
                assert "<script" not in page.content.casefold()


def quoted(text: str) -> str:
    """The text as YAML."""
    return json.dumps(text, ensure_ascii=False)


READERS: Mapping[str, Callable[[str], object]] = {
    ".json": json.loads,
    ".atom": ElementTree.fromstring,
    ".ics": icalendar.Calendar.from_ical,
}

TARGETS: tuple[Callable[[], None], ...] = (loading, importing, editing, history, feeds)
