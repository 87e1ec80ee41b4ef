"""What a colleague's files do to what is here: they tell more of what both were in, and open or change nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.models import Workspace
from rapport.interactions.imports import GivenFile, run_import, start_import, undo_import
from rapport.interactions.models import Interaction, Participant
from rapport.interactions.opening import open_interaction
from rapport.relationships.refresh import read_on

from ..people.people import membered, somebody

pytestmark = pytest.mark.django_db
Bring = Callable[..., UUID]
MAYA, ALI = "maya@fernhill.example", "ali@fernhill.example"
LIST = "List-Id: <board.lists.example>\nList-Post: <mailto:board@lists.example>\n"


def mail(key: str, sender: str, day: int, *, to: str = "board@lists.example", answers: str = "", head: str = "") -> str:
    reply = f"In-Reply-To: <{answers}@fernhill.example>\n" if answers else ""
    return (f"{head}From: {sender}\nTo: {to}\nSubject: {key}\nDate: {day} Nov 2026 10:00:00 +0000\n"
            f"Message-ID: <{key}@fernhill.example>\n{reply}\nWords of {key}.\n")  # fmt: skip


@pytest.fixture
def ali(by: By, workspace: Workspace, now: datetime) -> By:
    """Ali, a member beside Maya."""
    person = somebody(by, "Ali Reza", email=ALI)
    return By(viewer_of(membered(person.id, ALI, workspace, now)), "web", now)


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path) -> Bring:
    """Let somebody import these files, mails and calendars."""

    def bring(by: By, *files: str) -> UUID:
        given = [
            GivenFile(f"{n}.{'ics' if 'VCALENDAR' in one else 'eml'}", [one.encode()]) for n, one in enumerate(files)
        ]
        started = start_import(by, given, tmp_path)
        run_import(workspace.id, started.import_id, tmp_path, read_on)
        return started.import_id

    return bring


def _ending(file: str) -> str:
    return "ics" if "VCALENDAR" in file else "eml"


def reads(by: By, title: str) -> bool:
    return not open_interaction(by.viewer, Interaction.objects.get(title=title).id).is_private


def parts_in(title: str) -> set[tuple[str, str]]:
    return set(Participant.objects.filter(interaction__title=title).values_list("address", "part"))


# Replies to a list.

ASKED_BY_ALI = (mail("plan", ALI, 3), mail("plan", ALI, 3, head=LIST))  # as it was sent, and as it came back
ANSWERED_BY_MAYA = (mail("reply", MAYA, 4, answers="plan"), mail("reply", MAYA, 4, answers="plan", head=LIST))


@pytest.mark.parametrize("forged_first", [False, True])
@pytest.mark.parametrize("real_is_here", [False, True])
def test_a_mail_written_by_hand_lets_nobody_read_what_answers_another(
    by: By, ali: By, bring: Bring, forged_first: bool, real_is_here: bool
) -> None:
    hers = [mail("plan", "Priya <priya@solace.example>", 3, head=LIST)] * real_is_here
    hers += [mail("reply", MAYA, 4, answers="plan", head=LIST)]
    turns = [lambda: bring(by, *hers), lambda: bring(ali, mail("plan", ALI, 2))]
    for turn in reversed(turns) if forged_first else turns:
        turn()
    assert not reads(ali, "reply")
    assert ("priya@solace.example", "answered") in parts_in("reply") or not real_is_here
    bring(ali, mail("reply", MAYA, 4, answers="plan", head=LIST))  # a copy can be written by hand as well
    assert not reads(ali, "reply")


def test_a_list_in_whose_name_it_was_sent_vouches_for_no_author(by: By, ali: By, bring: Bring) -> None:
    """What a list sends in its own name says only in its head who wrote it, and the copy read first is believed."""
    through = f"{LIST}X-Original-From: %s\n"
    bring(ali, mail("plan", "Ali via Board <board@lists.example>", 3, head=through % ALI))
    plan = mail("plan", "Priya via Board <board@lists.example>", 3, head=through % "priya@solace.example")
    bring(by, plan, mail("reply", MAYA, 4, answers="plan", head=LIST))
    assert Interaction.objects.count() == 2
    assert not reads(ali, "reply")


def test_a_copy_written_by_hand_makes_no_list_of_a_letter(by: By, ali: By, bring: Bring) -> None:
    letter = mail("reply", MAYA, 4, to="priya@solace.example", answers="plan")
    bring(by, mail("plan", ALI, 3, to=MAYA), letter)
    bring(ali, mail("plan", ALI, 3, to=MAYA), LIST + letter)
    assert not reads(ali, "reply")


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_who_is_answered_reads_it_in_whichever_order_both_bring_their_mail(
    by: By, ali: By, bring: Bring, order: tuple[int, ...]
) -> None:
    turns = [
        lambda: bring(by, ASKED_BY_ALI[1]), lambda: bring(by, ANSWERED_BY_MAYA[0]),
        lambda: bring(ali, ASKED_BY_ALI[0]), lambda: bring(ali, ANSWERED_BY_MAYA[1]),
    ]  # fmt: skip
    for turn in order:
        turns[turn]()
    assert Interaction.objects.count() == 2
    assert parts_in("reply") == {(MAYA, "from"), (ALI, "answered")}
    assert reads(ali, "reply")
    assert reads(by, "reply")


def test_who_is_answered_still_is_once_an_import_is_taken_back(by: By, ali: By, bring: Bring) -> None:
    bring(ali, ASKED_BY_ALI[0])
    bring(by, ASKED_BY_ALI[1])
    bring(by, ANSWERED_BY_MAYA[0])
    undo_import(ali, bring(ali, ASKED_BY_ALI[0], ANSWERED_BY_MAYA[1]))
    assert parts_in("reply") == {(MAYA, "from"), (ALI, "answered")}


def test_who_is_answered_by_nothing_but_what_was_taken_back_reads_it_no_more(by: By, ali: By, bring: Bring) -> None:
    bring(ali, ASKED_BY_ALI[0])
    asked = bring(by, ASKED_BY_ALI[1])
    bring(by, ANSWERED_BY_MAYA[0])
    assert reads(ali, "reply")
    undo_import(by, asked)
    assert not reads(ali, "reply")
