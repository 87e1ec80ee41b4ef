"""Whoever is refused is told why by a code programs go by; whatever was done is written down under the right name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from rapport.accounts import journal
from rapport.accounts.access import RIGHTS, Viewer, may, require, viewer_of
from rapport.accounts.acting import By
from rapport.accounts.changes import changes_for, may_undo
from rapport.accounts.founding import found_workspace, join
from rapport.accounts.inviting import invitations_of, invite, members_of, roles_to_give, withdraw
from rapport.accounts.keys import end_key, keys_of, make_key, open_key, workspace_of
from rapport.accounts.leaving import let_go
from rapport.accounts.letting_in import let_in
from rapport.accounts.links import look_at
from rapport.accounts.models import JournalEntry, Key, Membership, OneTimeLink, Role, User, Workspace
from rapport.accounts.requiring import require_second_factor, reset_second_factor, who_have_one
from rapport.accounts.roles import set_role
from rapport.accounts.rows import current_workspace
from rapport.kit.ids import new_id
from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble
from rapport.people import joining_organizations  # noqa: F401 (it knows the way back of `organization.merge`)
from rapport.people.home import found_home, make_home_person

pytestmark = pytest.mark.django_db
BACK = {"kept": str(new_id()), "gone": str(new_id())}  # of an organization.merge whose two are nowhere


@pytest.fixture
def ali(maya_membership: Membership, now: datetime) -> Membership:
    """A colleague, a member."""
    person = make_home_person("Ali Reza", "ali@fernhill.example", found_home("Fernhill", now), now)
    user = User.objects.create_user("ali@fernhill.example", name="Ali Reza")
    return join(maya_membership.workspace, user, person.id, Role.MEMBER, now + timedelta(seconds=1))


def refusal(do: Callable[[], object]) -> Trouble:
    """The trouble this ends in."""
    with pytest.raises(Trouble) as refused:
        do()
    assert refused.value.sentence, "whoever is refused is told what to do"
    return refused.value


def written(verb: str) -> JournalEntry:
    return JournalEntry.objects.get(verb=verb)


def in_role(by: By, role: str, **more: Any) -> By:
    return replace(by, viewer=replace(by.viewer, role=role, **more))


def also_elsewhere(member: Membership, now: datetime, **kind: bool) -> Workspace:
    """Where they work, too."""
    other = found_workspace("Elsewhere", "UTC", now, **kind)
    Membership.objects.create(workspace=other, user=member.user, role="member", time_zone="UTC", joined_at=now)
    return other


@pytest.mark.parametrize("role", list(RIGHTS))
@pytest.mark.parametrize("scope", [(True, True), (True, False), (False, True), (False, False)])
def test_a_right_is_that_of_the_role_within_what_they_came_with(
    maya: Viewer, role: str, scope: tuple[bool, bool]
) -> None:
    """A key for reading only reads; one that may not manage does nothing about who gets in."""
    viewer = replace(maya, role=role, may_write=scope[0], may_manage=scope[1])
    for right in ("read", "write", "import", "merge", "invite", "manage", "own"):
        in_scope = right == "read" or (scope[0] and (scope[1] or right in ("write", "import", "merge")))
        assert may(viewer, right) is (right in RIGHTS[role] and in_scope)
        if may(viewer, right):
            require(viewer, right)
            continue
        told = refusal(lambda right=right: require(viewer, right))
        assert isinstance(told, NotAllowed)
        assert told.fields == {"right": right}
        assert told.code == ("not-in-scope" if right in RIGHTS[role] else "not-allowed")
        assert ("looking only" in told.sentence) is (right in RIGHTS[role] and not scope[0])


def test_a_viewer_is_the_member_they_are(maya_membership: Membership) -> None:
    Membership.objects.filter(id=maya_membership.id).update(working_days=[1, 3], per_day=4)
    maya_membership.refresh_from_db()
    viewer = viewer_of(maya_membership)
    assert (viewer.workspace_id, viewer.membership_id) == (maya_membership.workspace_id, maya_membership.id)
    assert (viewer.user_id, viewer.person_id) == (maya_membership.user_id, maya_membership.person_id)
    assert (viewer.role, viewer.time_zone, viewer.name) == ("owner", "Europe/London", "Maya Okafor")
    assert (viewer.working_days, viewer.per_day, viewer.is_sample) == ((1, 3), 4, False)
    assert (viewer.may_write, viewer.may_manage) == (True, True)
    assert not viewer_of(maya_membership, may_write=False).may_write
    assert not viewer_of(maya_membership, may_manage=False).may_manage


def test_a_role_is_written_down_by_who_and_from_what_to_what(by: By, ali: Membership) -> None:
    set_role(by, ali.id, "lead")
    entry = written("member.role")
    assert (entry.subject_id, entry.subject_name) == (ali.person_id, "Ali Reza")
    assert (entry.membership_id, entry.door, entry.at) == (by.viewer.membership_id, "web", by.now)
    assert entry.values == {"before": "member", "after": "lead"}


def test_who_has_no_name_is_written_down_by_their_address(by: By, ali: Membership) -> None:
    User.objects.filter(id=ali.user_id).update(name="")
    set_role(by, ali.id, "lead")
    let_in(by, str(ali.id))
    let_go(by, ali.id)
    names = {verb: written(verb).subject_name for verb in ("member.role", "member.link", "member.end")}
    assert set(names.values()) == {"ali@fernhill.example"}
    assert {written(verb).subject_id for verb in names} == {ali.person_id}


def test_what_is_no_role_says_which_field(by: By, ali: Membership) -> None:
    told = refusal(lambda: set_role(by, ali.id, "queen"))
    assert (told.code, told.fields) == ("no-such-role", {"field": "role"})


def test_a_role_that_was_changed_again_is_not_given_back(by: By, ali: Membership) -> None:
    first = set_role(by, ali.id, "lead")
    set_role(by, ali.id, "guest")
    assert refusal(lambda: journal.undo(by.viewer, first, by.now)).code == "changed-since"
    let_go(by, ali.id)
    assert isinstance(refusal(lambda: set_role(by, ali.id, "lead")), NotFound)


def test_who_was_let_go_and_came_back_stays_as_they_are(by: By, ali: Membership, now: datetime) -> None:
    gone = let_go(by, ali.id)
    entry = written("member.end")
    assert (entry.values, entry.subject_id) == ({"role": "member"}, ali.person_id)
    join(ali.workspace, ali.user, ali.person_id, "guest", now)
    assert refusal(lambda: journal.undo(by.viewer, gone, by.now)).code == "changed-since"


def test_a_key_ended_before_somebody_left_stays_ended(by: By, ali: Membership, now: datetime) -> None:
    ended, works = (make_key(ali.id, ali.workspace_id, name, True, now)[0] for name in ("old", "new"))
    Key.objects.filter(id=ended.id).update(ended_at=now - timedelta(days=1))
    gone = let_go(by, ali.id)
    assert Key.objects.get(id=ended.id).ended_at == now - timedelta(days=1)
    journal.undo(by.viewer, gone, by.now)
    assert Key.objects.get(id=works.id).ended_at is None
    assert Key.objects.get(id=ended.id).ended_at is not None


def test_a_link_is_for_who_is_no_stronger_and_works_only_here(by: By, ali: Membership, now: datetime) -> None:
    assert let_in(by, str(ali.id)) == ali.user
    assert (written("member.link").subject_id, written("member.link").subject_name) == (ali.person_id, "Ali Reza")
    admin = in_role(by, "admin")
    assert let_in(admin, str(ali.id)) == ali.user
    Membership.objects.filter(id=ali.id).update(role="admin")
    assert let_in(admin, str(ali.id)) == ali.user
    Membership.objects.filter(id=ali.id).update(role="owner")
    assert isinstance(refusal(lambda: let_in(admin, str(ali.id))), NotAllowed)
    assert isinstance(refusal(lambda: let_in(in_role(by, "lead"), str(ali.id))), NotAllowed)
    for nobody in ("nonsense", str(new_id())):
        assert isinstance(refusal(lambda nobody=nobody: let_in(by, nobody)), NotFound)
    also_elsewhere(ali, now, is_sample=True)
    assert let_in(by, str(ali.id)) == ali.user
    there = also_elsewhere(ali, now)
    told = refusal(lambda: let_in(by, str(ali.id)))
    assert told.code == "works-elsewhere"
    assert "rapport link --member ali@fernhill.example" in told.sentence
    Membership.objects.filter(workspace=there).update(ended_at=now)
    assert let_in(by, str(ali.id)) == ali.user
    Membership.objects.filter(id=ali.id).update(ended_at=now)
    assert isinstance(refusal(lambda: let_in(by, str(ali.id))), NotFound)


def with_factor(member: Membership, kind: str = Authenticator.Type.TOTP) -> None:
    Authenticator.objects.create(user=member.user, type=kind, data={"secret": "x"})


def test_a_second_factor_is_required_by_who_has_one_and_can_be_taken_back(by: By, maya_membership: Membership) -> None:
    told = refusal(lambda: require_second_factor(by, True))
    assert told.code == "yours-first"
    with_factor(maya_membership)
    assert isinstance(refusal(lambda: require_second_factor(in_role(by, "admin"), True)), NotAllowed)
    here = Workspace.objects.filter(id=by.viewer.workspace_id)
    entry = require_second_factor(by, True)
    assert here.get().needs_second_factor
    assert written("workspace.second-factor").values == {"wanted": True}
    again = require_second_factor(by, True)
    assert JournalEntry.objects.get(id=again).way_back is None
    assert JournalEntry.objects.get(id=entry).way_back == {"wanted": True}
    journal.undo(by.viewer, entry, by.now)
    assert not here.get().needs_second_factor
    off = require_second_factor(by, False)
    assert JournalEntry.objects.get(id=off).way_back is None
    on = require_second_factor(by, True)
    require_second_factor(by, False)
    assert refusal(lambda: journal.undo(by.viewer, on, by.now)).code == "changed-since"
    assert isinstance(refusal(lambda: journal.undo(in_role(by, "admin").viewer, on, by.now)), NotAllowed)


def test_a_second_factor_is_taken_from_who_lost_it(by: By, ali: Membership, now: datetime) -> None:
    assert isinstance(refusal(lambda: reset_second_factor(by, ali.id)), NotFound)
    with_factor(ali)
    assert isinstance(refusal(lambda: reset_second_factor(in_role(by, "lead"), ali.id)), NotAllowed)
    there = also_elsewhere(ali, now)
    told = refusal(lambda: reset_second_factor(by, ali.id))
    assert told.code == "works-elsewhere"
    assert "rapport reset-second-factor --member ali@fernhill.example" in told.sentence
    Membership.objects.filter(workspace=there).update(ended_at=now)
    Membership.objects.filter(id=ali.id).update(role="owner")
    assert isinstance(refusal(lambda: reset_second_factor(in_role(by, "admin"), ali.id)), NotAllowed)
    reset_second_factor(by, ali.id)
    entry = written("member.factors-reset")
    assert (entry.subject_id, entry.subject_name) == (ali.person_id, "Ali Reza")
    with_factor(ali)
    Membership.objects.filter(id=ali.id).update(ended_at=now)
    assert isinstance(refusal(lambda: reset_second_factor(by, ali.id)), NotFound)


def test_codes_to_recover_are_no_second_factor(maya_membership: Membership, ali: Membership) -> None:
    with_factor(maya_membership)
    with_factor(ali, Authenticator.Type.RECOVERY_CODES)
    assert who_have_one([maya_membership, ali]) == {maya_membership.user_id}
    assert who_have_one([ali]) == set()


def test_whom_somebody_may_invite_is_no_stronger_than_they(by: By, maya_membership: Membership) -> None:
    assert roles_to_give("owner") == ["admin", "lead", "member", "guest"]
    assert roles_to_give("lead") == ["lead", "member", "guest"]
    lead = in_role(by, "lead")
    assert isinstance(refusal(lambda: invite(lead, maya_membership, "new@else.example", "admin")), NotAllowed)
    assert isinstance(refusal(lambda: invite(by, maya_membership, "new@else.example", "owner")), NotAllowed)
    assert isinstance(
        refusal(lambda: invite(in_role(by, "member"), maya_membership, "n@e.example", "guest")), NotAllowed
    )
    assert invite(lead, maya_membership, "new@else.example", "lead")


def test_an_invitation_says_what_is_wrong(by: By, maya_membership: Membership, ali: Membership) -> None:
    def code(email: str, acting: By = by) -> str:
        return refusal(lambda: invite(acting, maya_membership, email, "member")).code

    assert code("no address") == "bad-email"
    assert code(" ALI@fernhill.example ") == "member-already"
    assert code("new@else.example", replace(by, viewer=replace(by.viewer, is_sample=True))) == "only-sample"


def test_the_last_invitation_holds_until_it_is_taken_back(by: By, maya_membership: Membership, now: datetime) -> None:
    first = invite(by, maya_membership, " New@Else.example ", "member")
    other = invite(by, maya_membership, "other@else.example", "guest")
    second = invite(by, maya_membership, "new@else.example", "lead")
    assert look_at(first, now) is None
    assert look_at(other, now) is not None
    waiting = {one.email: one.role for one in invitations_of(maya_membership, now)}
    assert waiting == {"new@else.example": "lead", "other@else.example": "guest"}
    entry = JournalEntry.objects.filter(verb="member.invite").order_by("id").last()
    assert entry is not None
    assert (entry.subject_name, entry.values) == ("new@else.example", {"role": "lead"})
    one = OneTimeLink.objects.get(email="new@else.example", used_at=None)
    assert isinstance(refusal(lambda: withdraw(in_role(by, "member"), maya_membership, one.token_hash)), NotAllowed)
    withdraw(by, maya_membership, one.token_hash)
    assert look_at(second, now) is None
    assert isinstance(refusal(lambda: withdraw(by, maya_membership, one.token_hash)), NotFound)
    assert written("member.withdraw").membership_id == by.viewer.membership_id


def test_an_invitation_next_door_stays(
    by: By, maya_membership: Membership, other_workspace: Workspace, now: datetime
) -> None:
    theirs = OneTimeLink.objects.create(
        token_hash="theirs", email="new@else.example", workspace=other_workspace, made_at=now, expires_at=now
    )
    invite(by, maya_membership, "new@else.example", "member")
    assert OneTimeLink.objects.filter(token_hash=theirs.token_hash).exists()


def test_members_stand_in_the_order_they_came(by: By, maya_membership: Membership, ali: Membership) -> None:
    assert members_of(maya_membership) == [maya_membership, ali]
    let_go(by, ali.id)
    assert members_of(maya_membership) == [maya_membership]


def test_a_change_is_undone_once_and_by_who_may(by: By, ali: Membership, now: datetime) -> None:
    entry = set_role(by, ali.id, "lead")
    theirs = viewer_of(ali)
    stored = JournalEntry.objects.get(id=entry)
    assert may_undo(by.viewer, stored)
    assert not may_undo(theirs, stored)
    assert isinstance(refusal(lambda: journal.undo(theirs, entry, now)), NotAllowed)
    assert isinstance(refusal(lambda: journal.undo(by.viewer, new_id(), now)), NotFound)
    reading = replace(by.viewer, may_write=False)
    assert isinstance(refusal(lambda: journal.undo(reading, entry, now)), NotAllowed)
    later = now + timedelta(hours=1)
    undone = journal.undo(by.viewer, entry, later)
    assert (undone.undone_at, undone.undone_by_id) == (later, by.viewer.membership_id)
    assert refusal(lambda: journal.undo(by.viewer, entry, now)).code == "undone-already"
    assert not may_undo(by.viewer, undone)


def test_what_has_no_way_back_says_so(by: By, ali: Membership, now: datetime) -> None:
    let_in(by, str(ali.id))
    entry = written("member.link")
    assert refusal(lambda: journal.undo(by.viewer, entry.id, now)).code == "no-way-back"
    assert not may_undo(by.viewer, entry)


def test_what_it_was_about_is_gone(by: By, ali: Membership, now: datetime) -> None:
    entry = by.note("organization.merge", subject_name="Priya", way_back=BACK)
    told = refusal(lambda: journal.undo(by.viewer, entry, now))
    assert isinstance(told, journal.StaysDone)
    assert told.code == "gone"
    assert told.fields == {"entry": str(entry), "verb": "organization.merge", "subject": "Priya"}
    assert JournalEntry.objects.get(id=entry).undone_at is None


def test_the_latest_that_can_be_is_undone_and_the_rest_is_told(by: By, ali: Membership, now: datetime) -> None:
    assert isinstance(refusal(lambda: journal.undo_latest(by.viewer, now)), NotFound)
    role = set_role(by, ali.id, "lead")
    stays = by.note("organization.merge", way_back=BACK)
    unknown = by.note("nobody.knows", way_back={"any": 1})
    erased = by.note("person.erase")
    by.note("people.export")  # changed nothing
    taken = journal.undo_latest(by.viewer, now)
    assert taken.entry.id == role
    assert [(one.entry.id, one.code) for one in taken.stay] == [
        (erased, "no-way-back"), (unknown, "no-way-back"), (stays, "gone")
    ]  # fmt: skip
    assert isinstance(refusal(lambda: journal.undo_latest(by.viewer, now)), journal.StaysDone)


def test_what_one_may_take_back_no_more_is_told_with_why(by: By, ali: Membership, now: datetime) -> None:
    before = by.note("organization.merge", way_back=BACK)
    role = set_role(by, ali.id, "lead")
    member = replace(by.viewer, role="member")
    told = refusal(lambda: journal.undo_latest(member, now))
    assert isinstance(told, journal.StaysDone)
    assert (told.entry.id, told.code) == (role, "not-allowed")
    assert JournalEntry.objects.get(id=before).undone_at is None


def test_what_is_no_viewers_own_is_not_the_latest(by: By, ali: Membership, now: datetime) -> None:
    set_role(by, ali.id, "lead")
    assert isinstance(refusal(lambda: journal.undo_latest(viewer_of(ali), now)), NotFound)


def test_taken_back_in_another_way_it_is_undone(by: By, now: datetime) -> None:
    subject, other = new_id(), new_id()
    entries = [by.note("note.add", subject_id=one, way_back={}) for one in (subject, other)]
    journal.close(by.viewer, "note.add", subject, now)
    closed, open_one = (JournalEntry.objects.get(id=one) for one in entries)
    assert (closed.undone_at, closed.undone_by_id) == (now, by.viewer.membership_id)
    assert open_one.undone_at is None


def test_changes_are_read_page_by_page_of_the_last_thirty_days(by: By, ali: Membership, now: datetime) -> None:
    old = replace(by, now=now - timedelta(days=30))
    old.note("old")
    for number in range(5):
        by.note(f"verb-{number}", subject_name="x" * 400)
    replace(by, viewer=viewer_of(ali)).note("his")
    first = changes_for(by.viewer, now, None, limit=4)
    assert [one.verb for one in first.rows] == ["his", "verb-4", "verb-3", "verb-2"]
    assert len(first.rows[1].subject_name) == 300
    second = changes_for(by.viewer, now, first.next, limit=4)
    assert [one.verb for one in second.rows] == ["verb-1", "verb-0"]
    assert second.next is None
    assert changes_for(by.viewer, now, None, limit=6).next is None
    assert [one.verb for one in changes_for(by.viewer, now, None, within=None).rows][-1] == "old"
    guest = replace(viewer_of(ali), role="guest")
    assert [one.verb for one in changes_for(guest, now, None).rows] == ["his"]
    assert len(changes_for(by.viewer, now, None, limit=50).rows) == 6


def test_a_key_says_its_workspace_and_opens_while_it_works(by: By, maya: Viewer, now: datetime) -> None:
    key, text = make_key(maya.membership_id, maya.workspace_id, "  my\nprogram ", True, now, timedelta(days=30), True)
    named = workspace_of(text)
    assert named is not None
    assert named[0] == maya.workspace_id
    assert text == f"rap_{maya.workspace_id.hex}_{named[1]}"
    assert len(named[1]) >= 43
    assert (key.name, key.expires_at, key.made_at) == ("my program", now + timedelta(days=30), now)
    opened = open_key(named[1], "10.0.0.1", now)
    assert opened is not None
    assert (opened.key_id, opened.language, opened.wait) == (key.id, "en", None)
    assert opened.viewer == replace(maya, may_write=True, may_manage=True)
    assert open_key(named[1] + "x", "10.0.0.1", now) is None
    assert open_key(named[1], "10.0.0.1", now + timedelta(days=30)) is None


def test_a_key_is_used_now_and_then(maya: Viewer, now: datetime) -> None:
    key, text = make_key(maya.membership_id, maya.workspace_id, "program", False, now, may_manage=True)
    assert (key.may_write, key.may_manage, key.expires_at) == (False, False, None)
    secret = text.rpartition("_")[2] if text.count("_") == 2 else text.split("_", 2)[2]
    used = []
    for seconds in (0, 60, 61, 62):
        at = now + timedelta(seconds=seconds)
        opened = open_key(secret, "", at)
        assert opened is not None
        assert not opened.viewer.may_write
        used.append(Key.objects.get(id=key.id).last_used_at)
    assert [one and one - now for one in used] == [
        timedelta(0),
        timedelta(0),
        timedelta(seconds=61),
        timedelta(seconds=61),
    ]


@pytest.mark.parametrize(
    "text", ["", "rap", "rap_x_y", "rip_{0}_secret", "rap_{0}_", "rap_{0}", "rap_{1}_secret", "rap_{0}0_secret"]
)
def test_what_is_no_key_names_no_workspace(text: str) -> None:
    workspace = new_id()
    assert workspace_of(text.format(workspace.hex, str(workspace))) is None
    assert workspace_of(f"rap_{workspace.hex}_a_b") == (workspace, "a_b")


def test_keys_are_ended_by_whose_they_are(maya: Viewer, ali: Membership, now: datetime) -> None:
    keys = [make_key(maya.membership_id, maya.workspace_id, f"{n}", True, now + timedelta(n))[0] for n in range(2)]
    his = make_key(ali.id, ali.workspace_id, "his", True, now)[0]
    assert [one.name for one in keys_of(maya)] == ["1", "0"]
    for nobodys in (str(his.id), "nonsense", str(new_id())):
        assert isinstance(refusal(lambda nobodys=nobodys: end_key(maya, nobodys, now)), NotFound)
    end_key(maya, str(keys[0].id), now)
    assert Key.objects.get(id=keys[0].id).ended_at == now
    assert isinstance(refusal(lambda: end_key(maya, str(keys[0].id), now)), NotFound)
    assert [one.name for one in keys_of(maya)] == ["1"]
    assert Key.objects.get(id=his.id).ended_at is None


def test_who_is_no_owner_may_not_be_the_last(by: By, ali: Membership) -> None:
    told = refusal(lambda: set_role(by, by.viewer.membership_id, "member"))
    assert isinstance(told, Conflict)
    assert told.code == "last-owner"


def test_outside_a_workspace_there_is_none(db: None) -> None:
    with pytest.raises(RuntimeError, match="in_workspace"):
        current_workspace()
