"""The sample village: raised as files, taken in through the same intake as anyone's mail, in a workspace of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import found_workspace, join
from rapport.accounts.models import Membership, Role, User, Workspace
from rapport.accounts.rows import in_workspace
from rapport.channels.files import CHUNK, let_go_all
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.people.home import claim_addresses, found_home, make_home_person
from rapport.people.models import Affiliation, Fact, Handle, Person
from rapport.people.tagging import add_tag
from rapport.relationships.refresh import read_far_on
from rapport.village import Village, raise_village


def raise_sample(user: User, files_folder: Path, now: datetime, say: Callable[[str], None]) -> Workspace:
    """A workspace with the village in it, which `user` sees as Maya does. A half-raised one is removed first."""
    for halfway in Workspace.objects.filter(is_sample=True, memberships__user=user):
        workspace_id = halfway.id
        halfway.delete()
        let_go_all(files_folder, workspace_id)
    with TemporaryDirectory(prefix="village-") as folder:
        village = raise_village(Path(folder), now)
        workspace = _found(village, user, now)
        membership = Membership.objects.select_related("user", "workspace").get(workspace=workspace, user=user)
        imports = _hand_over(village, membership, files_folder, now)
    for done, import_id in enumerate(imports, 1):
        run_import(workspace.id, import_id, files_folder, read_far_on)
        say(f"sample village: {done} of {len(imports)} mailboxes and books read")
    with in_workspace(workspace.id):
        _add_by_hand(village, membership, now)
    return workspace


def _found(village: Village, user: User, now: datetime) -> Workspace:
    maya, *others = village.colleagues
    workspace = found_workspace(village.name, maya.time_zone, now, is_sample=True)
    with in_workspace(workspace.id):
        home = found_home(village.name, now)
        for colleague in (maya, *others):
            person = make_home_person(colleague.name, colleague.email, home, now)
            claim_addresses(person.id, [colleague.email], now)
            Person.objects.filter(id=person.id).update(
                portrait=colleague.portrait, time_zone=colleague.time_zone, touched_by_hand=True
            )
            Affiliation.objects.filter(person_id=person.id, organization=home).update(title=colleague.title)
            if colleague is maya:
                days = [day + 1 for day in maya.working_days]
                join(workspace, user, person.id, Role.OWNER, now, maya.time_zone, days)
    return workspace


def _hand_over(village: Village, membership: Membership, files_folder: Path, now: datetime) -> list[UUID]:
    """Start an import per owner, as if each colleague had dropped what they have; an address book first: who moved is
    one person to the mail that is read after it.
    """
    by = By(viewer_of(membership), "worker", now)
    owners = list(dict.fromkeys(file.owner for file in village.files))
    started = []
    for owner in owners:
        theirs = sorted((file for file in village.files if file.owner == owner), key=lambda file: file.format != "vcf")
        files = [GivenFile(file.path.name, _chunks(file.path)) for file in theirs]
        with in_workspace(membership.workspace_id):
            whose = By(viewer_of(_as_colleague(membership, owner)), by.door, now)
            started.append(start_import(whose, files, files_folder, [owner]).import_id)
    return started


def _as_colleague(membership: Membership, owner: str) -> Membership:
    """The membership seen as the colleague whose mailbox it is: only for saying whose mail this is."""
    person_id = Handle.objects.get(kind="email", value=owner).person_id
    return Membership(
        id=membership.id, workspace=membership.workspace, user=membership.user, person_id=person_id,
        role=membership.role, time_zone=membership.time_zone, working_days=membership.working_days,
    )  # fmt: skip


def _chunks(path: Path) -> list[bytes]:
    with path.open("rb") as file:
        return list(iter(lambda: file.read(CHUNK), b""))


def _add_by_hand(village: Village, membership: Membership, now: datetime) -> None:
    addresses = {fact.email for fact in village.facts} | {tag.email for tag in village.tags}
    addresses |= village.portraits.keys()
    owners = dict(Handle.objects.filter(kind="email", value__in=addresses).values_list("value", "person_id"))
    for email, portrait in village.portraits.items():
        if email in owners:
            Person.objects.filter(id=owners[email]).update(portrait=portrait)
    for tag in village.tags:
        if tag.email in owners:
            add_tag(owners[tag.email], tag.word)
    Fact.objects.bulk_create(
        [
            Fact(
                workspace_id=membership.workspace_id, person_id=owners[fact.email], kind=fact.kind, value=fact.text,
                learnt="told", noted_by=membership, noted_at=now,
            )
            for fact in village.facts
            if fact.email in owners
        ],
        ignore_conflicts=True,
    )  # fmt: skip
