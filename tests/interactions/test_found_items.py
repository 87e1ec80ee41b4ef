"""Every count of an import opens into what it counts: where it stood, why, what it became, and what was in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from rapport.accounts.acting import By
from rapport.channels.tables.columns import SAID, WHOSE
from rapport.interactions import found_items, mending
from rapport.interactions.brought import cards_about, how_many_aside, people_brought
from rapport.interactions.found_items import WHICH, FoundItem, Which, glances_at, items_of, own_item
from rapport.interactions.import_progress import page_of_imports, progress_of
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.interactions.joining import merge
from rapport.interactions.mending import rows_to_mend
from rapport.kit.trouble import NotAllowed, NotFound, Trouble
from rapport.people.models import Handle, Person
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db
TABLE = """Name,Email,Phone,Birthday
Broken Row,not-an-address,notaphone,99/99/9999
Bo Berg,bo@x.example,,1980-01-02
,,,
,,not a name <b>either</b>,
Bo Berg,bo@x.example,+44 20 7946 0123,
=HYPERLINK("x"),formula@x.example,,31/31/31
"""
MAIL = (
    "From: Priya Raman <priya@northwind.example>\nTo: maya@fernhill.example\n"
    "Date: Thu, 19 Nov 2026 10:00:00 +0000\nMessage-ID: <{n}@northwind.example>\nSubject: Rota {n}\n\nHello {n}.\n"
)
NOBODY = b"Subject: =?utf-8?q?F=C3=BCr_dich?=\nDate: Thu, 19 Nov 2026 08:00:00 +0000\n\nHello <i>\n"


@pytest.fixture
def read(by: By, settings: Any) -> Callable[..., UUID]:
    """Read these files, by name, as one import."""

    def read(files: dict[str, bytes | str]) -> UUID:
        folder = settings.HOUSE.files_folder
        given = [GivenFile(name, [one.encode() if isinstance(one, str) else one]) for name, one in files.items()]
        run = start_import(by, given, folder, ["maya@fernhill.example"]).import_id
        run_import(by.viewer.workspace_id, run, folder, read_on)
        return run

    return read


def all_of(by: By, run: UUID, which: Which, limit: int = 50, rule: str | None = None) -> list[FoundItem]:
    """Page by page."""
    found, cursor = list[FoundItem](), None
    while True:
        page = items_of(by.viewer, run, which, rule, cursor, limit)
        found += page.rows
        cursor = page.next
        if cursor is None:
            return found
        assert len(page.rows) == limit


@pytest.mark.parametrize(("few", "rare"), [(0, 1_000), (0, 2), (5_000, 1_000)])
def test_each_count_is_as_long_as_what_it_opens_into(
    by: By, read: Callable[..., UUID], monkeypatch: pytest.MonkeyPatch, few: int, rare: int
) -> None:
    monkeypatch.setattr(found_items, "FEW", few)
    monkeypatch.setattr(found_items, "RARE", rare)
    box = b"".join(b"From a@b.example Thu Nov 19 08:00:00 2026\n" + MAIL.format(n=n).encode() for n in range(7))
    run = read({"people.csv": TABLE, "box.mbox": box, "lost.eml": NOBODY, "again.csv": TABLE, "photo.jpg": b"\xff\xd8"})
    told = progress_of(by.viewer, run)
    counts = {"found": told.found, "stored": told.stored, "already": told.already, "left-out": told.skipped,
              "set-aside": told.quarantined, "in-part": told.in_part}  # fmt: skip
    assert counts.keys() == set(WHICH)
    assert all(counts.values())
    for which in WHICH:
        for limit in (1, 3, 50):
            found = all_of(by, run, which, limit)
            assert len(found) == counts[which] == len({one.id for one in found}), (which, limit)
    for rule, many in told.rules:
        assert len(all_of(by, run, "left-out", 2, rule)) == many


@pytest.mark.parametrize("above", ["", "Contacts of the autumn\n\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_row_is_counted_as_a_spreadsheet_does(by: By, read: Callable[..., UUID], above: str, end: str) -> None:
    """Whatever stands above it, within its cells, or is kept with it to know how it is meant."""
    table = (
        f"{above}Name,Email,Birthday,Ort\nBo Berg,bo@x.example,14/03/1985,Kiel\n"
        '"Ann\nAlder",ann@x.example,03/14/1985,\n\nBroken Row,not-an-address,02/03/1990,Kiel\n'
    )
    run = read({"people.csv": table.replace("\n", end)})
    (broken,) = [one for one in all_of(by, run, "in-part") if one.person and one.person[1] == "Broken Row"]
    assert broken.number == above.count("\n") + 5


@pytest.mark.parametrize(("proof", "day"), [("14/03/1985", (2, 3)), ("03/14/1985", (3, 2))])
def test_a_birthday_means_the_same_in_the_table_to_mend(
    by: By, read: Callable[..., UUID], settings: Any, proof: str, day: tuple[int, int]
) -> None:
    """What proved in which order the column is written stands in rows that need no mending."""
    table = f"Name,Email,Birthday\nBo Berg,bo@x.example,{proof}\nAnn Alder,not-an-address,02/03/1990\n"
    run = read({"people.csv": table})
    (broken,) = all_of(by, run, "in-part")
    assert own_item(by.viewer, run, broken.id)[1].decode() == table.replace(f"Bo Berg,bo@x.example,{proof}\n", "")
    mended = (
        rows_to_mend(by.viewer, run, settings.HOUSE.files_folder).body.decode().replace("not-an-address", "a@x.example")
    )
    read({"mended.csv": mended})
    ann = Handle.objects.get(value="a@x.example").person
    assert (ann.birthday_day, ann.birthday_month) == day


def test_of_a_column_that_contradicts_itself_the_table_to_mend_is_read_by_no_guess(
    by: By, read: Callable[..., UUID], settings: Any
) -> None:
    run = read({"people.csv": "Name,Email,Birthday\nBo,bo@x.example,14/03/1985\nCy,cy@x.example,03/14/1985\n"
                              "Ann Alder,no,02/03/1990\nDi Dahl,no,1990-04-05\n"})  # fmt: skip
    mended = rows_to_mend(by.viewer, run, settings.HOUSE.files_folder).body.decode().replace(",no,", ",,")
    assert "Birthday (DD/MM/YYYY, MM/DD/YYYY)" in mended
    again = progress_of(by.viewer, read({"mended.csv": mended}))
    assert again.in_part == 1
    born = Person.objects.filter(name__in=("Ann Alder", "Di Dahl")).order_by("name")
    assert list(born.values_list("birthday_month", "birthday_day")) == [(None, None), (4, 5)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-16-le"])
def test_a_row_comes_without_what_proves_its_birthday(
    by: By, read: Callable[..., UUID], settings: Any, encoding: str
) -> None:
    mark = "\ufeff" if encoding[-3:] in ("-be", "-le") else ""
    table = f"{mark}Name,Email,Birthday\r\nBo,bo@x.example,14/03/1985\r\nAnn Alder,no,02/03/1990\r\n"
    run = read({"people.csv": table.encode(encoding)})
    (broken,) = all_of(by, run, "in-part")
    raw = own_item(by.viewer, run, broken.id)[1]
    assert raw == table.replace("Bo,bo@x.example,14/03/1985\r\n", "").encode(encoding)


def test_rows_of_tables_with_and_without_headings_come_back_together(
    by: By, read: Callable[..., UUID], settings: Any
) -> None:
    run = read({"a.csv": "Name,Email,Phone\nAnn Alder,ann@x.example,none\n",
                "b.csv": "Bo Berg;bo@x.example\nCai Cole;cai@x\n"})  # fmt: skip
    given = rows_to_mend(by.viewer, run, settings.HOUSE.files_folder).body.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(given)))
    assert rows[0] == ["Name", "Email", "Phone", WHOSE, SAID]
    assert ["Cai Cole", "cai@x", "", "", rows[-1][-1]] == rows[-1]
    read({"mended.csv": given.replace("cai@x", "cai@x.example")})
    assert Handle.objects.get(value="cai@x.example").person.name == "Cai Cole"


def test_a_table_that_was_cut_says_so(
    by: By, read: Callable[..., UUID], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = read({"people.csv": TABLE})
    monkeypatch.setattr(mending, "MOST", 2)
    cut = rows_to_mend(by.viewer, run, settings.HOUSE.files_folder)
    assert cut.name == "rows-to-mend-2-of-4.csv"
    assert cut.sentence.startswith("These are the first 2 of 4 rows.")


def test_whether_there_is_a_table_to_mend_is_asked_of_some(
    by: By, read: Callable[..., UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = read({"people.csv": TABLE, "lost.eml": NOBODY})
    assert mending.has_rows_to_mend(by.viewer, progress_of(by.viewer, run))
    mails = read({"other.eml": NOBODY.replace(b"Hello", b"Hi")})
    assert not mending.has_rows_to_mend(by.viewer, progress_of(by.viewer, mails))


def test_a_row_is_told_with_its_place_and_what_was_in_it(by: By, read: Callable[..., UUID], settings: Any) -> None:
    run = read({"people.csv": TABLE})
    part = all_of(by, run, "in-part")
    assert [(one.file, one.number, one.unread) for one in part] == [
        ("people.csv", 2, "Email, Phone, Birthday"), ("people.csv", 7, "Birthday"),
    ]  # fmt: skip
    assert part[0].person is not None
    assert part[0].person[1] == "Broken Row"
    left = all_of(by, run, "left-out")
    assert [(one.number, one.reason) for one in left] == [(4, "nobody-on-it"), (5, "nobody-on-it")]
    held = glances_at([*part, *left], settings.HOUSE.files_folder)
    assert held[part[0].id].fields == (
        ("Name", "Broken Row"), ("Email", "not-an-address"), ("Phone", "notaphone"), ("Birthday", "99/99/9999"),
    )  # fmt: skip
    assert held[left[1].id].fields == (("Phone", "not a name <b>either</b>"),)


def test_a_mail_that_was_set_aside_is_told_by_its_subject(by: By, read: Callable[..., UUID], settings: Any) -> None:
    run = read({"lost.eml": NOBODY, "long.ics": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Lunch\nEND:VEVENT\n" * 1})
    found = all_of(by, run, "set-aside")
    held = glances_at(found, settings.HOUSE.files_folder)
    assert [held[one.id].heading for one in found] == ["Für dich", "Lunch"]
    assert "Hello <i>" in held[found[0].id].text
    assert own_item(by.viewer, run, found[0].id) == ("lost.eml", NOBODY)


def test_what_was_in_it_is_for_whoever_brought_it(by: By, read: Callable[..., UUID], settings: Any) -> None:
    run = read({"lost.eml": NOBODY, "people.csv": TABLE, "one.eml": MAIL.format(n=1)})
    colleague = replace(by.viewer, membership_id=uuid4(), person_id=uuid4(), role="owner")
    page = items_of(colleague, run, "found")
    assert len(page.rows) == progress_of(colleague, run).found
    assert glances_at(page.rows, settings.HOUSE.files_folder) == {}
    assert {one.interaction[1] for one in page.rows if one.interaction} == {""}
    with pytest.raises(NotAllowed):
        own_item(colleague, run, page.rows[0].id)
    with pytest.raises(NotAllowed):
        rows_to_mend(colleague, run, settings.HOUSE.files_folder)
    guest = replace(colleague, role="guest")
    for ask in (lambda: items_of(guest, run, "found"), lambda: people_brought(guest, run)):
        with pytest.raises(NotFound):
            ask()
    assert how_many_aside(guest) == (0, 0)


def test_rows_are_mended_and_imported_again(by: By, read: Callable[..., UUID], settings: Any) -> None:
    run = read({"people.csv": TABLE, "more.csv": "E-mail;Vorname\nno;\nanna@y.example;Anna\n"})
    given = rows_to_mend(by.viewer, run, settings.HOUSE.files_folder)
    rows = list(csv.reader(io.StringIO(given.body.decode("utf-8-sig"))))
    assert rows[0] == ["Name", "Email", "Phone", "Birthday", "E-mail", "Vorname", WHOSE, SAID]
    assert [row[:4] for row in rows[1:4]] == [
        ["Broken Row", "not-an-address", "notaphone", "99/99/9999"],
        ["", "", "not a name <b>either</b>", ""],
        ['\'=HYPERLINK("x")', "formula@x.example", "", "31/31/31"],
    ]
    assert [row[-1] for row in rows[1:]] == [
        "Not read: Email, Phone, Birthday.",
        "There is neither a name nor an address on it.",
        "Not read: Birthday.",
        "There is neither a name nor an address on it.",
    ]
    mended = given.body.decode().replace("not-an-address", "broken@x.example").replace("notaphone", "+44 20 7946 0999")
    again = progress_of(by.viewer, read({given.name: mended.replace("99/99/9999", "1999-09-09")}))
    assert (again.stored, again.skipped, again.in_part) == (2, 2, 1)
    assert not [one for one in all_of(by, again.id, "in-part") if SAID in one.unread]
    assert Handle.objects.filter(value="broken@x.example", person__name="Broken Row").exists()


def test_a_mended_row_is_of_the_person_it_became(by: By, read: Callable[..., UUID], settings: Any) -> None:
    """Also of somebody known by name alone, and merged with another since."""
    run = read({"people.csv": "Name,Organization,Birthday\nAnn Alder,Fernhill,99/99/9999\nBo Berg,,31/31/1980\n"})
    table = rows_to_mend(by.viewer, run, settings.HOUSE.files_folder).body.decode()
    ann, bo = Person.objects.get(name="Ann Alder"), Person.objects.get(name="Bo Berg")
    cai = Person.objects.create(workspace_id=by.viewer.workspace_id, name="Bo Berg-Cai", made_at=by.now)
    merge(by, cai.id, bo.id)
    mended = table.replace("99/99/9999", "1999-09-09").replace("31/31/1980", "1980-03-31").replace("Fernhill", "Elm")
    read({"mended.csv": mended})
    ann, cai = Person.objects.get(name__startswith="Ann"), Person.objects.get(id=cai.id)
    assert (ann.birthday_day, ann.birthday_month, cai.birthday_day) == (9, 9, 31)
    assert Person.objects.filter(name__startswith="Bo").count() == 2


def test_an_id_copied_down_over_the_rows_of_others_joins_nobody(
    by: By, read: Callable[..., UUID], settings: Any
) -> None:
    run = read({"people.csv": "Name,Birthday\nAnn Alder,99/99/9999\nCaspar Dahl,99/99/9999\n"})
    table = rows_to_mend(by.viewer, run, settings.HOUSE.files_folder).body.decode()
    ann, caspar = Person.objects.get(name="Ann Alder"), Person.objects.get(name="Caspar Dahl")
    read({"mended.csv": table.replace(str(caspar.id), str(ann.id)).replace("99/99/9999", "1999-09-09")})
    assert list(Person.objects.filter(birthday_day=9).order_by("name").values_list("name", flat=True)) == [
        "Ann Alder", "Caspar Dahl",
    ]  # fmt: skip


def test_a_sender_known_by_the_mailbox_alone_is_nobody(by: By, read: Callable[..., UUID]) -> None:
    box = b"From lone@robots.example Thu Nov 19 08:00:00 2026\nTo: maya@fernhill.example\nSubject: Hi\n\nHello\n"
    run = read({"box.mbox": box})
    assert progress_of(by.viewer, run).quarantined == 1
    assert not Handle.objects.filter(value="lone@robots.example").exists()


def test_of_a_long_file_what_is_rare_is_not_looked_for_row_by_row(
    by: By, read: Callable[..., UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"Person {n},p{n}@x.example\n" for n in range(40))
    run = read({"people.csv": f"Name,Email\n{rows},\n,\n"})
    monkeypatch.setattr(found_items, "FEW", 1)
    monkeypatch.setattr(found_items, "_WALK", "not to be asked")
    assert len(all_of(by, run, "left-out", 50, "nobody-on-it")) == 2


def test_somebody_brought_and_merged_was_not_here_before(by: By, read: Callable[..., UUID]) -> None:
    """Nor in several steps, nor where the one kept came with a mail of the same import."""
    run = read({"people.csv": "Name,Email\nBo Berg,bo@x.example\nBo Borg,borg@x.example\n",
                "one.eml": MAIL.format(n=1)})  # fmt: skip
    bo, borg = Person.objects.get(name="Bo Berg"), Person.objects.get(name="Bo Borg")
    priya = Handle.objects.get(value="priya@northwind.example").person
    merge(by, borg.id, bo.id)
    merge(by, priya.id, borg.id)
    about = cards_about(by.viewer, run)
    assert about is not None
    assert (about.cards, about.people, about.known) == (2, 1, 0)


def test_stored_cards_are_told_as_people(by: By, read: Callable[..., UUID]) -> None:
    run = read({"people.csv": TABLE})
    told = progress_of(by.viewer, run)
    about = cards_about(by.viewer, run)
    assert about is not None
    assert (told.stored, about.cards, about.people, about.brought, about.known) == (4, 4, 3, 3, 0)
    assert told.people == about.brought
    names = [one.name for one in people_brought(by.viewer, run).rows]
    assert len(names) == told.people
    first = people_brought(by.viewer, run, limit=2)
    rest = people_brought(by.viewer, run, first.next, limit=2)
    assert [one.name for one in (*first.rows, *rest.rows)] == names
    again = cards_about(by.viewer, read({"later.csv": "Name,Email\nBo Berg,bo@x.example\nCy Young,cy@x.example\n"}))
    assert again is not None
    assert (again.cards, again.people, again.brought, again.known) == (2, 2, 1, 1)


def test_older_imports_are_reached_page_by_page(by: By, read: Callable[..., UUID]) -> None:
    runs = [read({f"{n}.eml": NOBODY + b"%d" % n if n % 2 else MAIL.format(n=n)}) for n in range(7)]
    found, cursor = [], None
    while True:
        page = page_of_imports(by.viewer, cursor, 3)
        found += [one.id for one in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert found == runs[::-1]
    assert [one.id for one in page_of_imports(by.viewer, with_aside=True).rows] == runs[5::-2]
    assert how_many_aside(by.viewer) == (3, 3)
    assert page_of_imports(by.viewer).rows[0].by


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIiwiYiJd", "WyIyMDI2LTAxLTAxIiwiYSJd", "WyJhIiwxLDJd"])
def test_a_page_mark_that_is_not_ours_is_told(by: By, read: Callable[..., UUID], cursor: str) -> None:
    run = read({"people.csv": TABLE})
    for ask in (
        lambda: page_of_imports(by.viewer, cursor),
        lambda: people_brought(by.viewer, run, cursor),
        lambda: items_of(by.viewer, run, "found", None, cursor),
    ):
        with pytest.raises(Trouble) as refused:
            ask()
        assert refused.value.code == "bad-cursor"
