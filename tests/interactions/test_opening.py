"""What is opened of one interaction: all of it for who may read it, the frame alone for who may not, and no bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.channels.models import Import, ImportFile, ImportItem, Source
from rapport.channels.raw import Raw, keep_raw
from rapport.channels.sightings import AttachmentNote
from rapport.interactions.incoming import Belonging, Incoming
from rapport.interactions.intake import take_in
from rapport.interactions.models import Interaction, Message
from rapport.interactions.notes import add_note
from rapport.interactions.opening import Attached, attached_file, open_interaction, own_copies, raw_bytes, raw_of
from rapport.interactions.visible import interaction_of, is_private, readable_by, readable_to, visible_to
from rapport.kit.ids import new_id
from rapport.kit.trouble import NotAllowed, NotFound, Trouble
from rapport.people.models import Handle, Person
from rapport.people.visible import now_called, people_among, person_of, sees_whole
from rapport.people.visible import visible_to as people_visible_to

from ..people.people import somebody
from .mails import KENJI, MAYA, MORNING, PRIYA, mail, meeting, read

pytestmark = pytest.mark.django_db
FILES = (AttachmentNote("plan.pdf", "application/pdf", 3), AttachmentNote("tree.png", "image/png", 4))


@pytest.fixture
def folder(settings: Any) -> Path:
    """Where bytes are kept."""
    place = Path(settings.HOUSE.files_folder)
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture
def tea(by: By, folder: Path) -> Interaction:
    """A mail from Priya to Maya with two files, in Maya's mailbox."""
    return put(by, folder, b"first", by.viewer.membership_id)


def put(by: By, folder: Path, body: bytes, owner: UUID | None, **more: Any) -> Interaction:
    said = mail(
        "tea", PRIYA, [MAYA], subject="Tea", text="Words.", excerpt="Word", question="When?", language="en",
        has_html=True, attachments=FILES, through="all@lists.example", **more,
    )  # fmt: skip
    here = {"workspace_id": by.viewer.workspace_id}
    source = Source.objects.create(**here, kind="files", name="Her mail", owner_id=owner, made_at=by.now)
    run = Import.objects.create(**here, source=source, state="done", made_at=by.now)
    file = ImportFile.objects.create(**here, run=run, ordinal=0, name="a.mbox", size=1)
    raw = keep_raw([Raw("mail", body)], folder, by.now)[0]
    one = take_in([Incoming(said, raw.id)], Belonging(source.id, owner, None), by.now)[said.origin]
    ImportItem.objects.create(
        **here, run=run, file=file, ordinal=0, part=0, outcome="stored", interaction_id=one, raw_item_id=raw.id
    )
    return Interaction.objects.get(id=one)


@pytest.fixture
def ali(by: By) -> Viewer:
    """A colleague who took no part."""
    person = somebody(by, "Ali", email="ali@fernhill.example")
    return replace(by.viewer, role="member", person_id=person.id, membership_id=by.viewer.user_id)


def code_of(do: Any) -> str:
    with pytest.raises(Trouble) as refused:
        do()
    assert refused.value.sentence, "whoever is refused is told what to do"
    return refused.value.code


def test_who_took_part_reads_all_of_it(maya: Viewer, by: By, tea: Interaction) -> None:
    told = open_interaction(maya, tea.id)
    assert (told.id, told.kind, told.at, told.until, told.all_day, told.minutes) == (
        tea.id,
        "mail",
        MORNING,
        None,
        False,
        None,
    )
    assert (told.title, told.excerpt, told.question, told.text, told.language) == (
        "Tea",
        "Word",
        "When?",
        "Words.",
        "en",
    )
    assert (told.by, told.automatic, told.list_address, told.source) == ("them", "", "all@lists.example", "Her mail")
    assert told.attachments == (Attached(0, "plan.pdf", "application/pdf", 3), Attached(1, "tree.png", "image/png", 4))
    assert (told.made_at, told.is_private, told.by_hand, told.is_cancelled, told.is_shared) == (
        by.now,
        False,
        False,
        False,
        False,
    )
    assert (told.has_html, told.has_raw, told.has_own_copy, told.thread) == (True, True, True, ())


def test_of_what_was_attached_what_is_not_known_is_empty(maya: Viewer, tea: Interaction) -> None:
    Message.objects.update(attachments=[{}])
    assert open_interaction(maya, tea.id).attachments == (Attached(0, "", "", 0),)


def test_who_did_not_is_told_that_it_was_and_no_word(ali: Viewer, tea: Interaction) -> None:
    told = open_interaction(ali, tea.id)
    assert (told.id, told.kind, told.at, told.is_private, told.by) == (tea.id, "mail", MORNING, True, "them")
    assert (told.title, told.excerpt, told.question, told.text, told.attachments) == ("", "", "", "", ())
    assert (told.has_html, told.has_raw, told.has_own_copy) == (False, False, False)
    assert {one.name for one in told.participants} == {"Priya Raman", "Maya Okafor"}
    for do in (raw_of, raw_bytes, readable_to):
        assert code_of(lambda do=do: do(ali, tea.id)) == "private"


def test_shared_or_ones_own_it_may_be_read(ali: Viewer, tea: Interaction) -> None:
    assert is_private(ali, tea, set())
    assert not is_private(ali, tea, {ali.person_id})
    assert not readable_by(ali).exists()
    for column, value in (("is_shared", True), ("owner_id", ali.membership_id)):
        kept = getattr(tea, column)
        setattr(tea, column, value)
        assert not is_private(ali, tea, set())
        setattr(tea, column, kept)
    Interaction.objects.filter(id=tea.id).update(is_shared=True)
    assert readable_to(ali, tea.id).id == tea.id
    assert [one.id for one in readable_by(ali)] == [tea.id]


def test_who_it_is_only_about_took_no_part(by: By, ali: Viewer) -> None:
    note = add_note(by, ali.person_id, "About Ali.").interaction_id
    guest = replace(ali, role="guest")
    assert not visible_to(guest).filter(id=note).exists()
    assert visible_to(ali).filter(id=note).exists()
    assert code_of(lambda: raw_of(by.viewer, note)) == "no-raw"
    assert not open_interaction(by.viewer, note).has_raw


def test_the_bytes_go_to_whose_mailbox_they_came_into(maya: Viewer, by: By, folder: Path, tea: Interaction) -> None:
    assert raw_bytes(maya, tea.id) == b"first"
    file = attached_file(maya, tea.id, 1)
    assert (file.file, file.mail) == (Attached(1, "tree.png", "image/png", 4), b"first")
    assert code_of(lambda: attached_file(maya, tea.id, 2)) == "no-attachment"
    assert raw_of(maya, tea.id) == Raw("mail", b"first")
    priya = replace(maya, person_id=Handle.objects.get(value=PRIYA).person_id, membership_id=new_id())
    assert not open_interaction(priya, tea.id).has_own_copy
    assert code_of(lambda: raw_bytes(priya, tea.id)) == "not-your-copy"
    assert raw_of(priya, tea.id) == Raw("mail", b"first")


def test_of_several_copies_ones_own_is_given(maya: Viewer, by: By, folder: Path) -> None:
    one = put(by, folder, b"a colleague's", None)
    assert code_of(lambda: raw_bytes(maya, one.id)) == "not-your-copy"
    put(by, folder, b"one's own", by.viewer.membership_id)
    assert raw_bytes(maya, one.id) == b"one's own"
    assert own_copies(maya, one.id).count() == 1
    put(by, folder, b"a later one", by.viewer.membership_id)
    assert raw_bytes(maya, one.id) == b"one's own"
    ImportItem.objects.update(raw_item_id=None)
    assert not own_copies(maya, one.id).exists()


def test_of_an_earlier_day_what_had_not_happened_is_not_there(maya: Viewer, by: By, tea: Interaction) -> None:
    before = MORNING - timedelta(seconds=1)
    for do in (open_interaction, raw_bytes, interaction_of):
        with pytest.raises(NotFound):
            do(maya, tea.id, before)
        assert do(maya, tea.id, MORNING)
    with pytest.raises(NotFound):
        attached_file(maya, tea.id, 0, before)
    read(by.now, mail("answer", MAYA, [PRIYA], answers="tea", hour=2), mail("first", PRIYA, [MAYA], hour=-2))
    Interaction.objects.filter(title="first").update(thread_id=Interaction.objects.get(title="answer").thread_id)
    assert [one.title for one in open_interaction(maya, tea.id).thread] == ["first", "answer"]
    assert [one.title for one in open_interaction(maya, tea.id, MORNING).thread] == ["first"]
    later = MORNING + timedelta(hours=2)
    assert [one.title for one in open_interaction(maya, tea.id, later).thread] == ["first", "answer"]


def test_a_meeting_is_told_with_its_time(maya: Viewer, by: By) -> None:
    read(by.now, replace(meeting("walk", MAYA, PRIYA), cancelled=True))
    told = open_interaction(maya, Interaction.objects.get().id)
    assert (told.until, told.minutes, told.by, told.is_cancelled) == (MORNING + timedelta(hours=1), 60, "neither", True)
    assert (told.source, told.has_raw, told.attachments) == ("", False, ())


def test_a_guest_knows_whom_they_met(maya: Viewer, by: By) -> None:
    read(by.now, mail("met", KENJI, [PRIYA]), mail("unmet", "zoe@quay.example", [MAYA]))
    blind = mail("blind", KENJI, [PRIYA, "bcc@moss.example"], hour=1)
    read(by.now, replace(blind, parties=(*blind.parties[:2], replace(blind.parties[2], part="bcc"))))
    kenji, priya = (
        replace(maya, role="guest", person_id=Handle.objects.get(value=one).person_id) for one in (KENJI, PRIYA)
    )

    def known(viewer: Viewer) -> set[str]:
        return set(Handle.objects.filter(person__in=people_visible_to(viewer)).values_list("value", flat=True))

    assert known(kenji) == {MAYA, KENJI, PRIYA, "bcc@moss.example"}
    assert known(priya) == {MAYA, KENJI, PRIYA}
    zoe = Handle.objects.get(value="zoe@quay.example").person_id
    everybody = list(Person.objects.values_list("id", flat=True))
    assert zoe not in people_among(kenji, everybody)
    assert zoe in people_among(maya, everybody)
    with pytest.raises(NotFound):
        person_of(kenji, zoe)
    assert person_of(maya, zoe).id == zoe
    assert (sees_whole(kenji, kenji.person_id), sees_whole(kenji, priya.person_id)) == (True, False)
    assert sees_whole(maya, zoe)
    with pytest.raises(NotFound):
        person_of(maya, new_id())


def test_who_was_merged_away_is_somebody_else_now(maya: Viewer, by: By) -> None:
    first, second, third = (somebody(by, f"P{n}") for n in range(3))
    Person.objects.filter(id=first.id).update(merged_into=second)
    Person.objects.filter(id=second.id).update(merged_into=third)
    assert now_called(first.id) == now_called(second.id) == now_called(third.id) == third.id
    assert person_of(maya, first.id).id == third.id
    assert set(people_among(maya, [first.id, third.id])) == {third.id}
    assert not people_visible_to(maya).filter(id=first.id).exists()
    with pytest.raises(NotAllowed):
        readable_to(replace(maya, person_id=new_id(), membership_id=new_id()), private(by))


def private(by: By) -> UUID:
    read(by.now, mail("private", PRIYA, [MAYA]))
    return Interaction.objects.get(title="private").id
