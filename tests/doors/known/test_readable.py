"""The page and the file read like something a person would be handed: words, units, times where the reader is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.apps import apps

from rapport.accounts.rows import RowKey, TenantRow, in_workspace
from rapport.doors.known.everything import everything_about
from rapport.doors.known.files import html_of, told
from rapport.doors.known.labels import FOR_PROGRAMS, LABELS, is_for_programs
from rapport.doors.known.wording import SECTIONS, pairs_of, told_of
from rapport.people.models import Person
from tests.interactions.erasing.conftest import NOW, Home

ADDED = {  # columns that are put beside those of the tables
    "organization", "our_person", "noted_by", "done_by", "belongs_to", "done", "birthday", "is_private", "people",
    "with", "strength", "strength_word", "vitality", "tone", "strength_rows",
}  # fmt: skip
PARIS = ZoneInfo("Europe/Paris")


def columns() -> set[tuple[str, str]]:
    """Every column of every table that is told."""
    tables = [one for one in apps.get_app_config("rapport").get_models() if issubclass(one, TenantRow)]
    return {
        (one._meta.db_table, field.attname)
        for one in tables
        if one._meta.db_table in SECTIONS or any(_is_of_a_person(field) for field in one._meta.local_fields)
        for field in one._meta.local_fields
    }


def _is_of_a_person(field: object) -> bool:
    return isinstance(field, RowKey) and field.remote_field.model is Person


def test_every_column_that_is_told_has_a_label_or_is_left_to_programs() -> None:
    nameless = {
        f"{table}.{column}"
        for table, column in columns()
        if not is_for_programs(table, column) and f"{table}.{column}" not in LABELS and column not in LABELS
    }
    assert nameless == set(), "say in doors/known/labels.py what people call it"
    names = {column for _table, column in columns()}
    known = names | {f"{table}.{column}" for table, column in columns()} | ADDED
    assert (LABELS.keys() | FOR_PROGRAMS) - known == set()
    assert {str(label) for label in LABELS.values() if "_" in str(label)} == set()
    assert {table for table, _column in columns()} - SECTIONS.keys() == set(), "say in wording.py what it is called"


def test_what_is_planned_counts_only_once_it_takes_place() -> None:
    row = {"at": "2026-12-01T09:00:00+00:00", "comes_at": "2026-12-01T09:00:00+00:00", "is_contact": True}
    told = dict(pairs_of("interaction", row, PARIS))
    assert told["Counts as being in touch"] == "not before it takes place"
    assert dict(pairs_of("interaction", row | {"comes_at": None}, PARIS))["Counts as being in touch"] == "yes"


def test_a_row_is_told_in_words_with_units_and_where_the_reader_is() -> None:
    row = {
        "id": "0198f0e0-0000-7000-8000-000000000000", "kind": "meeting", "origin": "abc", "language": "de",
        "at": "2026-11-27T23:30:00+00:00", "until": None, "title": "", "minutes": 30, "is_cancelled": False,
        "by_hand": True, "people": ["Maya Okafor (organizer)", "Zoe (Zed) (attendee)"],
    }  # fmt: skip
    assert pairs_of("interaction", row, PARIS) == (
        ("Kind", "Meeting"),
        ("Language", "German"),
        ("When", "28 November 2026, 00:30"),
        ("How long", "30 minutes"),
        ("Written down by hand", "yes"),
        ("Who was in it", "invited by Maya Okafor, with Zoe (Zed)"),
    )
    assert pairs_of("standing", {"strength": 76, "vitality": 0.954, "tone": "doing_well"}, PARIS) == (
        ("Strength", "76 of 100"), ("Chance to be in touch again", "95 in 100"), ("How it is", "doing well"),
    )  # fmt: skip
    assert pairs_of("person", {"birthday_month": 8, "birthday_day": 6, "birthday_year": None}, PARIS) == (
        ("Birthday", "6 August"),
    )
    # Words somebody wrote stay as they are, also where they look like a time.
    assert pairs_of("fact", {"value": "2026-11-27T23:30:00+00:00", "noted_at": "2026-11-27T23:30:00+00:00"}, UTC) == (
        ("What", "2026-11-27T23:30:00+00:00"), ("Noted on", "27 November 2026, 23:30"),
    )  # fmt: skip
    assert pairs_of("withdrawn", {"kind": "fact", "value": "family:Bo"}, UTC) == (
        ("What was taken away", "A fact"), ("It said", "Bo"),
    )  # fmt: skip


def test_the_file_to_read_names_no_column_and_the_values_keep_exact_names(lived_in: Home) -> None:
    zoe = lived_in.zoe()
    assert zoe is not None
    with in_workspace(lived_in.by.viewer.workspace_id):
        viewer = replace(lived_in.by.viewer, time_zone="Europe/Paris")
        about = everything_about(viewer, zoe, NOW, whole=True)
        labels = {label for section in told_of(about) for row in section.rows for label, _value in row}
        page = html_of(about)
    assert {label for label in labels if "_" in label or label != label[:1].upper() + label[1:]} == set()
    local = datetime.fromisoformat(str(about.sections["interaction"][0]["at"])).astimezone(PARIS)
    assert f"{local:%Y, %H:%M}" in page
    assert "+00:00" not in page
    assert "Times are those of Europe/Paris." in page
    assert {"is_contact", "group_size", "made_at"} <= told(about)["sections"]["interaction"][0].keys()


def test_since_when_and_when_first_seen_are_one_day_where_the_reader_is(lived_in: Home) -> None:
    zoe = lived_in.zoe()
    assert zoe is not None
    with in_workspace(lived_in.by.viewer.workspace_id):
        about = everything_about(replace(lived_in.by.viewer, time_zone="Europe/Paris"), zoe, NOW)
        seen = {"kind": "email", "value": "zoe@quayside.example", "first_seen": "2026-04-13T23:45:00+00:00"}
        sections = {"affiliation": [{"since": "2026-04-13"}, {"since": "2020-01-01"}], "handle": [seen]}
        places, handles = told_of(replace(about, sections=sections))
    assert [dict(row)["Since"] for row in places.rows] == ["14 April 2026", "1 January 2020"]
    assert dict(handles.rows[0])["First seen"] == "14 April 2026, 01:45"


def test_folded_names_are_for_programs_or_shown_as_they_are_written() -> None:
    assert pairs_of("handle", {"kind": "phone", "called": ["anna størmer"]}, UTC) == (("Kind", "Telephone"),)
    row = {"name": "Jörg Müßigbrodt", "listed_as": "mussigbrodt, jorg"}
    assert dict(pairs_of("person", row, UTC))["Listed under"] == "Müßigbrodt, Jörg"
