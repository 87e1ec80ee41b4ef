"""An erasure begins: in one transaction the person is nowhere any more, and what is left to do is written down."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.agenda import put_down
from rapport.accounts.forgetting import forget_account
from rapport.accounts.rows import be_patient, current_workspace
from rapport.channels.models import Import
from rapport.kit.failpoints import failpoint
from rapport.kit.text import fold
from rapport.kit.trouble import Conflict, Trouble
from rapport.people.gathering import hold_people_still
from rapport.people.merging import signs_in
from rapport.people.models import Affiliation, Organization, Person, PersonTag, Tag
from rapport.people.tombstones import bury
from rapport.people.visible import person_of

from ..changes import note_pair_changes
from ..models import Erasure, ErasureItem
from .finding import PARTS, also_known_as, parts_of
from .passing import to_see_to
from .sharing import leave, told_of
from .sought import Sought

LEDGER = "ledger"
_AT_WORK = ("waiting", "reading", "paused", "judging", "undoing", "stopped")
_ITEMS = (
    "INSERT INTO erasure_item (workspace_id, id, erasure_id, interaction_id, part) "  # noqa: S608 (constants)
    "SELECT DISTINCT ON (found.interaction_id) %(workspace)s::uuid, gen_random_uuid(), %(erasure)s::uuid,"
    f" found.interaction_id, found.part FROM ({PARTS}) AS found ORDER BY found.interaction_id"
    " ON CONFLICT (workspace_id, erasure_id, interaction_id) DO NOTHING"
)
# Whose address stands in something as nobody's; and what stands in one thread with theirs and may quote it.
_NAMED = """
INSERT INTO erasure_item (workspace_id, id, erasure_id, interaction_id, part)
SELECT %(workspace)s::uuid, gen_random_uuid(), %(erasure)s::uuid, near.id, 'named' FROM (
  SELECT interaction_id AS id FROM address_part WHERE address = ANY(%(addresses)s)
  UNION SELECT j.id FROM erasure_item e JOIN interaction i ON i.id = e.interaction_id
    JOIN interaction j ON j.thread_id = i.thread_id WHERE e.erasure_id = %(erasure)s) AS near
ON CONFLICT (workspace_id, erasure_id, interaction_id) DO NOTHING
"""
# An answer repeats the subject of what it answers, and that one was theirs.
_BARE = r"regexp_replace({}, '^((re|aw|antw|sv|rv|fwd?|wg|tr|vs)(\[\d+\])?\s*:\s*)+', '', 'i')"
_TITLES = f"""
WITH theirs AS (
  SELECT DISTINCT i.thread_id, {_BARE.format("i.title")} AS title
  FROM participant p JOIN interaction i ON i.id = p.interaction_id
  WHERE p.person_id = ANY(%(people)s) AND p.part = ANY(%(begins)s) AND i.title <> '' AND i.thread_id IS NOT NULL
  UNION SELECT i.thread_id, {_BARE.format("i.title")} FROM erasure_item e JOIN interaction i ON i.id = e.interaction_id
  WHERE e.erasure_id = %(erasure)s AND e.part = 'wrote' AND i.title <> '' AND i.thread_id IS NOT NULL),
untitled AS (
  UPDATE interaction j SET title = '' FROM theirs
  WHERE j.thread_id = theirs.thread_id AND {_BARE.format("j.title")} = theirs.title)
UPDATE thread t SET subject = '' FROM theirs
WHERE t.id = theirs.thread_id AND {_BARE.format("t.subject")} = theirs.title
"""  # noqa: S608 (constants)


def erase(by: By, person_id: UUID, typed: str) -> UUID:
    """Begin to erase somebody; the erasure, which `go_on` brings to its end. It cannot be undone.

    `typed` is their name as whoever asks wrote it. Conflict where they sign in here, or an import is at work: its file
    holds them, too.
    """
    by.may("own")
    person = person_of(by.viewer, person_id)
    _must_be_meant(person, typed)
    erasure_id = begin(person, by.now, by.viewer.membership_id)
    by.note("person.erase", subject_id=erasure_id)
    return erasure_id


def begin(person: Person, now: datetime, membership_id: UUID | None = None) -> UUID:
    """The same for whoever may: also the restore of a backup made before."""
    _must_be_free(person)
    be_patient(30)
    hold_imports_off()
    hold_people_still()
    people = also_known_as(person.id)
    told = told_of(people, settings.HOUSE.files_folder)
    sought = told.sought
    erasure = Erasure.objects.create(
        workspace_id=current_workspace(), asked_by_id=membership_id, asked_at=now, stage=LEDGER, sought=sought.to_json()
    )
    bury(sought.keys, erasure.id, now)
    leave(people, told)
    _write_down(erasure.id, to_see_to(told.passing))
    _write_down_what_is_to_do(erasure.id, people, sorted(sought.addresses))
    alone = ErasureItem.objects.filter(erasure_id=erasure.id, part="alone").values_list("interaction_id", flat=True)
    note_pair_changes(list(alone), even_if_no_contact=True)  # hers, before she goes
    _take_away(people, sought)
    put_down("erase", now)
    failpoint("erase.begun")
    return erasure.id


def hold_imports_off() -> None:
    """Until the transaction ends nothing is read in: what was parsed before would be stored after it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('erase:' || %s, 0))", [str(current_workspace())])


def hold_erasures_off() -> None:
    """Until the transaction ends nobody is erased. For whoever reads in; many may at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(hashtextextended('erase:' || %s, 0))", [str(current_workspace())]
        )


def _must_be_meant(person: Person, typed: str) -> None:
    if fold(typed) != fold(person.name):
        raise Trouble(
            _("To erase them for good, write their name as it stands here: %(name)s") % {"name": person.name},
            code="not-confirmed",
            field="name",
        )


def _must_be_free(person: Person) -> None:
    if signs_in([person.id]):
        raise Conflict(_("They sign in here. Let them go on the Team page first, then erase them."), code="signs-in")
    if Import.objects.filter(state__in=_AT_WORK).exists():
        raise Conflict(
            _("An import is not over yet, and its files may hold them. Let it end, or cancel it, then try again."),
            code="import-at-work",
        )


def _write_down(erasure_id: UUID, parts: Mapping[UUID, str]) -> None:
    """What stays with the others, and is to be without them."""
    ErasureItem.objects.bulk_create(
        ErasureItem(workspace_id=current_workspace(), erasure_id=erasure_id, interaction_id=one, part=part)
        for one, part in parts.items()
    )


def _write_down_what_is_to_do(erasure_id: UUID, people: Collection[UUID], addresses: list[str]) -> None:
    given = {**parts_of(people), "workspace": current_workspace(), "erasure": erasure_id, "addresses": addresses}
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS, given)
        cursor.execute(_NAMED, given)
        cursor.execute(_TITLES, given)


def _take_away(people: Collection[UUID], sought: Sought) -> None:
    """The person and, by the database, all rows of theirs; the tags and organizations that were theirs alone."""
    tags = list(PersonTag.objects.filter(person_id__in=people).values_list("tag_id", flat=True))
    places = list(Affiliation.objects.filter(person_id__in=people).values_list("organization_id", flat=True))
    forget_account(people, sorted(sought.addresses))
    Person.objects.filter(id__in=people).delete()
    Tag.objects.filter(id__in=tags).exclude(id__in=PersonTag.objects.values("tag_id")).delete()
    folded = [fold(name) for name in sought.names]
    left = Organization.objects.filter(id__in=places, is_home=False)
    for one in left.exclude(id__in=Affiliation.objects.values("organization_id")):
        if not one.touched_by_hand or any(name in one.sort_name for name in folded):
            one.delete()
