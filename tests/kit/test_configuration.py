"""Where a setting comes from, and what is said of a line that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport.kit.configuration import FILE, SETTINGS, load, read, told, unknown
from rapport.kit.trouble import Trouble

SLIP = "RAPPORT_" + "PROT"


def _written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text)
    return folder


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    home = _written(
        tmp_path, "# ours\n\nRAPPORT_PORT=8123\nexport RAPPORT_HOSTS = 'a.example,b.example'\nRAPPORT_LOG=\"INFO\"\n"
    )
    environment = {"RAPPORT_LOG": "DEBUG", "RAPPORT_SMTP_PASSWORD": "hush"}
    load(environment, home)
    said = {one.setting.name: (one.value, one.source) for one in told(environment)}
    assert said["RAPPORT_LOG"] == ("DEBUG", "environment")
    assert said["RAPPORT_PORT"] == ("8123", "file")
    assert said["RAPPORT_HOSTS"] == ("a.example,b.example", "file")
    assert said["RAPPORT_SAMPLE"] == ("yes", "default")
    assert said["RAPPORT_SMTP_PASSWORD"] == ("set", "environment")
    assert said.keys() == SETTINGS.keys()


def test_no_file_is_no_trouble(tmp_path: Path) -> None:
    assert read(tmp_path / FILE) == {}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f"{SLIP}=8123", "do you mean RAPPORT_PORT"),
        ("PATH=/tmp", "no setting"),
        ("RAPPORT_HOME=/elsewhere", "no setting"),
        ("hello", "write NAME=value"),
    ],
)
def test_a_line_that_is_no_setting_is_named(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(Trouble, match="line 2") as trouble:
        load({}, _written(tmp_path, f"RAPPORT_PORT=8001\n{line}\n"))
    assert says in trouble.value.sentence


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Trouble, match="cannot be read"):
        read(tmp_path / FILE)


def test_a_slip_in_the_environment_is_told() -> None:
    assert unknown({SLIP: "1", "RAPPORT_POOL": "yes", "HOME": "x"}, frozenset({"RAPPORT_POOL"})) == [
        f"{SLIP} is no setting of Rapport; do you mean RAPPORT_PORT?"
    ]
