"""The pin in a company's requirements.txt: one line says where it names another version than the one that runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import __version__
from generator.boundary import Exit
from tests.kit import inventory, run, world_in

OTHER = "99.1.0"
SAID = (
    f"requirements.txt:1 pins partner-playbook {OTHER}, and this is {__version__}: "
    "`pip install -r requirements.txt` installs what it pins.\n"
)
NOTE = "pins partner-playbook"


@pytest.fixture(autouse=True)
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in the folder of a company whose data is fine."""
    monkeypatch.chdir(tmp_path)
    world_in(Path("data"), partners=inventory())


def pinned(text: str) -> str:
    """What `playbook check` says on stderr; it never fails for it, and its report is the same."""
    Path("requirements.txt").write_bytes(text.encode())
    result = run("check")

    assert (result.exit_code, result.stdout) == (Exit.FINE, "no problems\n")
    return result.stderr


@pytest.mark.parametrize(
    "line",
    [
        f"partner-playbook=={OTHER}",
        f"  Partner_Playbook == {OTHER}  # raised by a bot",
        f"partner.playbook[extra]==={OTHER}",
        f"partner-playbook=={OTHER} \\\n    --hash=sha256:00 \\\n    --hash=sha256:11",
        f"partner-playbook=={OTHER} --hash=sha256:00",
        f"partner-playbook=={OTHER}; python_version >= '3.0'",
        f"partner-playbook (=={OTHER})",
        f"partner-playbook>=0,=={OTHER}",
    ],
)
def test_another_pin_is_said(line: str) -> None:
    """However it is written."""
    assert pinned(f"{line}\r\nmkdocs\r\n") == SAID
    assert pinned(f"mkdocs\n{line}\n") == SAID.replace(":1 ", ":2 ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"partner-playbook=={__version__}\n",
        f"partner-playbook==0{__version__}.0\n",
        "partner-playbook\n",
        f"partner-playbook>={OTHER}\n",
        "partner-playbook==99.*\n",
        f"partner-playbook-theme=={OTHER}\n",
        f"# partner-playbook=={OTHER}\n",
        f"partner-playbook=={OTHER}; python_version < '3.0'\n",
        "partner-playbook @ https://example.com/partner-playbook.whl\n",
        "-r more.txt\n",
        "partner-playbook==\n",
        f"partner-playbook=={OTHER}; os == 'x'\n",
        "partner-playbook===of ours\n",
    ],
)
def test_all_else_says_nothing(text: str) -> None:
    """The same version, no exact one, another package, another Python, and what is no requirement at all."""
    assert pinned(text) == ""


def test_an_odd_version_is_shown_safely() -> None:
    """What stands there cannot write to the terminal, or begin a line of its own."""
    said = pinned("partner-playbook===1\x07\u202e::error::\n")

    assert said.startswith("requirements.txt:1 pins partner-playbook 1\\u{7}\\u{202E}::error::, and this is")
    assert said.count("\n") == 1


def test_what_cannot_be_read_says_nothing() -> None:
    """No file, a folder, a link, bytes that are no text."""
    assert run("check").stderr == ""
    Path("requirements.txt").mkdir()
    assert run("check").stderr == ""
    Path("requirements.txt").rmdir()
    Path("pins").write_text(f"partner-playbook=={OTHER}\n")
    Path("requirements.txt").symlink_to("pins")
    assert run("check").stderr == ""
    Path("requirements.txt").unlink()
    Path("requirements.txt").write_bytes(b"\xff\xfe\x00\n")
    assert run("check").stderr == ""


@pytest.mark.parametrize(
    ("folder", "data", "name"),
    [("data", ".", "../requirements.txt"), ("data/..", "data", "requirements.txt"), ("/", "", "")],
)
def test_it_stands_beside_the_data(folder: str, data: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the command runs, it is the file of the data's own repository that counts."""
    Path("requirements.txt").write_text(f"partner-playbook=={OTHER}\n")
    data = data or str(Path("data").absolute())
    name = name or str(Path("requirements.txt").absolute())
    monkeypatch.chdir(folder)

    assert run("check", "--data", data).stderr == SAID.replace("requirements.txt", name)


@pytest.mark.parametrize("command", [("build",), ("serve",), ("upgrade",)])
def test_whoever_builds_or_upgrades_is_told(command: tuple[str, ...]) -> None:
    """Before anything is done."""
    Path("requirements.txt").write_text(f"partner-playbook=={OTHER}\n")
    Path("mkdocs.yml").write_text("site_name: [\n")

    assert run(*command).stderr.startswith(SAID)


def test_reports_for_programs_stay_whole() -> None:
    """The note is on stderr alone."""
    Path("requirements.txt").write_text(f"partner-playbook=={OTHER}\n")
    result = run("check", "--format", "json")

    assert result.stdout.startswith("{")
    assert result.stderr == SAID
