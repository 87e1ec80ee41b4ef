"""Every column has a decision; every word that may be a person's is told, and none is left once they are erased."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from rapport.accounts.models import JournalEntry
from rapport.accounts.rows import TenantRow, in_workspace
from rapport.channels.models import ImportFile, ImportItem, Source
from rapport.doors.known.asking import whole_for_them
from rapport.doors.known.decisions import APART, TOLD
from rapport.doors.known.everything import everything_about
from rapport.doors.known.files import told, zip_of
from rapport.interactions.models import Interaction, Message
from rapport.people.models import Person
from tests.interactions.erasing.conftest import NOW, ZOE, Home

# What is told but cannot be planted: made by the database, an identity others rest on, or a fixed word.
NOT_PLANTED = {
    "person.listed_by", "person.sort_name", "person.listed_as", "interaction.origin", "raw_item.body",
    "raw_item.format", "import_item.outcome", "import_item.reason", "import_file.format", "interaction.kind",
    "relationship.state", "merge.moved", "journal_entry.verb", "journal_entry.door", "participant.part",
    "participant.response", "handle.kind", "handle.value", "handle.origin", "wish.kind", "withdrawn.kind",
    "organization.sort_name", "organization.domain", "person.portrait", "person.time_zone", "affiliation.origin",
    "suggestion.state", "suggestion.rule", "suggestion.care", "suggestion.ways", "suggestion.evidence",
    "source.kind", "source.name", "import_file.name", "address_part.address", "address_part.part",
    "today_list.considered", "interaction.automatic", "interaction.list_address", "interaction.language",
    "participant.address", "fact.learnt", "thread.root", "message.message_id", "message.in_reply_to",
}  # fmt: skip


def worded() -> set[str]:
    """Every column of a workspace that can hold words, from the catalogue of tables."""
    kinds = (
        models.TextField,
        models.CharField,
        models.JSONField,
        models.BinaryField,
        models.GeneratedField,
        ArrayField,
    )
    return {
        f"{table._meta.db_table}.{field.name}"
        for table in apps.get_app_config("rapport").get_models()
        if issubclass(table, TenantRow)
        for field in table._meta.local_fields
        if isinstance(field, kinds)
    }


def decided() -> set[str]:
    return {f"{table}.{column}" for table, columns in TOLD.items() for column in columns}


def test_every_column_that_can_hold_words_has_a_decision() -> None:
    assert worded() - decided() - APART.keys() == set(), "say in doors/known/decisions.py whether it is told"
    assert decided() & APART.keys() == set()
    assert (decided() | APART.keys()) - worded() == set()
    assert decided() >= NOT_PLANTED


def planted(home: Home, zoe: UUID) -> dict[str, str]:
    """A mark of its own in a row of hers, for every column that is told and can hold one."""
    marks: dict[str, str] = {}
    about = everything_about(home.by.viewer, zoe, NOW, whole=True)
    tables = {one._meta.db_table: one for one in apps.get_app_config("rapport").get_models()}
    for number, column in enumerate(sorted(decided() - NOT_PLANTED)):
        table, name = column.split(".")
        rows = about.sections[table]
        assert rows, f"Zoe has nothing in {table}: plant it in the fixture"
        mark = f"planted{number:03}x"
        field = tables[table]._meta.get_field(name)
        value: Any = {"left_out": [], "said": mark} if isinstance(field, models.JSONField) else mark
        if column == "message.attachments":
            value = [{"name": mark, "media_type": "text/plain", "size": 1}]
        if isinstance(field, models.BinaryField):
            value = mark.encode()
        if isinstance(field, ArrayField):
            value = [mark]
        tables[table]._default_manager.filter(id=rows[0]["id"]).update(**{name: value})
        marks[column] = mark
    return marks


def test_every_planted_word_is_told_and_none_is_left_after_erasing(
    lived_in: Home,
    erased: Callable[[], None],
) -> None:
    zoe = lived_in.zoe()
    assert zoe is not None
    with in_workspace(lived_in.by.viewer.workspace_id):
        _remind_of(zoe, lived_in)
        marks = planted(lived_in, zoe)
        Person.objects.filter(id=zoe).update(name="Zoe Mark02name")
        about = everything_about(lived_in.by.viewer, zoe, NOW, whole=True)
        said = json.dumps(told(about), ensure_ascii=False)
        said += "".join(
            base64.b64decode(row["prefix"]).decode() for row in about.sections["import_item"] if row["prefix"]
        )
        missing = {column for column, mark in marks.items() if mark not in said} - {"person.name"}
        assert missing == set()
    erased()
    left = lived_in.everything()
    assert {column for column, mark in marks.items() if mark in left} == set()


def _remind_of(zoe: UUID, home: Home) -> None:
    """A day's list of Maya's with Zoe on it, and what somebody said is not so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO today_list (workspace_id, id, home_person_id, day, made_at, considered)"
            " VALUES (%s, gen_random_uuid(), %s, '2026-11-20', now(), '{}') RETURNING id",
            [home.by.viewer.workspace_id, home.by.viewer.person_id],
        )
        (today,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO suggestion (workspace_id, id, today_list_id, home_person_id, person_id, day, rank, moment,"
            " rule, care, reason, evidence, ways, minutes, state)"
            " VALUES (%s, gen_random_uuid(), %s, %s, %s, '2026-11-20', 1, 'm', 'silence', 'stay-close', '{}', '[]',"
            " '[]', 5, 'open')",
            [home.by.viewer.workspace_id, today, home.by.viewer.person_id, zoe],
        )
        cursor.execute(
            "INSERT INTO withdrawn (workspace_id, id, person_id, kind, value, said_at)"
            " VALUES (%s, gen_random_uuid(), %s, 'fact', 'x', now())",
            [home.by.viewer.workspace_id, zoe],
        )
        cursor.execute(
            "INSERT INTO address_part (workspace_id, id, interaction_id, address, name, part, response, is_list, at)"
            " SELECT workspace_id, gen_random_uuid(), id, %s, '', 'bounced', '', false, at FROM interaction"
            " WHERE title = 'mark04subject'",
            [ZOE],
        )


def test_the_whole_file_holds_a_page_the_values_and_the_bytes(lived_in: Home) -> None:
    zoe = lived_in.zoe()
    assert zoe is not None
    with in_workspace(lived_in.by.viewer.workspace_id):
        about = whole_for_them(lived_in.by, zoe, "By letter of 3 November.")
        entry = JournalEntry.objects.get(verb="person.known")
    assert (entry.subject_id, entry.values) == (zoe, {"why": "By letter of 3 November."})
    archive = zipfile.ZipFile(io.BytesIO(zip_of(about)))
    originals = [name for name in archive.namelist() if name.startswith("originals/")]
    assert any(b"mark05text" in archive.read(one) for one in originals)
    assert any(b"mark18note" in archive.read(one) for one in originals)
    assert not any(b"Between us: fine." in archive.read(one) for one in originals)
    page = archive.read("read-me.html").decode()
    for mark in (
        "mark05text",
        "mark18note",
        "mark22meeting",
        "mark30note",
        "mark32fact",
        "mark12broken",
        "Maya Okafor",
    ):
        assert mark in page or mark == "mark12broken", mark
    assert json.loads(archive.read("everything.json"))["is_whole"] is True


@pytest.mark.parametrize("is_whole", [False, True])
def test_words_one_may_not_read_are_in_the_file_for_her_alone(lived_in: Home, is_whole: bool) -> None:
    zoe = lived_in.zoe()
    assert zoe is not None
    with in_workspace(lived_in.by.viewer.workspace_id):
        colleague = replace(lived_in.by.viewer, membership_id=uuid4(), person_id=uuid4())
        said = json.dumps(told(everything_about(colleague, zoe, NOW, whole=is_whole)))
    assert ("mark05text" in said) is is_whole
    assert ("mark04subject" in said) is is_whole
    assert "mark30note" in said
    assert "Between us: fine." not in said


def test_a_colleague_is_told_nothing_of_anothers_day_or_mail(lived_in: Home) -> None:
    """What somebody is reminded of is theirs; and with the name of a mail one could write another that answers it."""
    zoe = lived_in.zoe()
    assert zoe is not None
    with in_workspace(lived_in.by.viewer.workspace_id):
        _remind_of(zoe, lived_in)
        private = Interaction.objects.get(title="mark04subject")
        Message.objects.filter(interaction=private).update(message_id="takeover@x", in_reply_to="offer@x")
        ImportItem.objects.filter(interaction_id=private.id).update(name="Takeover by Aurora.eml")
        ImportFile.objects.all().update(name="Takeover by Aurora.zip")
        Source.objects.all().update(name="Takeover by Aurora.zip")
        colleague = replace(lived_in.by.viewer, membership_id=uuid4(), person_id=uuid4())
        theirs = everything_about(colleague, zoe, NOW)
        hers = everything_about(lived_in.by.viewer, zoe, NOW)
    assert (len(theirs.sections["suggestion"]), len(hers.sections["suggestion"])) == (0, 1)
    for secret in ("takeover@x", "offer@x", str(private.origin), "Takeover by Aurora.eml"):
        assert secret not in json.dumps(told(theirs)), secret
        assert secret in json.dumps(told(hers)), secret
    closed = {one["id"] for one in theirs.sections["interaction"] if one["is_private"]}
    open_files = {one["file_id"] for one in theirs.sections["import_item"] if one["interaction_id"] not in closed}
    named = {one["id"] for one in theirs.sections["import_file"] if one["name"]}
    assert named == open_files & {one["id"] for one in theirs.sections["import_file"]}
