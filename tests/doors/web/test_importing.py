"""Giving files on the page and watching them being read."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.accounts.models import Membership
from rapport.channels.models import ImportFile
from rapport.channels.sandbox import Item, ParsingPool
from rapport.channels.sightings import Failure, Parsed
from rapport.doors.operations.catalogue import call
from rapport.interactions.imports import run_import
from rapport.interactions.models import Interaction
from rapport.people.models import Person
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db
HTML = """From: Priya Raman <priya@northwind.example>
To: maya@fernhill.example
Date: Thu, 19 Nov 2026 10:00:00 +0000
Subject: Rota for Leeds
Message-ID: <{number}@northwind.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p onclick="x()">Could you send the <b>two-site</b> version?</p><script>alert(1)</script>
<img src="https://tracker.example/p.gif"><form action="https://evil.example"><input name="password"></form>
"""


def _file(name: str, text: str) -> BytesIO:
    given = BytesIO(text.encode())
    given.name = name
    return given


def _import(client: Client, membership: Membership, *files: BytesIO) -> str:
    answer = client.post("/import", {"files": list(files), "as": "maya@fernhill.example"})
    assert answer.status_code == 303, answer.text
    address = str(answer.headers["Location"])
    assert "begins shortly" in client.get(address).text
    run_import(membership.workspace_id, UUID(address.rpartition("/")[2]), settings.HOUSE.files_folder, read_on)
    return address


def test_today_says_what_is_being_read_and_is_chosen_after_it(client_maya: Client, maya_membership: Membership) -> None:
    given = {"files": [_file("1.eml", HTML.format(number=1))], "as": "maya@fernhill.example"}
    address = client_maya.post("/import", given).headers["Location"]
    meanwhile = client_maya.get("/").text
    assert "Your mail is being read" in meanwhile
    assert f'href="{address}"' in meanwhile
    assert "Nobody needs you" not in meanwhile
    run_import(maya_membership.workspace_id, UUID(address.rpartition("/")[2]), settings.HOUSE.files_folder, read_on)
    after = client_maya.get("/").text
    assert "being read" not in after
    assert "Two-site" in after or "two-site" in after


def test_files_are_read_shown_and_taken_back(client_maya: Client, maya_membership: Membership) -> None:
    files = [_file(f"{number}.eml", HTML.format(number=number)) for number in (1, 2)]
    address = _import(client_maya, maya_membership, *files, _file("broken.eml", "\x00\x01 nonsense"))
    page = client_maya.get(address).text
    assert "all read" in page
    assert "Priya Raman" in page
    part = client_maya.get(f"{address}/progress", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "3 of 3 read" in part
    aside = client_maya.get(f"{address}/quarantine").text
    assert "broken.eml" in aside
    assert Interaction.objects.count() == 2
    assert client_maya.post(f"{address}/undo").headers["Location"] == address
    assert Interaction.objects.count() == 0
    undone = client_maya.get(address).text
    assert "undone" in undone
    assert "Nothing of it is here any more" in undone
    assert "0 of 0 read" not in undone


def test_what_was_left_out_is_named(client_maya: Client, maya: Viewer, maya_membership: Membership) -> None:
    pack = BytesIO()
    with zipfile.ZipFile(pack, "w") as archive:
        archive.writestr("Photos/<holiday>.jpg", b"\xff\xd8\xff\xe0 a picture")
        for number in range(6):
            archive.writestr(f"empty-{number}.eml", b"")
        archive.writestr("one.eml", HTML.format(number=1))
    given = BytesIO(pack.getvalue())
    given.name = "all.zip"
    address = _import(client_maya, maya_membership, given)
    page = client_maya.get(address).text
    assert "Photos/&lt;holiday&gt;.jpg</bdi>" in page
    assert "empty-0.eml</bdi>" in page
    assert "empty-5.eml</bdi>" not in page
    assert "and more" in page
    told = call("imports.get", maya, "cli", {"import_id": UUID(address.rpartition("/")[2])})
    assert {one.rule: one.files[0] for one in told.rules} == {
        "empty": "empty-0.eml", "unknown-format": "Photos/<holiday>.jpg",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("pause", "This import was over already, or rests."),
        ("cancel", "This import was over already."),
        ("resume", "This import goes on already, or is over."),
    ],
)
def test_a_button_pressed_as_it_ends_leads_back_to_the_import(
    client_maya: Client, maya_membership: Membership, verb: str, said: str
) -> None:
    address = _import(client_maya, maya_membership, _file("1.eml", HTML.format(number=1)))
    too_late = client_maya.post(f"{address}/{verb}")
    assert (too_late.status_code, too_late.headers["Location"]) == (303, address)
    page = client_maya.get(address).text
    assert said in page
    assert "all read" in page
    client_maya.post(f"{address}/undo")
    client_maya.post(f"{address}/undo")
    assert "This import was undone already." in client_maya.get(address).text


def test_cancelling_says_that_what_was_read_stays(client_maya: Client) -> None:
    sent = client_maya.post("/import", {"files": [_file("1.eml", HTML.format(number=1))]})
    address = sent.headers["Location"]
    client_maya.post(f"{address}/cancel")
    page = client_maya.get(address).text
    assert "Cancelled. What was read stays; you can undo it." in page
    assert f'action="{address}/undo"' in page


def test_a_formatted_mail_is_framed_and_harmless(client_maya: Client, maya_membership: Membership) -> None:
    _import(client_maya, maya_membership, _file("1.eml", HTML.format(number=1)))
    mail = Interaction.objects.get()
    page = client_maya.get(f"/interactions/{mail.id}").text
    assert f'<iframe class="mail" src="/interactions/{mail.id}/html" sandbox="allow-popups' in page
    assert "1 remote picture" in page
    framed = client_maya.get(f"/interactions/{mail.id}/html")
    assert "<b>two-site</b>" in framed.text
    for foreign in ("script", "onclick", "tracker.example", "evil.example", "<input"):
        assert foreign not in framed.text
    policy = framed.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'")
    assert "frame-ancestors 'self'" in policy
    assert framed.text.count("/static/frame.css") == 1
    assert client_maya.get("/static/frame.css").headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client_maya.get("/static/rapport.css").headers["Cross-Origin-Resource-Policy"] == "same-origin"


PLAIN = """From: Priya Raman <priya@northwind.example>
To: maya@fernhill.example
Date: Thu, 19 Nov 2026 10:00:00 +0000
Message-ID: <plain@northwind.example>

Could you send the two-site version?

On Wed, Maya wrote:
> Leeds opens in March.
"""


def test_what_was_quoted_is_folded_below(client_maya: Client, maya_membership: Membership, colleague: Client) -> None:
    _import(client_maya, maya_membership, _file("1.eml", PLAIN))
    address = f"/interactions/{Interaction.objects.get().id}"
    page = client_maya.get(address).text
    words, _, below = page.partition('<details class="fold"><summary>What was quoted below</summary>')
    assert "two-site" in words
    assert "Leeds opens" not in words
    assert "Leeds opens in March." in below
    assert client_maya.get(f"{address}/html").status_code == 404
    assert "Leeds" not in colleague.get(address).text


def test_a_mail_is_cleaned_when_the_transaction_is_over(
    client_maya: Client, maya_membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    _import(client_maya, maya_membership, _file("1.eml", HTML.format(number=1)))
    mail = Interaction.objects.get()
    around = len(connection.savepoint_ids)
    inside: list[int] = []

    def parse(pool: ParsingPool, items: list[Item]) -> list[Parsed]:
        inside.append(len(connection.savepoint_ids) - around)
        return [Parsed(failure=Failure("took-too-long")) for _ in items]

    monkeypatch.setattr(ParsingPool, "parse", parse)
    page = client_maya.get(f"/interactions/{mail.id}")
    assert "two-site" in page.text
    assert "iframe" not in page.text
    assert client_maya.get(f"/interactions/{mail.id}/html").status_code == 404
    assert inside == [0, 0]


def test_what_is_private_stays_with_those_in_it(
    client_maya: Client, maya_membership: Membership, colleague: Client
) -> None:
    _import(client_maya, maya_membership, _file("1.eml", HTML.format(number=1)))
    mail = Interaction.objects.get()
    page = colleague.get(f"/interactions/{mail.id}")
    assert page.status_code == 200
    assert "Private." in page.text
    assert "Leeds" not in page.text
    assert colleague.get(f"/interactions/{mail.id}/html").status_code == 403


def test_nothing_given_is_said_and_guests_do_not_import(client_maya: Client, guest: Client) -> None:
    answer = client_maya.post("/import", {"as": ""})
    assert answer.status_code == 400
    assert "Choose at least one file." in answer.text
    assert guest.get("/import").status_code == 403


def test_what_is_no_address_is_said_and_kept_as_typed(client_maya: Client) -> None:
    typed = "maya@fernhill.example, notanaddress"
    answer = client_maya.post("/import", {"as": typed, "files": _file("1.eml", HTML.format(number=1))})
    assert answer.status_code == 422
    assert "“notanaddress” is no e-mail address." in answer.text
    assert f'value="{typed}"' in answer.text


def test_a_stranger_fills_no_disk(monkeypatch: Any, client_maya: Client) -> None:
    """The body of somebody who is not signed in is not even read."""
    monkeypatch.setattr("django.http.multipartparser.MultiPartParser.parse", _never)
    big = _file("big.mbox", "x" * 200_000)
    assert Client().post("/import", {"files": big}).headers["Location"] == "/accounts/login"


def _never(*_: object) -> None:
    raise AssertionError("it was read")


def test_a_folder_of_many_is_laid_together_before_the_transaction_begins(
    client_maya: Client, maya_membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def packed_too_late(_files: object) -> None:
        raise AssertionError("many files are packed while the transaction is open")

    monkeypatch.setattr("rapport.interactions.imports.packed", packed_too_late)
    files = [_file(f"{n}.eml", HTML.format(number=n)) for n in range(23)]
    given = {
        "files": files,
        "paths": json.dumps([f"Mail/cur/{n}.eml" for n in range(23)]),
        "as": "maya@fernhill.example",
    }
    address = str(client_maya.post("/import", given).headers["Location"])
    run_import(maya_membership.workspace_id, UUID(address.rpartition("/")[2]), settings.HOUSE.files_folder, read_on)
    said = client_maya.get(address).text
    assert "0.eml and 22 more" in said
    assert Interaction.objects.count() == 23
    assert not list(settings.HOUSE.files_folder.glob("*.upload"))


@pytest.mark.parametrize(
    "paths", ["", "[", "[" * 100_000, "{}", "[1, 2]", '["one.eml"]', '["\\ud800", "\\u0000"]', "null"]
)
def test_paths_that_make_no_sense_stop_nothing(client_maya: Client, paths: str) -> None:
    given = {"files": [_file("a.eml", HTML.format(number=1)), _file("b.eml", HTML.format(number=2))], "paths": paths}
    assert client_maya.post("/import", given).status_code == 303
    assert ImportFile.objects.count() == 2


def test_a_timeline_says_who_wrote_where_it_was_not_whose_it_is(
    client_maya: Client, maya_membership: Membership
) -> None:
    mail = (
        "From: {by}\nTo: {to}\nDate: Thu, 19 Nov 2026 1{n}:00:00 +0000\nSubject: {by}\nMessage-ID: <{n}@x>\n\nHello\n"
    )
    priya, tomas, maya = "Priya Raman <priya@n.example>", "Tomas Vik <tomas@n.example>", "maya@fernhill.example"
    written = [(priya, maya), (tomas, f"{maya}, {priya}"), (maya, priya)]
    files = [_file(f"{n}.eml", mail.format(by=by, to=to, n=n)) for n, (by, to) in enumerate(written)]
    _import(client_maya, maya_membership, *files)
    page = client_maya.get(f"/people/{Person.objects.get(name='Priya Raman').id}").text
    assert "from Tomas Vik" in page
    assert "from you" in page
    assert "from Priya Raman" not in page


def test_what_could_not_be_read_on_a_row_is_said(
    client_maya: Client, maya_membership: Membership, maya: Viewer
) -> None:
    table = "Name,Email,Phone,Birthday\nBroken Row,not-an-address,notaphone,99/99/9999\nBo,bo@x.example,,1980-01-02\n"
    address = _import(client_maya, maya_membership, _file("people.csv", table))
    page = client_maya.get(address).text
    broken = Person.objects.get(name="Broken Row")
    assert "Read in part: 1 card or row" in page
    assert "Email, Phone, Birthday" in page
    assert f'href="/people/{broken.id}"' in page
    told = call("imports.get", maya, "api", {"import_id": address.rpartition("/")[2]})
    assert (told.stored, told.in_part, told.automatic) == (2, 1, [])
    assert [(one.fields, [who.name for who in one.people]) for one in told.parts] == [
        ("Email, Phone, Birthday", ["Broken Row"])
    ]
    assert "Some fields held what could not be read" in client_maya.get(f"/people/{broken.id}/known").text


def test_columns_nobody_knows_and_days_that_may_be_two_are_said(
    client_maya: Client, maya_membership: Membership, maya: Viewer
) -> None:
    days = "02/03/1990", "14/03/1985", "03/15/1985"
    rows = "".join(f"P{n},p{n}@x.example,{one},Bern\n" for n, one in enumerate(days))
    address = _import(client_maya, maya_membership, _file("people.csv", f"Name,Email,Geburtstag,Ort\n{rows}"))
    page = client_maya.get(address).text
    assert "Read in part: 1 card or row" in page
    assert "A birthday such as 3/2/1990 may be two days" in page
    assert "Read in part: 1 table, some columns of which we do not know" in page
    assert "We do not know what these columns hold" in page
    assert "<bdi>Ort</bdi>" in page
    assert '<bdi class="quiet" dir="ltr">people.csv</bdi>' in page
    assert "Read in part: 1 table, some columns of which we do not know" in client_maya.get("/import").text
    told = call("imports.get", maya, "api", {"import_id": address.rpartition("/")[2]})
    assert (told.found, told.stored, told.skipped, told.rules) == (3, 3, 0, [])
    assert [(one.fields, one.sentence[:10]) for one in told.parts] == [("Geburtstag", "A birthday")]
    assert [(one.file, one.columns) for one in told.tables] == [("people.csv", "Ort")]
    assert (told.tables_in_part, told.tables_in_part_sentence[:14]) == (1, "We do not know")


def test_an_own_address_that_is_none_is_said_beside_its_field(client_maya: Client) -> None:
    answer = client_maya.post("/import", {"files": [_file("1.eml", HTML)], "as": "notanaddress"})
    assert answer.status_code == 422
    assert 'id="mine-error"' in answer.text
    assert 'value="notanaddress"' in answer.text
    assert 'id="files-error"' not in answer.text
