"""Imports in a terminal: all of them, what one found, the rows to mend, and being asked before many are taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.doors.cli.app import app
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.kit.ids import new_id
from rapport.kit.trouble import Trouble
from rapport.people.models import Person
from rapport.relationships.refresh import read_on

from .conftest import Type

TABLE = "Name,Email\n" + "".join(f"Person {n},p{n}@x.example\n" for n in range(25)) + "Broken,nobody\n,no <i>one</i>\n"


@pytest.fixture
def run(maya: Viewer, by: By, settings: Any) -> str:
    """Maya's table, imported."""
    folder = settings.HOUSE.files_folder
    begun = start_import(by, [GivenFile("people.csv", [TABLE.encode()])], folder).import_id
    run_import(maya.workspace_id, begun, folder, read_on)
    return str(begun)


def test_imports_and_what_one_found(typed: Type, run: str, tmp_path: Path) -> None:
    listed = typed("imports")
    assert listed.exit_code == 0, listed.exception
    assert ("people.csv" in listed.stdout, run in listed.stdout) == (True, True)
    left = typed("imports", run, "--which", "left-out").stdout
    assert "people.csv, row 28" in left
    assert "There is neither a name nor an address on it." in left
    assert "Email: no <i>one</i>" in left
    assert "Not read: Email." in typed("imports", run, "--which", "in-part").stdout
    first = typed("imports", run, "--which", "people", "--limit", "5").stdout
    assert "--which people --limit 5 --cursor" in first
    told = json.loads(typed("imports", run, "--which", "in-part", "--json").stdout)
    assert [one["place"] for one in told["rows"]] == ["people.csv, row 27"]
    written = typed("imports", run, "--to-mend", str(tmp_path / "rows.csv"))
    assert written.exit_code == 0, written.exception
    assert (tmp_path / "rows.csv").read_text("utf-8-sig").splitlines()[0] == "Name,Email,Rapport id,Rapport says"
    assert typed("imports", run, "--to-mend", str(tmp_path / "rows.csv")).exit_code == 1
    assert typed("imports", "people.csv").exit_code != 0
    assert "There is nothing here" in typed("imports", "--aside").stdout


def test_before_many_are_taken_back_it_is_asked(typed: Type, run: str) -> None:
    refused = typed("undo")
    assert isinstance(refused.exception, Trouble)
    assert "rapport undo --sure" in refused.exception.sentence
    assert "26 people it brought" in refused.stderr
    assert Person.objects.filter(name__startswith="Person").count() == 25
    assert CliRunner().invoke(app, ["undo"], input="y\n").exit_code == 0
    assert not Person.objects.filter(name__startswith="Person").exists()


@pytest.mark.parametrize("sure", [True, False])
def test_before_a_small_import_is_come_upon_it_is_asked(
    typed: Type, maya: Viewer, by: By, settings: Any, sure: bool
) -> None:
    folder = settings.HOUSE.files_folder
    begun = start_import(by, [GivenFile("two.csv", [b"Name,Email\nPerson 1,p1@x.example\n"])], folder).import_id
    run_import(maya.workspace_id, begun, folder, read_on)
    by.note("organization.merge", subject_name="Elm", way_back={"kept": str(new_id()), "gone": str(new_id())})
    if sure:
        assert typed("undo", "--sure").exit_code == 0
    else:
        refused = typed("undo")
        assert isinstance(refused.exception, Trouble)
        assert "Next would be taken back: " in refused.stderr
        assert "1 person it brought" in refused.stderr
        assert Person.objects.filter(name="Person 1").exists()
        assert CliRunner().invoke(app, ["undo"], input="y\n").exit_code == 0
    assert not Person.objects.filter(name="Person 1").exists()


def test_whoever_is_sure_is_not_asked(typed: Type, run: str) -> None:
    assert typed("undo", "--sure").exit_code == 0
    assert not Person.objects.filter(name__startswith="Person").exists()
