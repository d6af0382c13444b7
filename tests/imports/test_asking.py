"""Questions that are answered on the terminal: one at a time, to be left and taken up again."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from generator.boundary import Exit
from generator.cli import main, taking
from tests.imports.kit import Company

SHEET = (
    "name,types,owner,tier",
    "Tavaro,ISV,Somebody Else,Gold",
    "Quillmoor,,Maya Okafor,",
    "Bluefen Tecknik,ISV,Maya Okafor,",
)
DRY = ["import", "our.csv", "--department", "channel-sales", "--dry-run"]


@pytest.fixture
def answer(company: Company, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Result]:
    """Runs the dry run with what somebody types."""
    monkeypatch.setattr(taking, "somebody_there", lambda: True)
    (company.folder / "our.csv").write_text("\n".join(SHEET) + "\n")
    return lambda typed: CliRunner().invoke(main, DRY, input=typed)


def decisions(company: Company) -> dict[str, str]:
    return {one.value or one.field: one.decision for one in company.asked()}


def test_each_question_is_asked(company: Company, answer: Callable[[str], Result]) -> None:
    """With what it is about and what is allowed; the next run takes the answers."""
    result = answer("y\nPriya Raman\nPremier\nnew\nMSP\n")
    assert result.exit_code == 0, result.output
    assert "1 of 4: owner 'Somebody Else', row 2 (Tavaro): 'Somebody Else' is not known here [" in result.output
    assert "tavaro" not in company.data
    assert decisions(company) == {
        "Somebody Else": "Priya Raman",
        "Gold": "Premier",
        "Bluefen Tecknik": "new",
        "types": "MSP",
    }
    assert "To decide" not in company.take().stdout
    assert set(company.partners) == {"tavaro", "quillmoor", "bluefen-tecknik"}


def test_an_answer_that_means_nothing_is_asked_again(company: Company, answer: Callable[[str], Result]) -> None:
    """At once, with what is wrong with it."""
    result = answer("y\nNobody\nskip\nGolden\nSelect\nNot An Id\nskip\n\n")
    assert result.exit_code == 0, result.output
    assert "'Nobody' is not known here" in result.output
    assert decisions(company) == {"Somebody Else": "skip", "Gold": "Select", "Bluefen Tecknik": "skip", "types": ""}


@pytest.mark.parametrize("typed", ["y\n\nPremier\n", "y\n\nPremier\n\n\n"])
def test_it_can_be_left_and_taken_up_again(company: Company, answer: Callable[[str], Result], typed: str) -> None:
    """What was answered is kept, and is asked no more."""
    assert answer(typed).exit_code == 0
    assert decisions(company)["Gold"] == "Premier"
    result = answer("n\n")
    assert "Answer 3 questions here" in result.output
    assert decisions(company)["Gold"] == "Premier"


def test_without_a_terminal_nothing_is_asked_there(company: Company) -> None:
    """Nor in a real run: the data would wait for the answers."""
    for options in (("--dry-run",), ()):
        assert "here, one at a time?" not in company.take(*SHEET, options=options).output


def test_a_real_run_does_not_ask(
    company: Company, answer: Callable[[str], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would keep others from the data."""
    assert "here, one at a time?" not in company.take().output


def test_a_closed_input_is_nobody(
    company: Company, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Expected: as in a job of a server, what is to be decided is told, and nothing is asked; it is no bug."""
    (company.folder / "our.csv").write_text("\n".join(SHEET) + "\n")
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SystemExit) as end:
        main(DRY)
    assert end.value.code == Exit.FINE
    told = capsys.readouterr().out
    assert "To decide (4):" in told
    assert "here, one at a time?" not in told
