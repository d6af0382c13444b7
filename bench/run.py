"""`python -m bench.run [SIZES]`: what check and build cost for companies of so many partners, as a table in Markdown.

Each stage is a whole process.  Beside ours stand plain MkDocs, with the theme Material, and Zensical on the same pages.
All figures go into bench/figures.json, which pyperf reads: `pyperf compare_to old.json bench/figures.json --table`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyperf

from bench import company
from bench.measure import Cost, Failed, as_committed, change_one, compiled, cost, program

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "bench" / "figures.json"
SIZES = (300, 1000, 3000, 10_000)
COMMITS = 20


def main(sizes: list[int]) -> None:
    compiled(ROOT)
    figures: list[pyperf.Benchmark] = []
    say("| Partners | Stage | CPU s | Wall s | MB |", "| ---: | --- | ---: | ---: | ---: |")
    for partners in sizes:
        # Of a short run, the least of three says what it costs; a long one is all but the same each time.
        rounds = 3 if partners <= 1000 else 1
        with tempfile.TemporaryDirectory(prefix="playbook-bench-") as folder:
            for stage, costs in measured(Path(folder), partners, rounds):
                say(row(partners, stage, costs))
                figures += kept(partners, stage, costs)
    FIGURES.unlink(missing_ok=True)
    pyperf.BenchmarkSuite(figures).dump(str(FIGURES))


class Stage(NamedTuple):
    """A process that is measured again and again, and what is done before each time, which is not."""

    name: str
    before: Callable[[], object]
    arguments: list[str | Path]
    cwd: Path


def measured(folder: Path, partners: int, rounds: int) -> Iterator[tuple[str, list[Cost]]]:
    """Each stage with what it cost each time; with nothing where its command fails."""
    ours = folder / "company"
    company.write(ours, partners, COMMITS)
    check, build = program("check"), program("build")
    own = [
        Stage("check", lambda: None, check, ours),
        Stage("build, cold, with 20 commits", lambda: as_committed(ours), build, ours),
        Stage("build, nothing changed", lambda: None, build, ours),
        Stage("build, one partner changed", lambda: change_one(ours), build, ours),
    ]
    for stage in own:
        yield stage.name, times(stage, rounds)
    sheet = folder / "our.csv"
    company.write_sheet(sheet, ours, partners)
    arguments = program("import", sheet, "--department", "channel-sales", "--dry-run")
    yield "import of as many rows", times(Stage("import", partial(emptied, folder), arguments, ours), rounds)
    again = folder / "again.csv"
    cost(program("export", again, "--department", "channel-sales"), ours, ROOT)
    company.edit_sheet(again)
    arguments = program("import", again, "--department", "channel-sales", "--dry-run")
    yield "import of an edited export", times(Stage("import again", lambda: None, arguments, ours), rounds)
    for engine, name in (("mkdocs", "plain MkDocs with Material"), ("zensical", "Zensical")):
        project = folder / engine
        cost(program("pages", "--for", engine, "--out", project), ours, ROOT)
        yield name, times(Stage(name, partial(emptied, project), ["-m", engine, "build"], project), rounds)


def emptied(project: Path) -> None:
    """Leave nothing there that an earlier build, or import, made."""
    for made in ("site", ".cache"):
        shutil.rmtree(project / made, ignore_errors=True)
    for made in ("our.columns.yml", "our.review.csv"):
        (project / made).unlink(missing_ok=True)


def times(stage: Stage, rounds: int) -> list[Cost]:
    costs = []
    for _ in range(rounds):
        stage.before()
        try:
            costs.append(cost(stage.arguments, stage.cwd, ROOT))
        except Failed as failed:
            print(failed, file=sys.stderr)
            return []
    return costs


def row(partners: int, stage: str, costs: list[Cost]) -> str:
    """A row of the table: the least of each figure."""
    if not costs:
        return f"| {partners:,} | {stage} | fails | | |"
    cpu, wall, peak = (min(one) for one in zip(*costs, strict=True))
    return f"| {partners:,} | {stage} | {cpu:.2f} | {wall:.2f} | {peak:,.0f} |"


def kept(partners: int, stage: str, costs: list[Cost]) -> Iterator[pyperf.Benchmark]:
    """The same for pyperf, all times that it was measured."""
    for what, unit, factor in (("cpu", "second", 1), ("wall", "second", 1), ("peak", "byte", 1e6)):
        runs = [pyperf.Run([getattr(one, what) * factor], collect_metadata=False) for one in costs]
        name = f"{partners} partners, {stage}: {what}"
        if runs:
            yield pyperf.Benchmark([pyperf.Run(run.values, metadata={"name": name, "unit": unit}) for run in runs])


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    wanted = [size.replace(",", "") for size in sys.argv[1:]]
    if not all(size.isdecimal() and int(size) for size in wanted):
        print('usage: python -m bench.run [SIZES], where SIZES are numbers of partners: 300 "1,000"', file=sys.stderr)
        sys.exit(2)
    main([int(size) for size in wanted] or list(SIZES))
