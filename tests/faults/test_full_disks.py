"""The disk is full: it is said, nothing is half there, and once there is room everything goes on.

A tmpfs of a few megabytes is mounted where the bytes lie (root may); elsewhere no file may grow beyond that size.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from rapport.doors.keeping.checking import check
from rapport.kit.supervision.processes import waited
from tests.conftest import point_django_at

from .doing import ask, come_to_rest, settle_in, work
from .lab import ALL, Lab, Stage
from .outcome import outcome_of
from .scenarios import mails, usual_outcome
from .stack import Stack
from .test_kills import begin_import, is_done, mailbox, reading_of, same  # noqa: F401 - a fixture

SMALL = 3 << 20
LETTERS = mails(0, 4, large=2)  # one of them is kept as a file of its own


@contextmanager
def small_disk(place: Path, size: int = SMALL) -> Iterator[Callable[[], None]]:
    """A small disk at this place; what is given makes it large."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(LETTERS) // 2, before[1]))
        try:
            yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        return
    try:
        yield lambda: subprocess.run(["mount", "-o", f"remount,size={32 * size}", place], check=True)
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def told(lab: Lab, stage: Stage, do: Callable[[], Any]) -> Any:
    ended = lab.in_process(stage, do)
    assert ended.code == 0, ended.wrote
    return ended.gave


def upload(stage: Stage, content: bytes, name: str) -> tuple[int, str]:
    answer = ask(stage, "/imports", once=name, files={f"{name}.mbox": content})
    return answer.status_code, answer.json().get("detail", "")


@pytest.fixture(scope="module")
def expected(lab: Lab) -> dict[str, Any]:
    """What an undisturbed import comes to."""
    with lab.copy(lab.beginning(settle_in)) as stage:
        assert told(lab, stage, lambda: upload(stage, LETTERS, "a"))[0] == 202
        return dict(told(lab, stage, lambda: finished(stage)))


def finished(stage: Stage) -> dict[str, Any]:
    come_to_rest(stage)
    return usual_outcome(stage)


def test_an_upload_that_does_not_fit_is_refused_whole(lab: Lab, expected: dict[str, Any]) -> None:
    with lab.copy(lab.beginning(settle_in)) as stage, small_disk(stage.house.files_folder) as enlarge:
        status, sentence = told(lab, stage, lambda: upload(stage, LETTERS + b"x" * (6 << 20), "b"))
        assert (status, "room" in sentence) == (507, True), sentence
        assert stage.ask("SELECT count(*) FROM import") == [(0,)]
        assert sum(path.stat().st_size for path in stage.house.files_folder.rglob("*") if path.is_file()) == 0
        enlarge()
        assert told(lab, stage, lambda: upload(stage, LETTERS, "a"))[0] == 202
        came_to = told(lab, stage, lambda: finished(stage))
    assert {**came_to, "remembered answers": 0} == {**expected, "remembered answers": 0}


def test_an_import_that_finds_no_room_says_so_and_goes_on(lab: Lab, expected: dict[str, Any]) -> None:
    with lab.copy(lab.beginning(settle_in)) as stage, small_disk(stage.house.files_folder) as enlarge:
        assert told(lab, stage, lambda: upload(stage, LETTERS, "a"))[0] == 202
        told(lab, stage, work)
        ((state, sentence, import_id),) = stage.ask("SELECT state, sentence, id FROM import")
        assert (state, "no room left on the disk" in sentence) == ("stopped", True), sentence
        enlarge()
        resumed = told(lab, stage, lambda: ask(stage, f"/imports/{import_id}/resume", once="on").status_code)
        assert resumed == 200
        came_to = told(lab, stage, lambda: finished(stage))
    for part in ("people", "interactions", "messages", "raw items", "import items", "stored", "left behind", "check"):
        assert came_to[part] == expected[part], part


if ALL:

    def test_a_database_without_room_stands_still_and_goes_on(tmp_path: Path, committed: Any, mailbox: bytes) -> None:
        """A tmpfs for the database alone, filled to its last byte in the midst of an import."""
        stack = Stack.at(tmp_path / "home")
        place = stack.house.database_folder
        place.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900m", "tmpfs", place], check=True)
        try:
            stack.start()
            point_django_at(stack.addresses)
            workspace, import_id = begin_import(stack, mailbox, "undisturbed")
            assert waited(lambda: is_done(stack, import_id), 120), stack.logs()
            undisturbed = outcome_of(stack.addresses.app, workspace)
            workspace, import_id = begin_import(stack, mailbox, "without room")
            assert waited(lambda: reading_of(stack, import_id).position > 0, 60), stack.logs()
            balloon = place / "balloon"
            with balloon.open("wb") as file, suppress(OSError):
                while True:
                    file.write(b"\0" * (1 << 16))
                    file.flush()
            stack.tell("the disk of the database is full")
            assert not waited(lambda: is_done(stack, import_id), 8)
            balloon.unlink()
            stack.tell("there is room again")
            assert waited(stack.serves, 60), stack.logs()
            assert waited(lambda: is_done(stack, import_id), 120), stack.logs()
            point_django_at(stack.addresses)
            same(outcome_of(stack.addresses.app, workspace), undisturbed)
            assert [one.sentence for one in check(stack.house, stack.addresses)] == []
        finally:
            connections.close_all()
            point_django_at(committed)
            stack.stop()
            subprocess.run(["umount", "-l", place], check=False)
            shutil.rmtree(place, ignore_errors=True)
