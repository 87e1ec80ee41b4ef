"""What happened with somebody, page by page, and only the words one may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rapport.accounts import journal
from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.rows import enter
from rapport.channels.raw import Raw, keep_raw
from rapport.channels.sightings import Sighting
from rapport.interactions.incoming import Belonging, Incoming
from rapport.interactions.intake import take_in
from rapport.interactions.models import Interaction
from rapport.interactions.notes import add_note, remove_note
from rapport.interactions.opening import open_interaction, raw_of
from rapport.interactions.timeline import began_at, count, month_counts, timeline
from rapport.kit.ids import new_id
from rapport.kit.trouble import NotAllowed, NotFound, Trouble
from rapport.people.models import Handle, Person

from ..people.people import everything, somebody
from .mails import DANA, KENJI, MAYA, MORNING, PRIYA, mail, meeting, read


@pytest.fixture
def priya(maya: Viewer, now: datetime) -> Person:
    """Priya, with five things that happened."""
    read(
        now,
        mail("hello", MAYA, [PRIYA]),
        mail("back", PRIYA, [MAYA], hour=1, answers="hello", question="When do we meet?"),
        mail("apart", PRIYA, [KENJI], hour=2),
        meeting("walk", MAYA, PRIYA, hour=24 * 30),
        meeting("plans", MAYA, PRIYA, hour=24 * 30, organizer=PRIYA),
    )
    return Handle.objects.get(value=PRIYA).person


def titles(viewer: Viewer, person: Person, **asked: Any) -> list[str]:
    """Titles in order; of a private one, a dash."""
    return [one.title or "-" for one in timeline(viewer, person.id, **asked).rows]


def test_newest_first_with_what_one_may_read(maya: Viewer, priya: Person) -> None:
    rows = timeline(maya, priya.id).rows
    assert {rows[0].title, rows[1].title} == {"walk", "plans"}
    assert [(one.title, one.by, one.is_private, one.count_in_thread) for one in rows[2:]] == [
        ("", "them", True, 1),
        ("back", "them", False, 2),
        ("hello", "us", False, 2),
    ]
    assert rows[2].excerpt == rows[2].question == ""
    assert rows[3].question == "When do we meet?"
    assert {one.title: one.by for one in rows[:2]} == {"walk": "neither", "plans": "them"}
    assert [(name, part) for _id, name, part in rows[3].participants] == [
        ("Priya Raman", "from"),
        ("Maya Okafor", "to"),
    ]


def test_a_blind_copy_stands_in_the_timeline_of_the_sender_and_of_nobody_else(
    maya: Viewer, priya: Person, now: datetime
) -> None:
    read(now, *(_blind(mail(name, sender, [DANA, PRIYA], hour=3)) for name, sender in (("a", KENJI), ("b", MAYA))))
    assert "b" in titles(maya, priya)
    assert count(maya, priya.id) == len(titles(maya, priya)) == 6
    kenji = replace(maya, person_id=Handle.objects.get(value=KENJI).person_id)
    assert "a" in titles(kenji, priya)
    assert count(kenji, priya.id) == 6


def _blind(sighting: Sighting) -> Sighting:
    """The same with its last party blind-copied."""
    *others, last = sighting.parties
    return replace(sighting, parties=(*others, replace(last, part="bcc")))


def test_filters(maya: Viewer, priya: Person) -> None:
    assert titles(maya, priya, kinds=["mail"], by_us=True) == ["hello"]
    assert sorted(titles(maya, priya, by_us=False)) == ["-", "back", "plans"]
    assert titles(maya, priya, since=MORNING, until=MORNING + timedelta(hours=1)) == ["back"]
    assert titles(maya, priya, as_of=MORNING) == ["hello"]
    assert count(maya, priya.id, kinds=["meeting"]) == 2
    assert began_at(maya, priya.id) == MORNING
    assert [(day.isoformat(), many) for day, many in month_counts(maya, priya.id)] == [
        ("2026-12-01", 2),
        ("2026-11-01", 3),
    ]


def test_pages_show_everything_once_also_at_the_same_moment(
    maya: Viewer, now: datetime, priya: Person, django_assert_max_num_queries: Any
) -> None:
    read(now, *(mail(f"m{n}", PRIYA, [MAYA], hour=n // 4) for n in range(23)))
    seen, cursor = [], None
    while True:
        with django_assert_max_num_queries(6):
            page = timeline(maya, priya.id, cursor=cursor, limit=5)
        seen += [one.id for one in page.rows]
        if page.next is None:
            break
        cursor = page.next
    assert len(seen) == len(set(seen)) == 28
    with pytest.raises(Trouble):
        timeline(maya, priya.id, cursor="nonsense")


def test_a_colleague_sees_that_and_when_but_no_words(by: By, maya: Viewer, now: datetime, priya: Person) -> None:
    ben = somebody(by, "Ben", email="ben@fernhill.example")
    colleague = replace(maya, role="member", person_id=ben.id, membership_id=new_id())
    assert titles(colleague, priya) == ["-"] * 5
    hello = Interaction.objects.get(title="hello")
    sheet = open_interaction(colleague, hello.id)
    assert (sheet.is_private, sheet.title, sheet.text, sheet.excerpt, sheet.attachments) == (True, "", "", "", ())
    with pytest.raises(NotAllowed):
        raw_of(colleague, hello.id)
    Interaction.objects.filter(id=hello.id).update(is_shared=True)
    assert open_interaction(colleague, hello.id).text == "Words of hello."
    guest = replace(colleague, role="guest")
    with pytest.raises(NotFound):
        timeline(guest, priya.id)
    with pytest.raises(NotFound):
        open_interaction(guest, hello.id)


def test_a_guest_is_not_told_how_much_was_said_without_them(maya: Viewer, now: datetime, priya: Person) -> None:
    read(now, mail("in-copy", PRIYA, [MAYA], [KENJI], hour=30, answers="hello"))
    kenji = Handle.objects.get(value=KENJI).person_id
    guest = replace(maya, role="guest", person_id=kenji, membership_id=new_id())
    entry = timeline(guest, priya.id).rows[0]
    assert (entry.title, entry.count_in_thread) == ("in-copy", 1)
    assert [one.count_in_thread for one in timeline(maya, priya.id).rows if one.title == "in-copy"] == [3]


def test_an_interaction_opens_with_its_thread(
    maya: Viewer, priya: Person, other_workspace: Any, django_assert_max_num_queries: Any
) -> None:
    back = Interaction.objects.get(title="back")
    with django_assert_max_num_queries(7):
        sheet = open_interaction(maya, back.id)
    assert sheet.text == "Words of back."
    assert [one.title for one in sheet.thread] == ["hello"]
    assert [(one.name, one.part, one.address) for one in sheet.participants] == [
        ("Priya Raman", "from", PRIYA),
        ("Maya Okafor", "to", MAYA),
    ]
    enter(other_workspace.id)
    with pytest.raises(NotFound):
        open_interaction(maya, back.id)


def test_the_bytes_come_back_as_they_came(maya: Viewer, now: datetime, tmp_path: Path) -> None:
    body = (
        b"From: priya@solace.example\r\nTo: maya@fernhill.example\r\nContent-Type: text/html\r\n\r\n"
        b"<p>Hello<script>alert(1)</script><img src='https://spy.example/x.png'></p>\r\n"
    )
    raw = keep_raw([Raw("mail", body)], tmp_path, now)[0]
    ids = take_in([Incoming(mail("page", PRIYA, [MAYA], has_html=True), raw.id)], Belonging(None, None, None), now)
    page = next(iter(ids.values()))
    assert raw_of(maya, page) == Raw("mail", body)
    assert open_interaction(maya, page).has_html


def test_notes_are_for_everybody_at_home_and_no_contact(by: By, maya: Viewer, now: datetime, priya: Person) -> None:
    before = everything()
    noted = add_note(by, priya.id, "Loves moss.\nAsk about the pond.")
    colleague = replace(maya, role="member", person_id=new_id(), membership_id=new_id())
    entry = next(one for one in timeline(colleague, priya.id).rows if one.kind == "note")
    assert (entry.excerpt, entry.by, entry.by_hand) == ("Loves moss. Ask about the pond.", "neither", True)
    assert open_interaction(colleague, noted.interaction_id).text == "Loves moss.\nAsk about the pond."
    assert not Interaction.objects.get(id=noted.interaction_id).is_contact
    with pytest.raises(NotAllowed):
        remove_note(replace(by, viewer=colleague), noted.interaction_id)
    written = everything()
    removed = remove_note(by, noted.interaction_id)
    assert everything() == before
    journal.undo(maya, removed.journal_id, now)
    assert everything() == written
    journal.undo(maya, noted.journal_id, now)
    assert everything() == before
    with pytest.raises(Trouble):
        add_note(by, priya.id, "  ")
