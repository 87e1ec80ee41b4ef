"""What happened is found by its words: in any script, newest first, and only by who may read it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from rapport.accounts import journal
from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import join
from rapport.accounts.models import Membership, Role, User, Workspace
from rapport.accounts.rows import ask, in_workspace
from rapport.channels.sightings import AttachmentNote
from rapport.interactions.models import Interaction
from rapport.interactions.notes import add_note, remove_note
from rapport.interactions.searching import FoundWords, search, understood
from rapport.interactions.visible import is_private, took_part
from rapport.kit.trouble import NotUnderstood
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Handle

from .mails import KENJI, MAYA, MORNING, PRIYA, mail, meeting, read

JO, GUS = "jo@fernhill.example", "gus@elsewhere.example"


@pytest.fixture
def jo(maya_membership: Membership, now: datetime) -> Viewer:
    """A colleague of Maya."""
    person = make_home_person("Jo Colleague", JO, found_home("Fernhill", now), now)
    return viewer_of(join(maya_membership.workspace, User.objects.create_user(JO), person.id, Role.MEMBER, now))


@pytest.fixture
def gus(maya_membership: Membership, now: datetime) -> Viewer:
    """A guest."""
    person = make_home_person("Gus Guest", GUS, found_home("Fernhill", now), now)
    user = User.objects.create_user(GUS)
    return viewer_of(join(maya_membership.workspace, user, person.id, Role.GUEST, now))


def titles(viewer: Viewer, words: str) -> list[str]:
    """Titles of what is found, in order; of what has none, its text."""
    return [one.entry.title or one.entry.excerpt for one in search(viewer, words).rows]


def marked(found: FoundWords) -> str:
    """Title and text as one reads them, what was looked for in brackets."""
    pieces = [*found.title, *found.text]
    return " ".join(f"[{one.text}]" if one.is_found else one.text.strip() for one in pieces)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("rota", "The ROTA for December"),
        ("december rota", "The rota for December"),
        ('"rota for dec"', "The rota for Dec, please"),
        ("dec", "The rota for December"),
        ("dec* rota ", "The rota for December"),
        ("muller", "Grüße von Müller"),
        ("Müller", "muller was here"),
        ("grusse", "Grüße von Müller"),
        ("STRASSE", "Die Straße"),
        ("северный", "Кофе в «Северный» — Йод"),
        ("иод", "Кофе, Йод"),
        ("σισυφος", "Ο Σίσυφος"),
        ("العربية", "اللغة العَرَبِيَّة"),
        ("会议", "明天的会议很重要"),
        ("会议 明天", "明天的会议很重要"),
        ("회의", "정기회의를 시작합니다"),
        ("สวัสดี", "คุณสวัสดีครับ"),
        ("नमस्ते", "वह नमस्ते बोला"),
        ("solace", "Write to priya@solace.example today"),
        ("report", "see https://files.example/quarterly_report-2026.pdf"),
        ("2026", "on 2026-11-16"),
        ("well-known", "a well-known house"),
        ("don't", "I don't know"),
        ("smørrebrød", "Smørrebrød til frokost"),
        ("smorrebrod", "Smørrebrød til frokost"),
        ("<i>", "the <i> tag"),
    ],
)
def test_words_are_found(maya: Viewer, now: datetime, asked: str, said: str) -> None:
    read(now, mail("one", PRIYA, [MAYA], subject="A", text=said), mail("two", PRIYA, [MAYA], subject="B", text="Else."))
    assert titles(maya, asked) == ["A"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("rota -december", "The rota for December"),
        ('"december rota"', "The rota for December"),
        ("dec ", "The rota for December"),  # a blank ends the word
        ("ota", "The rota"),
        ("议会", "明天的会议"),
        ("has:file", "has:file"),
        ("or", "nothing"),
        ("rota & !december | (", "The rota for"),
        ("ro\\ta':*A", "The rota"),
    ],
)
def test_words_are_not_found(maya: Viewer, now: datetime, asked: str, said: str) -> None:
    read(now, mail("one", PRIYA, [MAYA], subject="A", text=said))
    assert titles(maya, asked) == []


@pytest.mark.parametrize("asked", ["", "  ", "-rota", "…", '""', "*", '-"a b"'])
def test_something_must_be_asked_for(maya: Viewer, asked: str) -> None:
    with pytest.raises(NotUnderstood):
        search(maya, asked)


def test_what_somebody_means() -> None:
    meant = understood('the "new rota" -draft -"not yet" has:file kit* dec')
    assert meant.wanted == ("the", "new rota")
    assert meant.begun == ("kit*", "dec")
    assert meant.unwanted == ("draft", "not yet")
    assert meant.with_files
    assert understood("rota has:fi").wanted == ("rota",)
    assert understood('"unfinished phra').begun == ("unfinished phra",)


def test_newest_first_page_by_page(maya: Viewer, now: datetime) -> None:
    read(now, *(mail(f"m{n:02}", PRIYA, [MAYA], hour=n, text="rota") for n in range(7)))
    seen, cursor = list[str](), None
    while True:
        page = search(maya, "rota", limit=3, cursor=cursor)
        seen += [one.entry.title for one in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert seen == [f"m{n:02}" for n in range(6, -1, -1)]
    assert [one.entry.title for one in search(maya, "rota", as_of=MORNING).rows] == ["m00"]


def test_titles_and_files_and_texts_together(maya: Viewer, now: datetime) -> None:
    files = (
        AttachmentNote("Quarterly_report-2026.pdf", "application/pdf", 9),
        AttachmentNote("ü.txt", "text/plain", 1),
    )
    read(
        now,
        mail("plain", PRIYA, [MAYA], subject="The quarterly thing", text="rota"),
        mail("full", PRIYA, [MAYA], subject="The rota", text="Here it is.", attachments=files, hour=1),
    )
    assert titles(maya, "quarterly") == ["The rota", "The quarterly thing"]
    assert titles(maya, "quarterly has:file") == ["The rota"]
    assert titles(maya, "has:file ") == ["The rota"]
    found = search(maya, "rota report").rows[0]
    assert marked(found) == "The [rota] Here it is."
    assert [["".join(piece.text for piece in one)] for one in found.files] == [["Quarterly_report-2026.pdf"]]


def test_a_meeting_is_found_by_its_last_version(maya: Viewer, now: datetime) -> None:
    read(now, meeting("walk", MAYA, PRIYA, subject="Walk", revision=0))
    assert titles(maya, "walk") == ["Walk"]
    read(now, meeting("walk", MAYA, PRIYA, subject="Lunch", hour=3, revision=1))
    assert (titles(maya, "walk"), titles(maya, "lunch")) == ([], ["Lunch"])


def test_notes_are_found_until_removed_and_again_when_put_back(maya: Viewer, by: By, now: datetime) -> None:
    read(now, mail("hello", PRIYA, [MAYA]))
    noted = add_note(by, _person(PRIYA), "Two cats, Minka and Mo")
    assert titles(maya, "minka") == ["Two cats, Minka and Mo"]
    removed = remove_note(by, noted.interaction_id)
    assert titles(maya, "minka") == []
    journal.undo(maya, removed.journal_id, now)
    assert titles(maya, "minka") == ["Two cats, Minka and Mo"]


def test_private_words_are_found_by_who_took_part(maya: Viewer, jo: Viewer, gus: Viewer, by: By, now: datetime) -> None:
    read(
        now,
        mail("mayas", PRIYA, [MAYA], text="rota"),
        mail("jos", PRIYA, [JO], text="rota", hour=1),
        mail("copied", PRIYA, [MAYA], [JO], text="rota", hour=2),
        mail("guests", PRIYA, [GUS], text="rota", hour=3),
    )
    add_note(by, _person(PRIYA), "rota of which everybody at home may know")
    note = "rota of which everybody at home may know"
    assert titles(maya, "rota") == [note, "copied", "mayas"]
    assert titles(jo, "rota") == [note, "copied", "jos"]
    assert titles(gus, "rota") == ["guests"]
    Interaction.objects.filter(title="mayas").update(is_shared=True)
    assert titles(jo, "rota") == [note, "copied", "jos", "mayas"]
    Interaction.objects.filter(title="guests").update(owner_id=jo.membership_id)
    assert "guests" in titles(jo, "rota")


def test_the_database_and_the_rooms_agree_on_who_may_read(
    maya: Viewer, jo: Viewer, gus: Viewer, by: By, now: datetime
) -> None:
    everybody = (MAYA, JO, GUS, PRIYA, KENJI)
    read(now, *(mail(f"{a}{b}", a, [b], text="rota") for a in everybody for b in everybody if a != b))
    add_note(by, _person(PRIYA), "rota")
    for viewer in (maya, jo, gus):
        may = {
            one.id
            for one in Interaction.objects.all()
            if not is_private(viewer, one, people := set(took_part(one.id).values_list("person_id", flat=True)))
            and (not viewer.is_guest or viewer.person_id in people)
        }
        assert {one.entry.id for one in search(viewer, "rota", limit=100).rows} == may


def test_what_is_common_and_what_is_rare_are_found_alike(
    maya: Viewer, jo: Viewer, gus: Viewer, by: By, now: datetime
) -> None:
    """More than the two thousand that are looked through come before what is asked of an index."""
    read(now, mail("old", PRIYA, [MAYA], text="zebra rota"), mail("older", PRIYA, [MAYA], text="zebra", hour=-1))
    read(now, mail("jos", PRIYA, [JO], text="rota", hour=-1), mail("guests", PRIYA, [GUS], text="rota", hour=-2))
    read(now, mail("shared", PRIYA, [MAYA], text="rota", hour=-3), mail("owned", PRIYA, [KENJI], text="rota", hour=-4))
    Interaction.objects.filter(title="shared").update(is_shared=True)
    Interaction.objects.filter(title="owned").update(owner_id=jo.membership_id)
    read(now, *(mail(f"n{n}", PRIYA, [MAYA], hour=1 + n / 100, text="rota") for n in range(2100)))
    assert titles(maya, "zebra") == ["old", "older"]
    assert titles(maya, "zebra r") == ["old"]
    assert titles(maya, "zeb") == ["old", "older"]
    assert titles(jo, "zebra") == []
    assert titles(jo, "rota") == ["jos", "shared", "owned"]
    assert titles(gus, "rota") == ["guests"]
    everything, cursor = list[str](), None
    while True:
        page = search(maya, "rota", limit=100, cursor=cursor)
        everything += [one.entry.title for one in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert everything == [*(f"n{n}" for n in range(2099, -1, -1)), "old", "shared"]


def test_what_is_common_is_found_behind_a_heap_that_has_none_of_it(
    maya: Viewer, jo: Viewer, gus: Viewer, other_workspace: Workspace, now: datetime
) -> None:
    """Two thousand of a calendar came last: a sample says that it is worth to look on."""
    some = [mail(f"r{n}", PRIYA, [GUS if n == 7 else MAYA], hour=n / 100, text="rota") for n in range(60)]
    read(
        now, *some, mail("jos", PRIYA, [JO], hour=-1, text="rota"), mail("zebra", PRIYA, [MAYA], hour=-1, text="zebra")
    )
    read(now, *(mail(f"n{n}", PRIYA, [MAYA], hour=1 + n / 100, text="other") for n in range(2100)))
    assert titles(maya, "rota") == [f"r{n}" for n in range(59, 39, -1)]
    assert titles(jo, "rota") == ["jos"]
    assert titles(gus, "rota") == ["r7"]
    assert titles(maya, "zebra") == ["zebra"]
    [(some, few, none)] = ask("SELECT texts_with('rota'), texts_with('zebra'), texts_with('nowhere')", [])
    assert (some == pytest.approx(61, rel=0.5), few, none) == (True, 0, 0), "it is a sample"
    with in_workspace(other_workspace.id):
        assert ask("SELECT texts_with('rota')", []) == [(0,)]


def test_another_workspace_finds_nothing(maya: Viewer, other_workspace: Workspace, now: datetime) -> None:
    read(now, mail("ours", PRIYA, [MAYA], text="rota"))
    with in_workspace(other_workspace.id):
        assert search(maya, "rota").rows == ()


def _person(address: str) -> UUID:
    return Handle.objects.get(value=address).person_id
