"""Two workspaces in which everybody has a role and every kind of thing is there once in each state."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import found_workspace, join
from rapport.accounts.keys import make_key
from rapport.accounts.leaving import let_go
from rapport.accounts.links import (
    hash_of,
    make_address_link,
    make_invitation,
    make_sign_in_link,
    new_seed,
    token_of,
)
from rapport.accounts.models import JournalEntry, Key, Membership, Role, User, Workspace
from rapport.accounts.rows import enter
from rapport.channels.models import ImportItem
from rapport.doors.operations.catalogue import call
from rapport.interactions.imports import GivenFile, run_import, start_import, undo_import
from rapport.interactions.models import Interaction
from rapport.interactions.notes import add_note, remove_note
from rapport.interactions.quarantine import leave_out as leave_item_out
from rapport.kit.ids import new_id
from rapport.people.editing import add_handle, add_person, forget_fact, note_fact, remove_handle, tag
from rapport.people.home import claim_addresses, found_home, make_home_person
from rapport.people.models import Fact, Handle, Merge
from rapport.relationships.refresh import read_on
from tests.kit.soft_passkey import SoftPasskey

from . import things

Who = Set[str]
NOBODY: frozenset[str] = frozenset()
STAFF = frozenset({"owner", "admin", "lead", "member"})
INSIDE = STAFF | {"guest"}
MANAGING = frozenset({"owner", "admin"})
NAMES = {"owner": "Maya", "admin": "Adam", "lead": "Lea", "member": "Mel", "guest": "Gus", "stranger": "Otto"}
ROLE_OF = {name: name for name in INSIDE} | {"stranger": "owner"}  # who owns the workspace next door
KINDS = set("entry fact handle import interaction invitation item key link member merge note person suggestion".split())
KINDS |= {"bytes", "pair", "passkey", "piece", "rows", "session", "words", "workspace"}
KINDS |= {"buried", "erasable", "list", "organization", "place", "places", "removable", "view", "wish"}
BROKEN = b"\x00\x01 nonsense"


@dataclass(frozen=True)
class Thing:
    """Something an address can name, in a state.

    `seen_by` may know that it is there; of those, `open_to` may also do with it what a route asks for.
    """

    kind: str
    state: str
    ids: dict[str, str]
    seen_by: frozenset[str]
    open_to: frozenset[str]

    def __str__(self) -> str:
        return f"{self.kind}, {self.state}"


@dataclass
class Cast:
    """Who asks, by which session or key, and about what."""

    now: datetime
    workspaces: dict[str, UUID] = field(default_factory=dict)  # "here", "next door"
    users: dict[str, User] = field(default_factory=dict)
    viewers: dict[str, Viewer] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)

    def of(self, kind: str) -> list[Thing]:
        """All things of a kind, in every state; at least two, or the question is not asked well."""
        found = [one for one in self.things if one.kind == kind]
        assert len(found) >= 2, kind
        return found

    def add(self, kind: str, state: str, seen_by: Who = NOBODY, open_to: Who | None = None, **ids: object) -> None:
        """One more thing; open to whoever sees it, where nothing is said."""
        told = {name: str(id_) for name, id_ in ids.items()}
        self.things.append(
            Thing(kind, state, told, frozenset(seen_by), frozenset(seen_by if open_to is None else open_to))
        )


def build(now: datetime) -> Cast:
    """Everything, written by the rooms' own verbs in the current transaction."""
    cast = Cast(now)
    _people_next_door(cast)
    _people_here(cast)
    _things_here(cast)
    things.organizations_here(cast)
    things.views_here(cast)
    things.rights_here(cast)
    _things_guessed(cast)
    assert {one.kind for one in cast.things} == KINDS
    return cast


def _member(cast: Cast, name: str, called: str, workspace: Workspace, role: str, at: datetime) -> Membership:
    email = f"{called.lower()}@{workspace.name.lower()}.example"
    person = make_home_person(called, email, found_home(workspace.name, cast.now), cast.now)
    claim_addresses(person.id, [email], cast.now)
    user = User.objects.create_user(email, name=called)
    membership = join(workspace, user, person.id, role, at, "UTC")
    cast.users[name], cast.viewers[name] = user, viewer_of(membership)
    cast.keys[name] = make_key(membership.id, workspace.id, "program", True, cast.now, may_manage=True)[1]
    return membership


def _people_next_door(cast: Cast) -> None:
    workspace = found_workspace("Elsewhere", "UTC", cast.now)
    cast.workspaces["next door"] = workspace.id
    enter(workspace.id)
    otto = _member(cast, "stranger", "Otto", workspace, Role.OWNER, cast.now)
    by = By(cast.viewers["stranger"], "web", cast.now)
    its = _living(by, "otto@elsewhere.example", "nina@nearby.example", "Nina Near")
    seen = {"stranger"}
    nora = add_person(by, "Nora Near").person_id
    cast.add("person", "next door", seen, person_id=its["person"], twin=nora)
    cast.add("pair", "next door", seen, person_id=its["person"], other=nora)
    things.all_next_door(cast, by, its["person"])
    cast.add("interaction", "next door", seen, interaction_id=its["interaction"])
    for kind in ("words", "bytes"):
        cast.add(kind, "next door", seen, interaction_id=its["interaction"])
    for kind, name in PARTS.items():
        cast.add(kind, "next door", seen, **{"person_id": its["person"], name: its[kind]})
    cast.add("import", "next door", seen, import_id=its["import"])
    cast.add("item", "next door", seen, import_id=its["import"], item_id=its["item"])
    cast.add("piece", "next door", seen, import_id=its["import"], item_id=its["item"])
    cast.add("rows", "next door", seen, import_id=_table_of(by))
    cast.add("suggestion", "next door", seen, suggestion_id=its["suggestion"])
    cast.add("member", "next door", seen, membership_id=otto.id)
    cast.add("entry", "next door", seen, entry_id=its["entry"])
    cast.add("key", "next door", seen, id=Key.objects.get(membership_id=otto.id).id)
    cast.add(
        "invitation", "next door", seen, id=hash_of(make_invitation("new@elsewhere.example", "guest", otto, by.now))
    )


PARTS = {"fact": "fact_id", "handle": "handle_id", "note": "note_id", "merge": "merge_id"}


def _living(by: By, own: str, other: str, name: str) -> dict[str, Any]:
    """One of everything: a mail, a person with all that can be known, an import with something set aside."""
    begun = _imported(by, own, _mail(f"Hello from {name}", f"{name} <{other}>", own), BROKEN)
    read_on(by.now)
    person = Handle.objects.get(value=other).person_id
    fact = note_fact(by, person, "family", "Two cats.")
    note_ = add_note(by, person, "Mornings.")
    add_handle(by, person, "email", f"second-{other}")
    tag(by, person, "partner")
    twin = add_person(by, f"{name} Twin").person_id
    call("people.merge", by.viewer, "web", {"person_id": person, "other": twin})
    read_on(by.now)
    suggestions = [item for group in call("today.get", by.viewer, "web", {}).groups for item in group.items]
    assert suggestions, "somebody asks something, so Today has them"
    return {
        "person": person,
        "twin": twin,
        "interaction": Interaction.objects.get(title=f"Hello from {name}").id,
        "fact": Fact.objects.get(person_id=person, value="Two cats.").id,
        "handle": Handle.objects.get(value=f"second-{other}").id,
        "note": note_.interaction_id,
        "merge": Merge.objects.get(kept_id=person).id,
        "import": begun,
        "item": ImportItem.objects.get(run_id=begun, outcome="quarantined").id,
        "suggestion": suggestions[0].suggestion_id,
        "entry": fact.journal_id,
    }


def _mail(subject: str, sender: str, *to: str) -> bytes:
    head = f"From: {sender}\r\nTo: {', '.join(to)}\r\nSubject: {subject}\r\n"
    head += f"Message-ID: <{new_id()}@mail.example>\r\nDate: Tue, 10 Nov 2026 08:00:00 +0000\r\n"
    head += "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return f"{head}<p>Words of {subject}. Could you send me the rota for December?</p>\r\n".encode()


def _imported(by: By, own: str, *files: bytes) -> UUID:
    given = [GivenFile(f"{number}.eml", [content]) for number, content in enumerate(files)]
    folder = settings.HOUSE.files_folder
    begun = start_import(by, given, folder, [own]).import_id
    run_import(by.viewer.workspace_id, begun, folder, read_on)
    return begun


def _table_of(by: By) -> UUID:
    """An import of a table with a row nobody is on."""
    folder = settings.HOUSE.files_folder
    begun = start_import(by, [GivenFile("people.csv", [b"Name,Email\n,nobody\n"])], folder).import_id
    run_import(by.viewer.workspace_id, begun, folder, read_on)
    return begun


def _people_here(cast: Cast) -> None:
    workspace = found_workspace("Fernhill", "UTC", cast.now)
    cast.workspaces["here"] = workspace.id
    enter(workspace.id)
    made = {
        role: _member(cast, role, NAMES[role], workspace, role, cast.now + timedelta(seconds=number))
        for number, role in enumerate(("owner", "admin", "lead", "member", "guest"))
    }
    maya = made["owner"]
    cast.keys["reader"] = make_key(maya.id, workspace.id, "reader", False, cast.now)[1]
    cast.keys["writer"] = make_key(maya.id, workspace.id, "writer", True, cast.now)[1]
    cast.keys["expired"] = make_key(maya.id, workspace.id, "old", True, cast.now, timedelta(seconds=-1))[1]
    ended, cast.keys["ended"] = make_key(maya.id, workspace.id, "ended", True, cast.now)
    Key.objects.filter(id=ended.id).update(ended_at=cast.now)
    lenny = _member(cast, "let go", "Lenny", workspace, Role.ADMIN, cast.now + timedelta(seconds=9))
    let_go(By(cast.viewers["owner"], "web", cast.now), lenny.id)
    for role, one in made.items():
        cast.add("member", role, INSIDE, {"owner"} if role == "owner" else INSIDE, membership_id=one.id)
    cast.add("member", "let go", membership_id=lenny.id)
    cast.add("key", "the owner's", {"owner"}, id=Key.objects.get(membership_id=maya.id, name="program").id)
    cast.add("key", "the member's", {"member"}, id=Key.objects.get(membership_id=made["member"].id).id)
    cast.add("key", "ended", id=ended.id)
    invited = make_invitation("new@fernhill.example", "guest", maya, cast.now)
    cast.add("invitation", "waiting", INSIDE, id=hash_of(invited))
    cast.add("invitation", "taken back", id=hash_of("gone"))
    cast.add("workspace", "here", {*INSIDE}, workspace_id=workspace.id)
    cast.add("workspace", "next door", {"stranger"}, workspace_id=cast.workspaces["next door"])
    cast.add("link", "waiting", token=make_sign_in_link(cast.users["member"], cast.now))
    cast.add("link", "of an invitation", token=invited)
    seed = new_seed()
    make_address_link(cast.users["member"], "mo@home.example", cast.now, seed)
    cast.add("link", "to another address", token=token_of(seed))
    for who in ("owner", "member"):
        passkey = _passkey(cast.users[who])
        cast.add("passkey", f"of the {who}", {who}, factor_id=passkey.id)
        cast.add("session", f"of the {who}", {who}, id=_session(cast, who))


def _passkey(user: User) -> Authenticator:
    """A phone of somebody."""
    asked = {"publicKey": {"user": {"id": "AA"}, "rp": {"id": "testserver"}, "challenge": "AA"}}
    made = json.loads(SoftPasskey().make(asked))
    data = {"name": "phone", "credential": made}
    return Authenticator.objects.create(user=user, type="webauthn", data=data)  # type: ignore[no-any-return]


def _session(cast: Cast, who: str) -> int:
    """Somebody signed in elsewhere."""
    key = f"a session of the {who}"
    session = Session.objects.create(session_key=key, expire_date=cast.now + timedelta(days=1))
    return UserSession.objects.create(
        user=cast.users[who], ip="10.0.0.1", session_key=session.session_key, user_agent="", data={},
        last_seen_at=cast.now, created_at=cast.now,
    ).id  # fmt: skip


def _things_here(cast: Cast) -> None:
    by = By(cast.viewers["owner"], "web", cast.now)
    mels = replace(by, viewer=cast.viewers["member"])
    its = _living(by, "maya@fernhill.example", "priya@solace.example", "Priya Raman")
    everybody = ["maya@fernhill.example", "mel@fernhill.example", "gus@fernhill.example"]
    _imported(by, everybody[0], _mail("To all", "Priya Raman <priya@solace.example>", *everybody))
    shared = Interaction.objects.get(title="To all").id
    undone = _imported(mels, everybody[1], _mail("To Mel", "Kenji Mori <kenji@aurora.example>", everybody[1]), BROKEN)
    kenji = Handle.objects.get(value="kenji@aurora.example").person_id
    private = Interaction.objects.get(title="To Mel").id
    thrown = _imported(mels, everybody[1], b"\x00\x02 nonsense")
    read_on(by.now)
    left_out = ImportItem.objects.get(run_id=undone, outcome="quarantined").id
    leave_item_out(mels, left_out)
    undo_import(mels, thrown)
    next_door = next(one for one in cast.things if one.kind == "person").ids["person_id"]
    cast.add("person", "met by all", INSIDE, person_id=its["person"], twin=kenji)
    cast.add("person", "not met by the guest", STAFF, person_id=kenji, twin=its["person"])
    cast.add("person", "merged", INSIDE, person_id=its["twin"], twin=kenji)
    cast.add("pair", "both here", STAFF, person_id=kenji, other=its["person"])
    cast.add("pair", "one next door", person_id=kenji, other=next_door)
    cast.add("interaction", "with all in it", INSIDE, interaction_id=shared)
    cast.add("interaction", "of a colleague alone", STAFF, interaction_id=private)
    cast.add("words", "with all in it", INSIDE, {"owner", "member", "guest"}, interaction_id=shared)
    cast.add("words", "of a colleague alone", STAFF, {"member"}, interaction_id=private)
    cast.add("bytes", "with all in it, by the owner's import", INSIDE, {"owner"}, interaction_id=shared)
    cast.add("bytes", "of a colleague alone", STAFF, {"member"}, interaction_id=private)
    _parts(cast, by, its)
    cast.add("import", "the owner's", STAFF, MANAGING, import_id=its["import"])
    cast.add("import", "the member's, undone", STAFF, MANAGING | {"member"}, import_id=thrown)
    cast.add("item", "the owner's", STAFF, MANAGING, import_id=its["import"], item_id=its["item"])
    cast.add("item", "left out", import_id=undone, item_id=left_out)
    cast.add("piece", "the owner's", STAFF, {"owner"}, import_id=its["import"], item_id=its["item"])
    cast.add("piece", "a colleague's", STAFF, {"member"}, import_id=undone, item_id=left_out)
    cast.add("rows", "the owner's", STAFF, {"owner"}, import_id=_table_of(by))
    cast.add("rows", "a colleague's", STAFF, {"member"}, import_id=_table_of(mels))
    cast.add("suggestion", "the owner's", {"owner"}, suggestion_id=its["suggestion"])
    items = [item for group in call("today.get", mels.viewer, "web", {}).groups for item in group.items]
    call("today.done", mels.viewer, "web", {"suggestion_id": items[0].suggestion_id})
    cast.add("suggestion", "the member's, done", {"member"}, suggestion_id=items[0].suggestion_id)
    _entries(cast, by, mels, kenji)


def _parts(cast: Cast, by: By, its: dict[str, Any]) -> None:
    person = its["person"]
    for kind, name in PARTS.items():
        its_own = MANAGING if kind == "note" else STAFF
        cast.add(kind, "there", STAFF, its_own, **{"person_id": person, name: its[kind]})
    note_fact(by, person, "family", "Gone.")
    gone = Fact.objects.get(value="Gone.").id
    forget_fact(by, gone)
    add_handle(by, person, "email", "gone@solace.example")
    handle = Handle.objects.get(value="gone@solace.example").id
    remove_handle(by, handle)
    note_ = add_note(by, person, "Gone.").interaction_id
    remove_note(by, note_)
    twin = add_person(by, "Parted").person_id
    call("people.merge", by.viewer, "web", {"person_id": person, "other": twin})
    merge = Merge.objects.get(gone_id=twin).id
    call("people.unmerge", by.viewer, "web", {"merge_id": merge})
    for kind, id_ in (("fact", gone), ("handle", handle), ("note", note_)):
        cast.add(kind, "gone", **{"person_id": person, PARTS[kind]: id_})
    cast.add("merge", "parted", STAFF, person_id=person, merge_id=merge)
    cast.add("interaction", "removed", interaction_id=note_)


def _entries(cast: Cast, by: By, mels: By, kenji: UUID) -> None:
    """Who manages may take back what others did; the others their own."""
    theirs = note_fact(mels, kenji, "family", "A parrot.").journal_id
    cast.add("entry", "the member's", STAFF, MANAGING | {"member"}, entry_id=theirs)
    cast.add("entry", "the owner's", STAFF, MANAGING, entry_id=note_fact(by, kenji, "work", "Teaches.").journal_id)
    undone = note_fact(by, kenji, "work", "Gone too.").journal_id
    call("journal.undo", by.viewer, "web", {"entry": undone})
    assert JournalEntry.objects.get(id=undone).undone_at
    cast.add("entry", "the owner's, undone", STAFF, MANAGING, entry_id=undone)


def _things_guessed(cast: Cast) -> None:
    texts = ("token", "id", "domain", "called", "value", "wished")  # of these a guess is any text
    names: dict[str, object] = {name: new_id() for one in cast.things for name in one.ids if name not in texts}
    names |= {
        "factor_id": 987654321,
        "domain": "guessed.example",
        "value": "guessed@nowhere.example",
        "wished": "do-not-score",
    }
    for kind in dict.fromkeys(one.kind for one in cast.things):
        like = next(one for one in cast.things if one.kind == kind)
        cast.add(kind, "guessed", **{name: str(names.get(name, "guessed")) for name in like.ids})
