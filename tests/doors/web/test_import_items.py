"""Every count of an import is a link to what it counts; older imports and what was set aside are reached."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rapport.accounts.models import JournalEntry, Membership
from rapport.interactions.imports import run_import
from rapport.people.models import Person
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db
AROUND = 13  # session, user, its last sign of life, memberships, the transaction, the shell
NOBODY = "Subject: A lost <b>letter</b>\nDate: Thu, 19 Nov 2026 08:00:00 +0000\n\nHello\n"


def _read(client: Client, membership: Membership, **files: str) -> str:
    """Import these, named as their keywords."""
    given = []
    for name, text in files.items():
        given.append(BytesIO(text.encode()))
        given[-1].name = name.replace("__", ".")
    address = str(client.post("/import", {"files": given, "as": "maya@fernhill.example"}).headers["Location"])
    run_import(membership.workspace_id, UUID(address.rpartition("/")[2]), settings.HOUSE.files_folder, read_on)
    return address


def _table(rows: int, broken: int) -> str:
    lines = [f"Person {n},person{n}@x.example" for n in range(rows)] + [f"Broken {n},nobody{n}" for n in range(broken)]
    return "\n".join(["Name,Email", *lines, ",", ",no name <i>here</i>", '"Person 0",person0@x.example', ""])


def test_all_rows_read_in_part_are_reached_from_the_count(client_maya: Client, maya_membership: Membership) -> None:
    address = _read(client_maya, maya_membership, people__csv=_table(30, 60))
    page = client_maya.get(address).text
    link = re.search(rf'href="({address}/items\?which=in-part)"', page)
    assert link
    names, next_page = list[str](), link[1]
    while next_page:
        part = client_maya.get(next_page).text
        names += re.findall(r'class="link" href="/people/[0-9a-f-]+"><bdi>([^<]*)', part)
        more = re.search(r'href="([^"]*after=[^"]*)"', part)
        next_page = more[1].replace("&amp;", "&") if more else ""
    assert names == [f"Broken {n}" for n in range(60)]
    first = client_maya.get(link[1]).text
    assert "people.csv, row 32" in first
    assert "Not read: Email." in first
    assert "<bdi>nobody0</bdi>" in first


def test_of_blank_rows_alone_it_is_said_that_nothing_is_to_be_mended(
    client_maya: Client, maya_membership: Membership
) -> None:
    address = _read(client_maya, maya_membership, people__csv="Name,Email\nBo Berg,bo@x.example\n,\n ,\n")
    answer = client_maya.get(f"{address}/to-mend")
    assert answer.status_code == 404
    assert "No row of a table was left out of this import." in answer.text


def test_a_row_left_out_is_told_with_its_number_and_what_was_in_it(
    client_maya: Client, maya_membership: Membership
) -> None:
    address = _read(client_maya, maya_membership, people__csv=_table(1, 0))
    page = client_maya.get(address).text
    assert f'href="{address}/items?which=left-out"' in page
    left_out = client_maya.get(f"{address}/items?which=left-out").text
    assert "people.csv, row 4" in left_out
    assert "There is neither a name nor an address on it." in left_out
    assert "no name &lt;i&gt;here&lt;/i&gt;" in left_out
    assert f'href="{address}/to-mend"' in left_out
    table = client_maya.get(f"{address}/to-mend")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert "no name <i>here</i>" in table.text
    one_rule = client_maya.get(f"{address}/items?which=left-out&rule=nobody-on-it").text
    assert "Show the others, too" in one_rule
    assert "There is nothing here" in client_maya.get(f"{address}/items?which=left-out&rule=empty").text


def test_stored_and_brought_are_told_apart(client_maya: Client, maya_membership: Membership) -> None:
    address = _read(client_maya, maya_membership, people__csv=_table(2, 0))
    page = client_maya.get(address).text
    assert "3 cards and rows were stored. They are about 2 people." in page
    assert f'href="{address}/people">It brought 2 people</a>' in page
    brought = client_maya.get(f"{address}/people").text
    assert ("Person 0" in brought, "Person 1" in brought) == (True, True)


def test_colleagues_it_brought_are_among_the_first_people(client_maya: Client, maya_membership: Membership) -> None:
    address = _read(
        client_maya, maya_membership, people__csv="Name,Email\nAli Reza,ali@fernhill.example\nBo,bo@x.example\n"
    )
    page = client_maya.get(address).text
    assert "It brought 2 people" in page
    faces = page.partition('<ul class="faces">')[2].partition("</ul>")[0]
    assert ("Ali Reza" in faces, ">Bo<" in faces) == (True, True)


def test_what_is_set_aside_is_told_with_its_subject_and_given_out(
    client_maya: Client, maya_membership: Membership, colleague: Client
) -> None:
    address = _read(client_maya, maya_membership, lost__eml=NOBODY)
    for on_the_way in ("/import", "/find?q=set+aside"):
        assert 'href="/imports?aside=1"' in client_maya.get(on_the_way).text
    assert f'href="{address}/quarantine"' in client_maya.get("/imports?aside=1").text
    aside = client_maya.get(f"{address}/quarantine").text
    assert '<b class="strong"><bdi>lost.eml</bdi></b>' in aside
    assert "A lost &lt;b&gt;letter&lt;/b&gt;" in aside
    assert "It names no sender." in aside
    raw = re.search(r'href="([^"]*/raw)"', aside)
    assert raw
    assert client_maya.get(raw[1]).content == NOBODY.encode()
    theirs = colleague.get(f"{address}/quarantine").text
    assert ("lost.eml" in theirs, "lost &lt;b&gt;" in theirs, "Try again" in theirs) == (True, False, False)
    assert colleague.get(raw[1]).status_code == 403


def test_older_imports_are_listed(client_maya: Client, maya_membership: Membership) -> None:
    addresses = [
        _read(client_maya, maya_membership, **{f"n{n}__csv": f"Name,Email\nP{n},p{n}@x.example\n"}) for n in range(7)
    ]
    assert 'href="/imports"' in client_maya.get("/import").text
    listed = client_maya.get("/imports").text
    assert [one for one in addresses if f'href="{one}"' in listed] == addresses
    assert "Nothing is set aside" in client_maya.get("/imports?aside=1").text


def test_pages_of_an_import_ask_few_queries(client_maya: Client, maya_membership: Membership) -> None:
    box = "".join(f"From a@b.example Thu Nov 19 08:00:00 2026\nFrom: P{n} <p{n}@x.example>\nTo: maya@fernhill.example\n"
                  f"Date: Thu, 19 Nov 2026 10:00:00 +0000\nMessage-ID: <{n}@x>\nSubject: S{n}\n\nHi\n"
                  for n in range(60))  # fmt: skip
    address = _read(client_maya, maya_membership, people__csv=_table(60, 9), lost__eml=NOBODY, box__mbox=box)
    for page, most in {
        address: 18, f"{address}/items": 13, f"{address}/items?which=in-part": 13, f"{address}/quarantine": 13,
        f"{address}/people": 13, "/imports": 5, f"{address}/undo": 9, f"{address}/to-mend": 6,
    }.items():  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert client_maya.get(page).status_code == 200
        assert len(asked) <= most + AROUND, (page, len(asked) - AROUND, [one["sql"][:100] for one in asked])


def test_an_import_that_brought_many_asks_once(client_maya: Client, maya_membership: Membership) -> None:
    address = _read(client_maya, maya_membership, people__csv=_table(25, 0))
    assert f'href="{address}/undo"' in client_maya.get(address).text
    asked = client_maya.post(f"{address}/undo")
    assert asked.status_code == 200
    assert "25 people it brought" in asked.text
    assert "What would stay" in asked.text
    assert Person.objects.filter(name__startswith="Person").count() == 25
    by_key = client_maya.post("/undo")
    assert by_key.headers["Location"] == f"{address}/undo"
    assert Person.objects.filter(name__startswith="Person").count() == 25
    changed = Person.objects.get(name="Person 3")
    client_maya.post(f"/people/{changed.id}/edit", {"name": "Person Three"})
    said = client_maya.get(f"{address}/undo").text
    assert ("24 people it brought" in said, "1 person you changed or wrote about" in said) == (True, True)
    done = client_maya.post(f"{address}/undo", {"sure": "1"})
    assert (done.status_code, done.headers["Location"]) == (303, address)
    assert list(Person.objects.filter(name__startswith="Person").values_list("name", flat=True)) == ["Person Three"]


def test_a_small_import_is_taken_back_at_once(client_maya: Client, maya_membership: Membership) -> None:
    address = _read(client_maya, maya_membership, people__csv=_table(3, 0))
    assert client_maya.post(f"{address}/undo").status_code == 303
    assert not Person.objects.filter(name__startswith="Person").exists()


def test_a_small_import_on_which_a_talk_rests_asks_first(client_maya: Client, maya_membership: Membership) -> None:
    address = _read(client_maya, maya_membership, people__csv=_table(3, 0))
    one = Person.objects.get(name="Person 1")
    client_maya.post("/log", {"text": "called them, the rota works", "person": str(one.id)})
    asked = client_maya.post(f"{address}/undo")
    assert asked.status_code == 200
    assert "It brought many" not in asked.text
    assert ("2 people it brought" in asked.text, "1 person you changed or wrote about" in asked.text) == (True, True)
    entry = JournalEntry.objects.get(verb="import.start")
    assert client_maya.post(f"/undo/{entry.id}").headers["Location"] == f"{address}/undo"
    assert client_maya.post(f"{address}/undo", {"sure": "1"}).status_code == 303
    assert [one.name for one in Person.objects.filter(name__startswith="Person")] == ["Person 1"]
