"""`python -m bench.compare BASE`: whether check or build need more of the processor than at the revision BASE.

Both are measured in one run, in turn, so that a machine that is busy meanwhile is as busy for one as for the other.
Ends with 1 where one needs over 15% more.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import company
from bench.measure import Failed, as_committed, compiled, cost, program

ROOT = Path(__file__).parents[1]
PARTNERS = 1000
COMMITS = 20
PAIRS = 5
LIMIT = 1.15
STAGES = ("check", "build")

Seconds = dict[str, list[float]]


def main(base: str) -> int:
    with checkout(base) as other, tempfile.TemporaryDirectory(prefix="playbook-bench-") as folder:
        ours = Path(folder) / "company"
        company.write(ours, PARTNERS, COMMITS)
        for code in (other, ROOT):
            compiled(code)
        try:
            for stage in STAGES:
                cost(program(stage), ours, other)
        except Failed as failed:
            print(f"There is nothing to compare with: {base} does not take this company.\n{failed}")
            return 0
        before, after = measured(ours, other, PAIRS)
        if slower(before, after):
            # What seems to be slower is looked at as often again.
            for known, more in zip((before, after), measured(ours, other, PAIRS), strict=True):
                for stage in STAGES:
                    known[stage] += more[stage]
    print(table(before, after))
    return 1 if slower(before, after) else 0


@contextmanager
def checkout(revision: str) -> Iterator[Path]:
    """The files of a revision."""
    with tempfile.TemporaryDirectory(prefix="playbook-base-") as folder:
        place = Path(folder) / "code"
        command: list[str | Path] = ["git", "-C", ROOT, "worktree", "add", "--quiet", "--detach", place, revision]
        if subprocess.run(command, check=False).returncode:
            sys.exit(2)  # git has said why
        try:
            yield place
        finally:
            subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", place], check=True)


def measured(folder: Path, base: Path, pairs: int) -> tuple[Seconds, Seconds]:
    """The seconds of the processor that each stage needs, at the base and here, so many times."""
    before: Seconds = {stage: [] for stage in STAGES}
    after: Seconds = {stage: [] for stage in STAGES}
    for _ in range(pairs):
        for stage in STAGES:
            for code, seconds in ((base, before), (ROOT, after)):
                as_committed(folder)
                seconds[stage].append(cost(program(stage), folder, code).cpu)
    return before, after


def slower(before: Seconds, after: Seconds) -> list[str]:
    """The stages that need too much more.  Of each the least counts: whatever else runs there only adds to it."""
    return [stage for stage in STAGES if min(after[stage]) > LIMIT * min(before[stage])]


def table(before: Seconds, after: Seconds) -> str:
    """What was found, in Markdown."""
    over = slower(before, after)
    lines = [
        f"CPU seconds at {PARTNERS:,} partners; the least of {len(before['check'])} runs each, in turn:",
        "",
        "| Stage | Base | Change | Difference | |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    for stage in STAGES:
        base, change = min(before[stage]), min(after[stage])
        verdict = f"more than {LIMIT - 1:.0%} slower" if stage in over else "fine"
        lines.append(f"| {stage} | {base:.2f} | {change:.2f} | {change / base - 1:+.1%} | {verdict} |")
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: python -m bench.compare BASE, where BASE is a revision of git", file=sys.stderr)
        sys.exit(2)
    try:
        sys.exit(main(sys.argv[1]))
    except Failed as failed:
        sys.exit(f"{failed}")
