"""Each part of an erasure by itself: whom it is about, what it waits for, what goes, and what is others' and stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rapport.accounts.acting import By
from rapport.accounts.forgetting import forget_account
from rapport.accounts.models import (
    Agenda,
    JournalEntry,
    Membership,
    OneTimeLink,
    RememberedAnswer,
    Role,
    User,
    Workspace,
)
from rapport.accounts.rows import current_workspace
from rapport.channels.files import keep, path_of
from rapport.channels.models import Import, ImportFile, ImportItem, RawItem, Source
from rapport.channels.raw import Raw, bytes_of, keep_raw
from rapport.interactions.erasing import ledger
from rapport.interactions.erasing.beginning import begin, erase
from rapport.interactions.erasing.coming_back import erase_again, lacks_the_key
from rapport.interactions.erasing.finding import also_known_as, parts_of
from rapport.interactions.erasing.going_on import go_on, step
from rapport.interactions.erasing.originals import names
from rapport.interactions.erasing.plan import erasures, let_come_back, plan_of
from rapport.interactions.erasing.scrubbing import scrub
from rapport.interactions.erasing.sharing import sought_of
from rapport.interactions.erasing.sought import Sought, sought_for
from rapport.interactions.incoming import Belonging, Incoming
from rapport.interactions.intake import take_in
from rapport.interactions.joining import merge
from rapport.interactions.models import AddressPart, Erasure, ErasureItem, Interaction, Message, PairChange, Thread
from rapport.interactions.notes import add_note
from rapport.kit import clock
from rapport.kit.ids import new_id
from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble
from rapport.people.editing import add_handle, note_fact, remove_handle, set_affiliation, tag
from rapport.people.models import Handle, Merge, Organization, Person, Tag, Tombstone
from rapport.people.tombstones import buried, bury, key_mark, marks_of

from ...people.people import membered, somebody
from ..mails import DANA, MAYA, PRIYA, mail, meeting, read

pytestmark = pytest.mark.django_db
ZOE, OTHER = "zoe@quay.example", "zoe.other@gmail.com"
NAMES = {ZOE: "Zoe Quill", MAYA: "Maya Okafor", PRIYA: "Priya Raman"}


@pytest.fixture
def zoe(by: By) -> Person:
    """Zoe, as somebody wrote her down."""
    return somebody(by, "Zoe Quill", email=ZOE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of files."""
    place = tmp_path / "files"
    place.mkdir()
    return place


@pytest.fixture(autouse=True)
def still(by: By) -> Iterator[None]:
    """All of it happens at the moment at which the tests live."""
    with clock.stopped_at(by.now):
        yield


def letter(key: str, sender: str, *to: str, **more: Any) -> Any:
    return mail(key, sender, to, names=NAMES, **more)


def code_of(do: Any) -> str:
    with pytest.raises(Trouble) as refused:
        do()
    return refused.value.code


def an_import(by: By, state: str, **more: Any) -> Import:
    here = {"workspace_id": by.viewer.workspace_id}
    source = Source.objects.create(**here, kind="files", name="Files", owner_id=by.viewer.membership_id, made_at=by.now)
    return Import.objects.create(**here, source=source, state=state, made_at=by.now, **more)


def a_file(run: Import, name: str, stored_as: str = "") -> ImportFile:
    return ImportFile.objects.create(
        workspace_id=run.workspace_id, run=run, ordinal=0, name=name, stored_as=stored_as, size=1
    )


def an_item(file: ImportFile, **more: Any) -> ImportItem:
    given = {"ordinal": ImportItem.objects.count(), "part": 0, "outcome": "stored", **more}
    return ImportItem.objects.create(workspace_id=file.workspace_id, run_id=file.run_id, file=file, **given)


def an_erasure(by: By, stage: str = "interactions", sought: Sought | None = None, **more: Any) -> Erasure:
    told = (sought or sought_for((), [("email", ZOE)], ["Zoe Quill"])).to_json()
    return Erasure.objects.create(
        workspace_id=by.viewer.workspace_id, asked_at=by.now, stage=stage, sought=told, **more
    )


# Whom it is about.


def test_all_who_were_merged_into_her_are_she(by: By, zoe: Person) -> None:
    second, third, another = (somebody(by, f"Zoe {n}") for n in range(3))
    merge(by, second.id, third.id)
    merge(by, zoe.id, second.id)
    assert set(also_known_as(zoe.id)) == {zoe.id, second.id, third.id}
    assert also_known_as(another.id) == [another.id]


def test_every_address_she_has_or_had_is_looked_for_and_none_of_others(by: By, zoe: Person) -> None:
    add_handle(by, zoe.id, "phone", "+44 20 7183 8750")
    add_handle(by, zoe.id, "email", "gone@quay.example")
    remove_handle(by, Handle.objects.get(value="gone@quay.example").id)
    other = somebody(by, "Priya Raman", email=PRIYA)
    add_handle(by, other.id, "email", "not.hers@solace.example")
    remove_handle(by, Handle.objects.get(value="not.hers@solace.example").id)
    read(by.now, letter("one", ZOE, MAYA))
    Handle.objects.filter(value=ZOE).delete()  # only who took part says so now
    Merge.objects.create(
        workspace_id=zoe.workspace_id, kept=zoe, gone=other, at=by.now,
        moved={"dropped": [
            {"table": "Handle", "kind": "email", "value": "dropped@quay.example"},
            {"table": "Fact", "kind": "email", "value": "fact@quay.example"},
        ]},
    )  # fmt: skip
    told = sought_of([zoe.id])[0]
    assert told == Sought(
        (str(zoe.id),),
        (("email", "dropped@quay.example"), ("email", "gone@quay.example"), ("email", ZOE), ("phone", "+442071838750")),
        ("Zoe Quill",),
    )


def test_a_number_she_called_from_is_a_number(by: By, zoe: Person) -> None:
    from rapport.interactions.models import Participant

    read(by.now, letter("one", ZOE, MAYA))
    Participant.objects.filter(person_id=zoe.id).update(address="+442071838750")
    assert ("phone", "+442071838750") in sought_of([zoe.id])[0].keys


def test_what_she_was_in_each(by: By, zoe: Person) -> None:
    read(
        by.now,
        letter("alone", ZOE, MAYA),
        letter("wrote", ZOE, MAYA, PRIYA),
        letter("took", PRIYA, MAYA, ZOE),
        meeting("hers", ZOE, PRIYA, MAYA, organizer=ZOE),
    )
    add_note(by, zoe.id, "A note.")
    both = meeting("both", PRIYA, ZOE, MAYA)
    read(by.now, both)
    Interaction.objects.filter(origin=both.origin).update(by_hand=True)
    told = plan_of(by.viewer, zoe.id)
    assert (told.alone, told.wrote, told.took_part, told.about) == (2, 2, 1, 1)


def test_of_a_colleague_it_is_theirs_only_where_nobody_was_with_them(by: By) -> None:
    read(by.now, letter("one", MAYA, PRIYA), letter("two", "ali@fernhill.example", MAYA))
    ali = Handle.objects.get(value="ali@fernhill.example").person
    assert parts_of([ali.id])["ours"] is True
    assert parts_of([Handle.objects.get(value=PRIYA).person_id])["ours"] is False
    told = plan_of(by.viewer, ali.id)
    assert (told.is_colleague, told.alone, told.wrote) == (True, 0, 1)


def test_the_plan_counts_what_would_go(by: By, zoe: Person) -> None:
    add_handle(by, zoe.id, "phone", "+44 20 7183 8750")
    Handle.objects.create(workspace_id=zoe.workspace_id, person=zoe, kind="card", value="urn:1", origin="card")
    for value in ("one", "two"):
        note_fact(by, zoe.id, "likes", value)
    set_affiliation(by, zoe.id, "Zed", "")
    Organization.objects.filter(name="Zed").update(touched_by_hand=False)
    other = somebody(by, "Priya Raman", email="p@quay.example")
    read(by.now, letter("one", ZOE, MAYA))
    run = an_import(by, "done")
    an_item(a_file(run, "zoe.vcf"), person_id=zoe.id)
    told = plan_of(by.viewer, zoe.id)
    assert (told.person_id, told.name, told.is_colleague) == (zoe.id, "Zoe Quill", False)
    assert told.addresses == ("+442071838750", ZOE)
    assert (told.facts, told.cards, told.alone) == (2, 1, 1)
    assert told.changes == JournalEntry.objects.filter(subject_id=zoe.id).count() == 5
    assert told.left_empty == ("Zed",)  # at Quay is somebody else
    Organization.objects.filter(name="Zed").update(touched_by_hand=True)
    assert plan_of(by.viewer, zoe.id).left_empty == ()  # somebody wrote it down
    assert plan_of(by.viewer, other.id).left_empty == ()


def test_who_owns_looks_at_it_also_by_a_key_that_only_reads(by: By, zoe: Person) -> None:
    reading = replace(by.viewer, may_write=False, may_manage=False)
    assert plan_of(reading, zoe.id).name == "Zoe Quill"
    assert erasures(reading) == []
    for role in ("admin", "member", "guest"):
        for look in (lambda viewer: plan_of(viewer, zoe.id), erasures):
            with pytest.raises(NotAllowed):
                look(replace(by.viewer, role=role))


def test_the_latest_erasures_stand_first_with_who_asked(by: By, maya_membership: Membership) -> None:
    old = an_erasure(by, "done")
    Erasure.objects.filter(id=old.id).update(asked_at=by.now - timedelta(days=1))
    new = an_erasure(by, "done", asked_by=maya_membership)
    assert [(one.erasure.id, one.who) for one in erasures(by.viewer)] == [(new.id, "Maya Okafor"), (old.id, "")]
    assert [one.erasure.id for one in erasures(by.viewer, most=1)] == [new.id]
    User.objects.filter(id=maya_membership.user_id).update(name="")
    Person.objects.filter(id=maya_membership.person_id).update(name="Maya O.")
    assert erasures(by.viewer)[0].who == "Maya O."


# How it begins.


@pytest.mark.parametrize("state", ["waiting", "reading", "paused", "judging", "undoing", "stopped"])
def test_it_waits_for_an_import_that_is_not_over(by: By, zoe: Person, state: str) -> None:
    an_import(by, state)
    assert code_of(lambda: erase(by, zoe.id, "Zoe Quill")) == "import-at-work"
    Import.objects.update(state="done")
    assert erase(by, zoe.id, " zoe quill ")


def test_it_says_what_it_waits_for(by: By, zoe: Person) -> None:
    with pytest.raises(Trouble) as refused:
        erase(by, zoe.id, "Zoe")
    assert (refused.value.code, refused.value.fields) == ("not-confirmed", {"field": "name"})
    assert code_of(lambda: erase(by, by.viewer.person_id, "Maya Okafor")) == "signs-in"


def test_it_is_begun_by_who_asked_and_written_down_without_her(by: By, zoe: Person) -> None:
    read(by.now, letter("alone", ZOE, MAYA), letter("took", PRIYA, MAYA, ZOE), letter("others", PRIYA, MAYA))
    quoting = replace(letter("quoting", PRIYA, MAYA), in_reply_to="", references=())
    read(by.now, quoting)
    one = Interaction.objects.get(title="quoting")
    AddressPart.objects.create(workspace_id=zoe.workspace_id, interaction=one, address=ZOE, part="cc", at=one.at)
    Interaction.objects.filter(title="others").update(thread=Interaction.objects.get(title="took").thread)
    titles = dict(Interaction.objects.values_list("id", "title"))
    PairChange.objects.all().delete()
    Agenda.objects.all().delete()
    erasure_id = erase(by, zoe.id, "Zoe Quill")
    erasure = Erasure.objects.get(id=erasure_id)
    assert (erasure.asked_by_id, erasure.asked_at, erasure.stage) == (by.viewer.membership_id, by.now, "ledger")
    assert Sought.from_json(erasure.sought).keys == (("email", ZOE),)
    parts = {titles[one.interaction_id]: one.part for one in ErasureItem.objects.all()}
    assert parts == {"alone": "alone", "took": "took-part", "others": "named", "quoting": "named"}
    assert PairChange.objects.filter(person_id=zoe.id, home_person_id=by.viewer.person_id).exists()
    assert {one.kind: one.due_at for one in Agenda.objects.all()}["erase"] == by.now
    entry = JournalEntry.objects.get(verb="person.erase")
    assert (entry.subject_id, entry.subject_name, entry.way_back) == (erasure_id, "", None)
    assert not Person.objects.filter(id=zoe.id).exists()
    assert buried([("email", ZOE)]) == {("email", ZOE)}


def test_what_is_no_contact_is_looked_at_again_too(by: By, zoe: Person) -> None:
    read(by.now, letter("alone", ZOE, MAYA))
    Interaction.objects.update(is_contact=False)
    PairChange.objects.all().delete()
    begin(zoe, by.now)
    assert PairChange.objects.filter(person_id=zoe.id).exists()


@pytest.mark.parametrize("answer", ["Re: her plan", "AW: Fwd[2]: her plan", "her plan"])
def test_an_answer_loses_the_subject_that_was_hers(by: By, zoe: Person, answer: str) -> None:
    read(
        by.now,
        letter("her plan", ZOE, MAYA, PRIYA),
        letter("answer", PRIYA, MAYA, ZOE, answers="her plan", hour=1, subject=answer),
        letter("other", PRIYA, MAYA, ZOE, answers="her plan", hour=2, subject="Another thing"),
    )
    assert Thread.objects.count() == 1
    begin(zoe, by.now)
    assert sorted(Interaction.objects.values_list("title", flat=True)) == ["", "", "Another thing"]
    assert Thread.objects.get().subject == ""


def test_tags_and_places_that_were_hers_alone_go(by: By, zoe: Person) -> None:
    other = somebody(by, "Priya Raman", email="p@shared.example")
    for person, word in ((zoe, "only hers"), (zoe, "both"), (other, "both")):
        tag(by, person.id, word)
    for place in ("Quill Works", "By hand", "Shared"):
        set_affiliation(by, zoe.id, place, "")
    Organization.objects.exclude(name="By hand").update(touched_by_hand=False)
    Organization.objects.filter(name="Quill Works").update(touched_by_hand=True, sort_name="the zoe quill works")
    begin(zoe, by.now)
    assert set(Tag.objects.values_list("name", flat=True)) == {"both"}
    left = set(Organization.objects.filter(is_home=False).values_list("name", flat=True))
    assert left == {"By hand", "Shared"}
    assert Organization.objects.filter(is_home=True).exists()


# Their account.


def account(name: str, by: By, workspace: Workspace) -> tuple[Person, Membership]:
    person = somebody(by, name, email=f"{name}@else.example")
    return person, membered(person.id, f"{name}@sign-in.example", workspace, by.now)


def link(user: User | None, email: str, workspace: Workspace | None) -> OneTimeLink:
    given = {"user": user, "email": email, "workspace": workspace, "token_hash": str(new_id())}
    return OneTimeLink.objects.create(**given, made_at=clock.now(), expires_at=clock.now())


def test_an_account_goes_unless_it_is_needed_elsewhere(
    by: By, workspace: Workspace, other_workspace: Workspace
) -> None:
    gone, membership = account("gone", by, workspace)
    both, member = account("both", by, workspace)
    stays, _other = account("stays", by, workspace)
    Membership.objects.create(
        workspace=other_workspace, user=member.user, role=Role.MEMBER, time_zone="UTC", joined_at=by.now
    )
    forget_account([gone.id, both.id], [])
    assert not User.objects.filter(id=membership.user_id).exists()
    assert User.objects.filter(id=member.user_id).exists()
    assert Membership.objects.get(id=member.id).person_id is None
    assert Membership.objects.get(person_id=stays.id).user.email == "stays@sign-in.example"


def test_who_has_that_id_next_door_keeps_their_account(
    by: By, workspace: Workspace, other_workspace: Workspace
) -> None:
    person, member = account("near", by, workspace)
    Membership.objects.filter(id=member.id).update(workspace=other_workspace)
    forget_account([person.id], [])
    assert User.objects.filter(id=member.user_id).exists()
    assert Membership.objects.get(id=member.id).person_id == person.id


def test_links_sent_to_them_here_go(by: By, workspace: Workspace, other_workspace: Workspace) -> None:
    person, member = account("gone", by, workspace)
    kept = {link(None, email, here).pk for email, here in (("else@x.example", workspace), (ZOE, other_workspace))}
    link(None, ZOE, workspace)
    link(member.user, "other@x.example", workspace)
    forget_account([person.id], [ZOE])
    assert set(OneTimeLink.objects.values_list("token_hash", flat=True)) == kept


# How it goes on.


def test_it_goes_through_its_stages_and_tells_of_each(by: By, zoe: Person, folder: Path, tmp_path: Path) -> None:
    read(by.now, letter("alone", ZOE, MAYA))
    erasure_id = erase(by, zoe.id, "Zoe Quill")
    stages = []
    while True:
        stages.append(Erasure.objects.get(id=erasure_id).stage)
        if not step(by.viewer.workspace_id, erasure_id, tmp_path, folder):
            break
    assert stages == ["ledger", "interactions", "interactions", "sweep", "rest", "files"]
    erasure = Erasure.objects.get(id=erasure_id)
    assert (erasure.stage, erasure.sought, erasure.ended_at, erasure.counts) == ("done", None, by.now, {"alone": 1})
    assert not step(by.viewer.workspace_id, erasure_id, tmp_path, folder)
    (line,) = ledger.lines_in(tmp_path)
    assert (line.erasure, line.workspace, line.at) == (str(erasure_id), str(by.viewer.workspace_id), by.now.isoformat())
    assert (line.key, line.marks) == (key_mark(), (marks_of([("email", ZOE)])[("email", ZOE)],))
    assert {"judge", "today"} <= {one.kind for one in Agenda.objects.filter(due_at=by.now)}
    assert go_on(by.viewer.workspace_id, tmp_path, folder) is None


def test_all_that_wait_are_brought_to_their_end(by: By, zoe: Person, folder: Path, tmp_path: Path) -> None:
    for one in (zoe, somebody(by, "Priya Raman", email=PRIYA)):
        begin(one, by.now)
    told: list[int] = []
    assert go_on(by.viewer.workspace_id, tmp_path, folder, lambda: told.append(1)) is None
    assert set(Erasure.objects.values_list("stage", flat=True)) == {"done"}
    assert len(told) == 8  # four steps of each are followed by another


def aged(folder: Path, by: By, body: bytes, minutes: float) -> str:
    name, _size = keep(folder, by.viewer.workspace_id, [body])
    at = (by.now - timedelta(minutes=minutes)).timestamp()
    os.utime(path_of(folder, name), (at, at))
    return name


def test_files_go_when_nothing_names_them_any_more(by: By, folder: Path, tmp_path: Path) -> None:
    gone, raw, uploaded, nobodys = (aged(folder, by, body, 60) for body in (b"gone", b"raw", b"uploaded", b"nobody's"))
    RawItem.objects.create(
        workspace_id=by.viewer.workspace_id, format="mail", digest=b"1", size=1, stored_as=raw, came_at=by.now
    )
    a_file(an_import(by, "waiting"), "a.eml", uploaded)
    erasure = an_erasure(by, "files", leaving=[gone, raw, uploaded])
    assert not step(by.viewer.workspace_id, erasure.id, tmp_path, folder)
    there = {name for name in (gone, raw, uploaded, nobodys) if path_of(folder, name).exists()}
    assert there == {raw, uploaded}
    erasure.refresh_from_db()
    assert (erasure.stage, erasure.leaving) == ("done", [])


def test_a_file_that_may_just_be_coming_in_is_waited_for(by: By, folder: Path, tmp_path: Path) -> None:
    young = aged(folder, by, b"young", 4)
    erasure = an_erasure(by, "files")
    assert not step(by.viewer.workspace_id, erasure.id, tmp_path, folder)
    assert path_of(folder, young).exists()
    assert go_on(by.viewer.workspace_id, tmp_path, folder) == by.now + timedelta(minutes=5)
    erasure.refresh_from_db()
    assert (erasure.stage, erasure.ended_at, erasure.sought is None) == ("files", None, False)
    aged(folder, by, b"young", 6)
    assert go_on(by.viewer.workspace_id, tmp_path, folder) is None
    assert not path_of(folder, young).exists()


# What others keep.


def taken_in(by: By, folder: Path, body: bytes, sighting: Any) -> tuple[Interaction, RawItem]:
    raw = keep_raw([Raw("mail", body)], folder, by.now)[0]
    ids = take_in([Incoming(sighting, raw.id)], Belonging(None, None, None), by.now)
    return Interaction.objects.get(id=ids[sighting.origin]), RawItem.objects.get(id=raw.id)


def raw_mail(*heads: str, text: str) -> bytes:
    return "\n".join(("Message-ID: <took@mail.example>", *heads, "", text)).encode()


def whole(by: By, zoe: Person, folder: Path, tmp_path: Path) -> Erasure:
    """An erasure from its beginning to its end."""
    erasure_id = begin(zoe, by.now)
    go_on(by.viewer.workspace_id, tmp_path, folder)
    return Erasure.objects.get(id=erasure_id)


def test_a_mail_of_others_is_made_again_and_its_first_bytes_go(
    by: By, zoe: Person, folder: Path, tmp_path: Path
) -> None:
    body = raw_mail(f"From: {PRIYA}", f"To: {MAYA}, Zoe Quill <{ZOE}>", text="Dear Zoe Quill, fine.")
    one, raw = taken_in(
        by, folder, body,
        letter("took", PRIYA, MAYA, ZOE, text="Dear Zoe Quill, fine.", has_html=True, excerpt="Dear Zoe Quill",
               question="Zoe Quill?"),
    )  # fmt: skip
    run = an_import(by, "done")
    item = an_item(a_file(run, "Zoe Quill.mbox"), raw_item=raw, interaction_id=one.id, prefix=b"From zoe@quay.example")
    told = whole(by, zoe, folder, tmp_path)
    message = Message.objects.get(interaction_id=one.id)
    assert (message.text, message.has_html) == ("Dear […], fine.", False)
    one.refresh_from_db()
    assert (one.title, one.excerpt, one.question) == ("took", "Dear […]", "[…]?")
    again = RawItem.objects.get()
    assert again.id != raw.id
    assert message.raw_item_id == again.id
    kept = bytes_of(again, folder).decode()
    assert ZOE not in kept
    assert "Dear […], fine." in kept
    assert f"From: {PRIYA}" in kept
    item.refresh_from_db()
    assert (item.raw_item_id, item.prefix, item.outcome, item.interaction_id) == (again.id, None, "stored", one.id)
    assert (told.counts, ImportFile.objects.get().name) == ({"took-part": 1, "originals": 1}, "[…].mbox")


def test_what_she_wrote_to_others_keeps_no_bytes(by: By, zoe: Person, folder: Path, tmp_path: Path) -> None:
    body = raw_mail(f"From: {ZOE}", f"To: {MAYA}, {PRIYA}", text="Mine.")
    notes = ({"name": "a.pdf", "media_type": "application/pdf", "size": 1},)
    one, _raw = taken_in(
        by, folder, body, letter("took", ZOE, MAYA, PRIYA, text="Mine.", excerpt="Mine.", question="Mine?")
    )
    Message.objects.update(attachments=list(notes))
    told = whole(by, zoe, folder, tmp_path)
    message = Message.objects.get(interaction_id=one.id)
    one.refresh_from_db()
    assert (one.title, one.excerpt, one.question, message.text, message.attachments) == ("", "", "", "", [])
    assert message.raw_item_id is None
    assert not RawItem.objects.exists()
    assert told.counts == {"wrote": 1, "originals": 1}


def test_what_was_hers_alone_goes_and_its_item_says_so(by: By, zoe: Person, folder: Path, tmp_path: Path) -> None:
    one, raw = taken_in(by, folder, raw_mail(f"From: {ZOE}", text="Mine."), letter("took", ZOE, MAYA))
    item = an_item(
        a_file(an_import(by, "done"), "a.mbox"), raw_item=raw, interaction_id=one.id, prefix=b"x", detail="x", name="x"
    )
    told = whole(by, zoe, folder, tmp_path)
    assert (Interaction.objects.count(), RawItem.objects.count(), Thread.objects.count()) == (0, 0, 0)
    item.refresh_from_db()
    assert (item.outcome, item.reason, item.detail, item.name) == ("skipped", "erased", "", "")
    assert (item.raw_item_id, item.prefix, item.interaction_id) == (None, None, None)
    assert told.counts == {"alone": 1, "originals": 1}


def test_what_only_might_name_her_stays_byte_for_byte(by: By, zoe: Person, folder: Path, tmp_path: Path) -> None:
    """In one conversation with hers, and not a word of it is about her."""
    read(by.now, letter("hers", ZOE, MAYA, PRIYA))
    body = raw_mail(f"From: {PRIYA}", f"To: {MAYA}", text="Only tea.")
    one, raw = taken_in(
        by, folder, body, letter("took", PRIYA, MAYA, answers="hers", text="Only tea.", has_html=True, hour=1)
    )
    told = whole(by, zoe, folder, tmp_path)
    assert bytes_of(RawItem.objects.get(id=raw.id), folder) == body
    message = Message.objects.get(interaction_id=one.id)
    assert (message.text, message.has_html) == ("Only tea.", True)
    assert told.counts == {"wrote": 1}


@pytest.mark.parametrize("is_encoded", [False, True])
def test_somebody_elses_mail_that_quotes_her_is_found_by_its_bytes(
    by: By, zoe: Person, folder: Path, tmp_path: Path, is_encoded: bool
) -> None:
    import base64

    quoted = f"Fine.\n> {ZOE} wrote"
    heads = [f"From: {PRIYA}", f"To: {MAYA}"]
    if is_encoded:
        heads.append("Content-Transfer-Encoding: base64")
        quoted = base64.b64encode(quoted.encode()).decode()
    _one, raw = taken_in(by, folder, raw_mail(*heads, text=quoted), letter("took", PRIYA, MAYA, text="Fine."))
    _other, untouched = taken_in(by, folder, raw_mail(*heads, text="Tea."), letter("tea", PRIYA, MAYA))
    told = whole(by, zoe, folder, tmp_path)
    assert not RawItem.objects.filter(id=raw.id).exists()
    assert RawItem.objects.filter(id=untouched.id).exists()
    assert ZOE not in " ".join(bytes_of(one, folder).decode() for one in RawItem.objects.all())
    assert Message.objects.filter(text="Fine.").exists()
    assert told.counts == {"named": 1, "originals": 1}


def test_what_could_not_be_read_and_names_her_goes(by: By, zoe: Person, folder: Path, tmp_path: Path) -> None:
    bodies = f"To: {ZOE}", "To: nobody", f"Cc: {ZOE}"
    raws = keep_raw([Raw("mail", body.encode()) for body in bodies], folder, by.now)
    file = a_file(an_import(by, "done"), "a.mbox")
    items = [an_item(file, raw_item_id=raw.id, outcome="quarantined", reason="no-date") for raw in raws]
    told = whole(by, zoe, folder, tmp_path)
    assert [one.id for one in RawItem.objects.all()] == [raws[1].id]
    assert [ImportItem.objects.get(id=one.id).reason for one in items] == ["erased", "no-date", "erased"]
    assert told.counts == {"originals": 2, "unread": 2}


def test_bytes_name_her_by_address_by_name_or_within_what_is_encoded() -> None:
    import base64

    told = sought_for((), [("email", ZOE)], ["Zoe Quill"])
    encoded = raw_mail("Content-Transfer-Encoding: base64", text=base64.b64encode(b"Zoe Quill").decode())
    assert names(f"<{ZOE}>".encode(), "card", told)
    assert names(b"\xff Zoe Quill", "card", told)
    assert names(encoded, "mail", told)
    assert not names(encoded, "card", told)
    assert not names(b"Tea.", "mail", told)


def test_somebody_elses_card_loses_her_address(by: By, zoe: Person, folder: Path, tmp_path: Path) -> None:
    bob = somebody(by, "Bob Berg", email="bob@moss.example")
    raw = keep_raw([Raw("card", f"FN:Bob Berg\nNOTE:with {ZOE}\n".encode())], folder, by.now)[0]
    item = an_item(
        a_file(an_import(by, "done"), "a.vcf"), raw_item_id=raw.id, person_id=bob.id, prefix=f"X {ZOE}".encode()
    )
    whole(by, zoe, folder, tmp_path)
    item.refresh_from_db()
    assert item.person_id == bob.id
    assert bytes_of(RawItem.objects.get(), folder).decode() == "FN:Bob Berg\nNOTE:with […]\n"
    assert bytes(item.prefix or b"").decode() == "X […]"


def test_nobodies_of_hers_go_from_what_stays(by: By, zoe: Person, folder: Path, tmp_path: Path) -> None:
    read(by.now, letter("took", PRIYA, MAYA, ZOE), letter("tea", PRIYA, MAYA))
    for title, address in (("took", ZOE), ("took", "desk@x.example"), ("tea", "desk@x.example")):
        one = Interaction.objects.get(title=title)
        AddressPart.objects.create(
            workspace_id=zoe.workspace_id, interaction=one, address=address, part="cc", at=one.at
        )
    whole(by, zoe, folder, tmp_path)
    left = AddressPart.objects.values_list("interaction__title", "address")
    assert set(left) == {("took", "desk@x.example"), ("tea", "desk@x.example")}


def test_two_conversations_do_not_become_one(by: By, zoe: Person, folder: Path, tmp_path: Path) -> None:
    for number, root in enumerate((ZOE, "[…]", f"{ZOE} x")):
        thread = Thread.objects.create(workspace_id=zoe.workspace_id, root=root, subject=f"{number} Zoe Quill")
        read(by.now, letter(f"m{number}", PRIYA, MAYA, ZOE))
        Interaction.objects.filter(title=f"m{number}").update(thread=thread)
    whole(by, zoe, folder, tmp_path)
    named = list(Thread.objects.filter(subject__contains="[…]").values_list("root", "subject"))
    assert len({root for root, _subject in named}) == 3
    assert {subject for _root, subject in named} == {"0 […]", "1 […]", "2 […]"}
    assert ZOE not in str(named)


# The rest.


def scrubbed(by: By, **more: Any) -> Erasure:
    erasure = an_erasure(by, **more)
    scrub(erasure, Sought.from_json(erasure.sought))
    return erasure


def test_the_journal_says_that_something_was_done_and_not_to_whom(by: By, zoe: Person) -> None:
    told = {
        "id": by.note("a", subject_id=zoe.id, subject_name="x"),
        "name": by.note("b", subject_name="Zoe Quill"),
        "values": by.note("c", values={"to": ZOE.upper()}),
        "back": by.note("d", way_back={"row": {"value": ZOE}}),
        "other": by.note("e", subject_name="Priya", values={"to": "p"}, way_back={"row": 1}),
    }
    JournalEntry.objects.exclude(id__in=told.values()).delete()
    scrubbed(by, sought=sought_for([zoe.id], [("email", ZOE)], ["Zoe Quill"]))
    for name, entry_id in told.items():
        entry = JournalEntry.objects.get(id=entry_id)
        assert (entry.membership_id, entry.at) == (by.viewer.membership_id, by.now)
        found = (entry.subject_id, entry.subject_name, entry.values, entry.way_back)
        assert found == ((None, "Priya", {"to": "p"}, {"row": 1}) if name == "other" else (None, "", {}, None))


def test_what_was_logged_and_is_gone_has_no_way_back(by: By, zoe: Person) -> None:
    priya = somebody(by, "Priya Raman")
    stays = add_note(by, priya.id, "Stays.")
    gone = [
        by.note(verb, subject_name="x", values={"a": 1}, way_back={key: str(new_id())})
        for verb, key in (("interaction.log", "interaction"), ("note.add", "interaction_id"))
    ]
    another = by.note("person.edit", way_back={"interaction": str(new_id())})
    scrubbed(by)
    assert [JournalEntry.objects.get(id=one).way_back for one in gone] == [None, None]
    assert [JournalEntry.objects.get(id=one).values for one in gone] == [{}, {}]
    assert JournalEntry.objects.get(id=stays.journal_id).way_back is not None
    assert JournalEntry.objects.get(id=another).way_back is not None


def test_a_row_of_hers_in_a_merge_of_others_goes(by: By, zoe: Person) -> None:
    one, other = somebody(by, "Ann"), somebody(by, "Ben")
    rows = [{"table": "Fact", "value": "with Zoe Quill"}, {"table": "Fact", "value": "moss"}]
    merged = Merge.objects.create(
        workspace_id=zoe.workspace_id, kept=one, gone=other, at=by.now, moved={"moved": [1], "dropped": rows}
    )
    bare = Merge.objects.create(workspace_id=zoe.workspace_id, kept=other, gone=one, at=by.now, moved={"moved": []})
    scrubbed(by)
    merged.refresh_from_db()
    bare.refresh_from_db()
    assert bare.moved == {"moved": []}
    assert merged.moved == {"moved": [1], "dropped": rows[1:]}


def test_names_of_files_and_what_was_said_of_items_lose_her(by: By, folder: Path) -> None:
    stored = keep(folder, by.viewer.workspace_id, [b"x"])[0]
    done, waits = (an_import(by, state, sentence=f"{ZOE} failed") for state in ("done", "waiting"))
    files = [a_file(done, "divorce of Zoe Quill.eml", stored), a_file(waits, "plan.eml", "ab/cd")]
    Source.objects.filter(id=done.source_id).update(name="Zoe Quill")
    raw = keep_raw([Raw("card", b"x")], folder, by.now)[0]
    item = an_item(
        files[0], detail=f"from {ZOE}", name="in/Zoe Quill.vcf", raw_item_id=raw.id, prefix=f"a {ZOE}".encode()
    )
    mails = keep_raw([Raw("mail", b"y")], folder, by.now)[0]
    before_mail = an_item(files[0], raw_item_id=mails.id, prefix=f"From {ZOE}".encode())
    loose = keep_raw([Raw("card", b"nobody's")], folder, by.now)[0]
    RawItem.objects.filter(id=loose.id).update(stored_as="ef/gh")
    told = scrubbed(by)
    names = [ImportFile.objects.get(id=one.id) for one in files]
    assert [(one.name, one.stored_as) for one in names] == [("[…].eml", ""), ("plan.eml", "ab/cd")]
    assert set(Import.objects.values_list("sentence", flat=True)) == {"[…] failed"}
    assert Source.objects.get(id=done.source_id).name == "[…]"
    assert Source.objects.get(id=waits.source_id).name == "Files"
    item.refresh_from_db()
    assert (item.detail, item.name, bytes(item.prefix or b"").decode()) == ("from […]", "in/[…].vcf", "a […]")
    before_mail.refresh_from_db()
    assert before_mail.prefix is None
    assert not RawItem.objects.filter(id=loose.id).exists()
    assert told.leaving == ["ef/gh", stored]


def test_cards_of_hers_are_left_out_with_their_bytes(by: By, zoe: Person, folder: Path) -> None:
    raw = keep_raw([Raw("card", b"hers")], folder, by.now)[0]
    item = an_item(a_file(an_import(by, "done"), "a.vcf"), raw_item_id=raw.id, person_id=zoe.id)
    scrubbed(by, sought=sought_for([zoe.id], [], []))
    item.refresh_from_db()
    assert (item.reason, item.person_id, item.raw_item_id) == ("erased", None, None)
    assert not RawItem.objects.exists()


def test_her_address_goes_from_the_words_of_others(by: By) -> None:
    bob = somebody(by, "Bob Berg", email="bob@moss.example")
    note_fact(by, bob.id, "work", f"with {ZOE}")
    note_fact(by, bob.id, "work", "with […]")  # what it will say has been said already
    noted = add_note(by, bob.id, f"Ask {ZOE.upper()}; not xzoe@quay.example.com.")
    scrubbed(by)
    from rapport.people.models import Fact

    assert list(Fact.objects.values_list("value", flat=True)) == ["with […]"]
    text = Message.objects.get(interaction_id=noted.interaction_id).text
    assert text == "Ask […]; not xzoe@quay.example.com."


def test_a_value_that_holds_her_address_is_told_without_it(by: By) -> None:
    from rapport.care.models import SavedView

    asked = {"q": f"to {ZOE}", "of": [ZOE, 3, None, {"deep": [f"<{ZOE}>"]}], ZOE: True}
    views = [
        SavedView.objects.create(workspace_id=by.viewer.workspace_id, name=name, asked=given, made_at=by.now)
        for name, given in ((f"Of {ZOE}", asked), ("Others", {"q": "moss"}))
    ]
    scrubbed(by)
    for one in views:
        one.refresh_from_db()
    assert views[0].asked == {"q": "to […]", "of": ["[…]", 3, None, {"deep": ["<[…]>"]}], "[…]": True}
    assert [(one.name, one.asked) for one in views[1:]] == [("Others", {"q": "moss"})]
    assert views[0].name == "Of […]"


def test_what_was_found_by_her_address_is_found_by_it_no_more(by: By) -> None:
    from rapport.interactions.searching import search

    bob = somebody(by, "Bob Berg", email="bob@moss.example")
    add_note(by, bob.id, "Ask zoe@quay.example about moss.")
    assert [len(search(by.viewer, words).rows) for words in ("quay", "moss")] == [1, 1]
    scrubbed(by)
    assert [len(search(by.viewer, words).rows) for words in ("quay", "moss")] == [0, 1]


def test_answers_that_were_remembered_and_name_her_go(by: By, zoe: Person) -> None:
    bodies = {"id": f'{{"id": "{zoe.id}"}}', "name": "of ZOE QUILL", "address": f"to {ZOE}", "other": "of Priya"}
    for key, body in bodies.items():
        RememberedAnswer.objects.create(
            workspace_id=zoe.workspace_id, membership_id=by.viewer.membership_id, key=key, body=body, made_at=by.now
        )
    scrubbed(by, sought=sought_for([zoe.id], [("email", ZOE)], ["Zoe Quill"]))
    assert list(RememberedAnswer.objects.values_list("key", flat=True)) == ["other"]


def test_a_day_forgets_that_she_was_considered(by: By, zoe: Person) -> None:
    from rapport.care.models import Suggestion, TodayList

    other = somebody(by, "Priya Raman")
    left_out = [{"person_id": str(one.id), "rule": "silence"} for one in (zoe, other)]
    here = {"workspace_id": zoe.workspace_id, "home_person_id": by.viewer.person_id}
    today = TodayList.objects.create(
        **here, day=by.now.date(), made_at=by.now, considered={"left_out": left_out, "n": 2}
    )
    for number, (column, told) in enumerate(
        (("reason", ZOE), ("evidence", "Zoe Quill"), ("ways", str(zoe.id)), ("ways", "moss"))
    ):
        person = somebody(by, f"Person {number}")
        Suggestion.objects.create(
            **here, today=today, person=person, day=by.now.date(), rank=number, moment=f"m{number}", rule="silence",
            care="stay-close", minutes=5, **{"reason": {}, column: [told]},
        )  # fmt: skip
    scrubbed(by, sought=sought_for([zoe.id], [("email", ZOE)], ["Zoe Quill"]))
    today.refresh_from_db()
    assert today.considered == {"left_out": left_out[1:], "n": 2}
    assert list(Suggestion.objects.values_list("moment", flat=True)) == ["m3"]


def test_a_page_that_was_about_to_name_her_says_nothing(by: By) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    stores = []
    for toast in (["Zoe Quill is changed.", None], ["Priya is changed.", None], None):
        store = SessionStore()
        store["kept"] = 1
        if toast:
            store["toast"] = toast
        store.save()
        stores.append(store.session_key)
    scrubbed(by)
    told = [dict(SessionStore(session_key=key).items()) for key in stores]
    assert told == [{"kept": 1}, {"kept": 1, "toast": ["Priya is changed.", None]}, {"kept": 1}]


def test_signs_of_patterns_in_an_address_are_only_signs(by: By) -> None:
    bob = somebody(by, "Bob Berg", email="bob@moss.example")
    note_fact(by, bob.id, "work", "a.b+c@quay.example and aXb+c@quay.example")
    scrubbed(by, sought=sought_for([], [("email", "a.b+c@quay.example")], []))
    from rapport.people.models import Fact

    assert Fact.objects.get().value == "[…] and aXb+c@quay.example"
    scrubbed(by, sought=sought_for([], [], []))
    assert Fact.objects.get().value == "[…] and aXb+c@quay.example"


def test_a_list_that_named_her_beside_an_event_others_share(by: By, zoe: Person, folder: Path, tmp_path: Path) -> None:
    """One calendar file, two events: hers goes, the other's bytes stay without her."""
    event = f"BEGIN:VEVENT\r\nUID:1\r\nATTENDEE:mailto:{ZOE}\r\nEND:VEVENT\r\n".encode()
    raw = keep_raw([Raw("calendar", event)], folder, by.now)[0]
    hers, ours = meeting("hers", ZOE, MAYA), meeting("ours", PRIYA, MAYA)
    ids = take_in([Incoming(one, raw.id) for one in (hers, ours)], Belonging(None, None, None), by.now)
    file = a_file(an_import(by, "done"), "a.ics")
    for one in (hers, ours):
        an_item(file, raw_item_id=raw.id, interaction_id=ids[one.origin])
    whole(by, zoe, folder, tmp_path)
    assert bytes_of(RawItem.objects.get(), folder) == b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"
    assert list(Interaction.objects.values_list("title", flat=True)) == ["ours"]
    file.refresh_from_db()
    assert file.counts == {"skipped": {"erased": 1}, "stored": {"": 1}}


# Coming back.


def test_marks_are_of_the_address_the_workspace_and_the_key(by: By, now: Any, other_workspace: Workspace) -> None:
    from rapport.accounts.rows import enter

    key = ("email", ZOE)
    here = marks_of([key, ("email", f" {ZOE.upper()} "), ("phone", ZOE)])
    assert here[key] == here[("email", f" {ZOE.upper()} ")]
    assert here[key] != here[("phone", ZOE)]
    assert all(len(mark) == 64 for mark in here.values())
    enter(other_workspace.id)
    assert marks_of([key])[key] != here[key]


def test_marks_are_kept_as_they_were_first_kept(by: By) -> None:
    first, second = new_id(), new_id()
    marks = bury([("email", ZOE), ("phone", "+4420")], first, by.now)
    assert marks == sorted(marks)
    bury([("email", ZOE)], second, by.now + timedelta(days=1))
    kept = Tombstone.objects.all()
    assert {(one.erasure_id, one.made_at, one.key_mark, one.workspace_id) for one in kept} == {
        (first, by.now, key_mark(), current_workspace())
    }
    assert len(key_mark()) == 16
    assert buried([("email", ZOE), ("email", PRIYA)]) == {("email", ZOE)}
    assert buried([]) == set()


@pytest.mark.parametrize("typed", ["020 7183 8750", "+44 20 7183 8750"])
def test_who_wants_to_be_known_again_is_let_back_by_any_of_their_addresses(by: By, settings: Any, typed: str) -> None:
    erasure, other = new_id(), new_id()
    bury([("phone", "+442071838750"), ("email", ZOE)], erasure, by.now)
    bury([("email", PRIYA)], other, by.now)
    with pytest.raises(NotAllowed):
        let_come_back(replace(by, viewer=replace(by.viewer, role="admin")), "phone", typed)
    with pytest.raises(NotFound):
        let_come_back(by, "email", DANA)
    entry = JournalEntry.objects.get(id=let_come_back(by, "phone", typed))
    assert (entry.verb, entry.subject_id) == ("person.let-come-back", erasure)
    assert buried([("email", ZOE), ("email", PRIYA)]) == {("email", PRIYA)}
    assert '"lifted": "' + str(erasure) in ledger.place_of(settings.HOUSE.path).read_text()


def test_who_is_in_the_ledger_is_erased_again_and_a_member_stays(
    by: By, zoe: Person, workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    other = somebody(by, "Zoe Other", email=OTHER)
    merge(by, zoe.id, other.id)
    member, _membership = account("member", by, workspace)
    keys = [("email", OTHER), ("email", "member@else.example"), ("email", "nobody@else.example")]
    marks = [marks_of([key])[key] for key in keys]
    at = by.now - timedelta(days=3)
    for mark in marks:
        ledger.write(tmp_path, new_id(), by.viewer.workspace_id, at.isoformat(), key_mark(), [mark])
    ledger.write(tmp_path, new_id(), new_id(), at.isoformat(), key_mark(), marks_of([("email", PRIYA)]).values())  # type: ignore[arg-type]
    priya = somebody(by, "Priya Raman", email=PRIYA)
    assert erase_again(tmp_path, folder) == 1
    assert not Person.objects.filter(id=zoe.id).exists()
    assert Person.objects.filter(id__in=[member.id, priya.id]).count() == 2
    assert Tombstone.objects.filter(mark__in=marks, made_at=at).count() == 3
    assert Erasure.objects.get().stage == "done"
    assert erase_again(tmp_path, folder) == 0


def test_marks_of_another_key_are_told(by: By, tmp_path: Path) -> None:
    assert not lacks_the_key(tmp_path)
    bury([("email", ZOE)], new_id(), by.now)
    ledger.write(tmp_path, new_id(), by.viewer.workspace_id, by.now.isoformat(), key_mark(), [])
    assert not lacks_the_key(tmp_path)
    Tombstone.objects.update(key_mark="another")
    assert lacks_the_key(tmp_path)
    Tombstone.objects.all().delete()
    ledger.write(tmp_path, new_id(), by.viewer.workspace_id, by.now.isoformat(), "another", [])
    assert lacks_the_key(tmp_path)


def test_who_signs_in_is_not_begun_with(by: By, workspace: Workspace) -> None:
    person, _membership = account("member", by, workspace)
    with pytest.raises(Conflict):
        begin(person, by.now)
