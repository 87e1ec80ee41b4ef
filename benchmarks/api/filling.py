"""A workspace as large as wanted: people by our own CSV import, what happened by one statement, judged by the worker's
own round. Everything is the viewer's, which is the dearest case: every row of a list has figures to work out.
"""

from __future__ import annotations

import csv
import importlib.util
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from uuid import UUID

from django.db import connection

from benchmarks.importing import newcomer
from rapport.accounts.access import Viewer
from rapport.accounts.keys import make_key
from rapport.accounts.rows import be_patient, in_workspace, plan_anew
from rapport.doors.operations.handing_over import hand_over
from rapport.interactions.imports import run_import
from rapport.interactions.models import Interaction
from rapport.interactions.words import keep_words
from rapport.kit import clock
from rapport.kit.pages import cursor_of
from rapport.people.models import Handle, Person
from rapport.relationships.refresh import read_far_on

ADDRESS = "maya@fernhill.example"
BUSIEST = 200  # interactions of the person with most
DEEP = 999 * 50  # people before the thousandth page

_IDENTIFIER = (
    "(lpad(to_hex((extract(epoch FROM {at}) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3)"
    " || '8' || substr(md5(random()::text), 1, 15))::uuid"
)
# Sixty words of 20,000, the commonest in nearly every text and the rarest in some three of a thousand, as in languages.
_TALK = (
    "(SELECT string_agg(translate(exp(random() * ln(20000))::int::text, '0123456789', 'ybcdefghuo') || 'a', ' ')"
    " FROM generate_series(1, 60 + 0 * turn))"
)
_HAPPEN = f"""
WITH happened AS MATERIALIZED (
  SELECT {_IDENTIFIER.format(at="at")} AS id, at, person_id, address, turn
  FROM (
    SELECT h.person_id, h.value AS address, turn,
      %(now)s - make_interval(days => turn * 97 + abs(hashtext(h.value)) %% 90, mins => abs(hashtext(h.value)) %% 600)
        AS at
    FROM handle h, generate_series(%(first)s::int, %(last)s::int) AS turn
    WHERE h.kind = 'email' AND h.person_id <> %(maya)s AND (%(only)s::uuid IS NULL OR h.person_id = %(only)s)
  ) AS when_it_was
), kept AS (
  INSERT INTO interaction (workspace_id, id, kind, origin, at, title, excerpt, question, language, automatic,
    list_address, all_day, is_cancelled, is_contact, group_size, owner_id, is_shared, by_hand, made_at)
  SELECT %(workspace)s, id, (ARRAY['mail', 'mail', 'call', 'meeting', 'note'])[turn %% 5 + 1], 'bench:' || id, at,
    CASE WHEN turn %% 5 < 2 THEN 'The renewal' ELSE '' END,
    (ARRAY['Called and left a voicemail about the renewal.', 'Met for coffee, talked about the spring programme.',
      'Sent the signed agreement and next steps.', 'Asked for a quote for twelve seats, follow up Friday.',
      'Birthday wishes sent; replied the same day.'])[turn %% 5 + 1],
    '', 'en', '', '', false, false, turn %% 5 < 4, 2, %(member)s, false, turn %% 5 > 1, at
  FROM happened
), theirs AS (
  INSERT INTO participant (workspace_id, id, interaction_id, person_id, part, response, address, at)
  SELECT %(workspace)s, gen_random_uuid(), id, person_id, CASE WHEN turn %% 2 = 0 THEN 'from' ELSE 'to' END, '',
    address, at FROM happened
), ours AS (
  INSERT INTO participant (workspace_id, id, interaction_id, person_id, part, response, address, at)
  SELECT %(workspace)s, gen_random_uuid(), id, %(maya)s, CASE WHEN turn %% 2 = 0 THEN 'to' ELSE 'from' END, '',
    %(own_address)s, at FROM happened
)
INSERT INTO message (workspace_id, id, interaction_id, message_id, in_reply_to, text, has_html, attachments)
SELECT %(workspace)s, gen_random_uuid(), id, '', '', 'Entry ' || id || ' of ' || address || ' ' || {_TALK},
  false, '[]' FROM happened
"""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a program needs to ask for what was put in. `cursor` leads to the thousandth page of names."""

    key: str
    people: list[str]
    busiest: str
    cursor: str
    rows_per_second: float


def fill(people: int, interactions: int, files_folder: Path, shared: Path, say: Callable[[str], None]) -> Filled:
    """So many people and interactions in a workspace of their own; the rate is that of the import of people."""
    viewer = newcomer(ADDRESS)
    path = files_folder / "people.csv"
    _write(path, people_of(shared), people)
    began = time.perf_counter()
    import_id, _journal = hand_over(viewer, [path], [], files_folder)
    run_import(viewer.workspace_id, import_id, files_folder, lambda _now: 0)
    rate = people / (time.perf_counter() - began)
    say(f"{people:,} people, {rate:,.0f} rows/s")
    busiest = _make_happen(viewer, interactions // people, say)
    _judge_all(viewer, say)
    _keep_all_words(viewer, say)
    with in_workspace(viewer.workspace_id):
        _row, key = make_key(viewer.membership_id, viewer.workspace_id, "bench", True, clock.now())
        return Filled(key, _some(viewer, people), str(busiest), _deep(min(DEEP, people // 2)), rate)


def _some(viewer: Viewer, people: int) -> list[str]:
    """Some five hundred people from everywhere in the alphabet of addresses."""
    everybody = Handle.objects.filter(kind="email").exclude(person_id=viewer.person_id).order_by("value")
    ids = everybody.values_list("person_id", flat=True)[: people : max(1, people // 500)]
    return [str(one) for one in ids]


def _deep(rows: int) -> str:
    name, last = Person.objects.order_by("listed_by", "id").values_list("listed_by", "id")[rows - 1]
    return cursor_of(["name", name, str(last)])


def people_of(shared: Path) -> ModuleType:
    """The people that other systems were given."""
    found = importlib.util.spec_from_file_location("people", shared / "bench/people.py")
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


def _write(path: Path, source: ModuleType, people: int) -> None:
    companies = source.companies()
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["First Name", "Last Name", "Email", "Phone", "Company"])
        for _i, first, last, email, phone, company in source.people(people):
            out.writerow([first, last, email, phone, companies[company]])


def _make_happen(viewer: Viewer, each: int, say: Callable[[str], None]) -> UUID:
    now = clock.now()
    with in_workspace(viewer.workspace_id):
        found = Handle.objects.filter(kind="email").exclude(person_id=viewer.person_id).order_by("value")
        busiest: UUID = found.values_list("person_id", flat=True)[1000]
    given = {"now": now, "maya": viewer.person_id, "workspace": viewer.workspace_id, "member": viewer.membership_id,
             "own_address": ADDRESS}  # fmt: skip
    everybody: list[tuple[int, int, UUID | None]] = [(turn, turn, None) for turn in range(each)]
    for first, last, only in [*everybody, (each, BUSIEST - 1, busiest)]:
        with in_workspace(viewer.workspace_id), connection.cursor() as cursor:
            cursor.execute(_HAPPEN, {**given, "first": first, "last": last, "only": only})
            cursor.execute(
                "INSERT INTO pair_change (workspace_id, id, home_person_id, person_id) "
                "SELECT %s, gen_random_uuid(), %s, person_id FROM handle "
                "WHERE kind = 'email' AND person_id <> %s AND %s AND (%s::uuid IS NULL OR person_id = %s)",
                [viewer.workspace_id, viewer.person_id, viewer.person_id, first in (0, each), only, only],
            )
        say(f"interactions {first + 1} of {each} for everybody")
    return busiest


def _keep_all_words(viewer: Viewer, say: Callable[[str], None]) -> None:
    began = time.perf_counter()
    with in_workspace(viewer.workspace_id):
        everything = list(Interaction.objects.order_by("id").values_list("id", flat=True))
    for first in range(0, len(everything), 10_000):
        with in_workspace(viewer.workspace_id):
            keep_words(everything[first : first + 10_000])
    say(f"words of {len(everything):,} kept, {len(everything) / (time.perf_counter() - began):,.0f}/s")


def _judge_all(viewer: Viewer, say: Callable[[str], None]) -> None:
    began, judged = time.perf_counter(), 0
    while True:
        with in_workspace(viewer.workspace_id):
            be_patient(60)
            many = read_far_on(clock.now())
        judged += many
        if not many:
            break
        if judged == many:
            plan_anew()
    say(f"{judged:,} relationships judged, {judged / (time.perf_counter() - began):,.0f}/s")
