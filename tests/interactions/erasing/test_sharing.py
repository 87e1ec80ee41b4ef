"""One of two who share an address of mail is erased: the other keeps it, and they come back by it no more."""

from __future__ import annotations

from collections import Counter

import pytest

from rapport.accounts.rows import in_workspace
from rapport.channels.models import ImportItem
from rapport.interactions.erasing.beginning import erase
from rapport.interactions.erasing.coming_back import erase_again
from rapport.interactions.erasing.going_on import go_on
from rapport.interactions.erasing.plan import let_come_back, plan_of
from rapport.interactions.models import Erasure, ErasureItem, Message, Participant
from rapport.people.models import Fact, Handle, Person, Tombstone
from rapport.people.opening import open_person

from .conftest import Home

FAMILY = "family@ohm.example"
PETER = b"Name,E-mail,Notes\nPeter Ohm,family@ohm.example,Likes tea\n"
PETRA = b"Name,E-mail,Notes\nPetra Ohm,family@ohm.example,Likes coffee\n"


def letter(origin: str, sender: str, to: str, text: str) -> bytes:
    return (
        f"From: {sender}\nTo: {to}\nDate: Mon, 16 Nov 2026 09:12:00 +0000\n"
        f"Message-ID: <{origin}@ohm.example>\nSubject: {origin}\n\n{text}\n"
    ).encode()


MAYA = "Maya Okafor <maya@fernhill.example>"
MAILS = {
    "1.eml": letter("of-peter", f"Peter Ohm <{FAMILY}>", MAYA, "I like tea."),
    "2.eml": letter("of-petra", f"Petra Ohm <{FAMILY}>", MAYA, "I like coffee."),
    "3.eml": letter("of-nobody", FAMILY, MAYA, "Somebody likes cake."),
    "4.eml": letter("to-peter", MAYA, f"Peter Ohm <{FAMILY}>", "Here is your tea."),
}


@pytest.fixture
def couple(home: Home) -> Home:
    """Peter, whom the address reaches, and Petra, who shares it."""
    home.read({"1.csv": PETER})
    home.read({"2.csv": PETRA})
    return home


def forget(home: Home, name: str) -> None:
    with in_workspace(home.by.viewer.workspace_id):
        erase(home.by, Person.objects.get(name=name).id, name)
    go_on(home.by.viewer.workspace_id, home.house.path, home.house.files_folder)


def known(home: Home) -> list[str]:
    with in_workspace(home.by.viewer.workspace_id):
        return sorted(Person.objects.filter(is_home=False).values_list("name", flat=True))


def words(home: Home) -> list[str]:
    with in_workspace(home.by.viewer.workspace_id):
        return sorted(Message.objects.exclude(text="").values_list("text", flat=True))


@pytest.mark.parametrize(("gone", "stays"), [("Peter Ohm", "Petra Ohm"), ("Petra Ohm", "Peter Ohm")])
def test_the_one_who_stays_keeps_the_address_and_what_comes_by_it(couple: Home, gone: str, stays: str) -> None:
    forget(couple, gone)
    with in_workspace(couple.by.viewer.workspace_id):
        (holder,) = Handle.objects.filter(value=FAMILY)
        assert (holder.kind, holder.person.name, holder.called) == ("email", stays, [stays.lower()])
        assert open_person(couple.by.viewer, holder.person_id).shared == ()
    couple.read({"3.csv": (PETRA if gone == "Peter Ohm" else PETER).replace(b"Likes", b"Loves")})
    couple.read({"1.eml": letter("x", f"{stays} <{FAMILY}>", MAYA, "It is me."), "2.eml": MAILS["3.eml"]})
    assert words(couple) == ["It is me.", "Somebody likes cake."]
    assert known(couple) == [stays]
    with in_workspace(couple.by.viewer.workspace_id):
        facts = Fact.objects.filter(person__name=stays).values_list("value", flat=True)
        assert any(one.startswith("Loves") for one in facts)


@pytest.mark.parametrize(("gone", "stays"), [("Peter Ohm", "Petra Ohm"), ("Petra Ohm", "Peter Ohm")])
def test_the_erased_one_does_not_come_back_by_their_name_there(couple: Home, gone: str, stays: str) -> None:
    forget(couple, gone)
    couple.read({"3.csv": PETER + PETRA.partition(b"\n")[2]})
    mine = letter("y", f"{gone} <{FAMILY}>", MAYA, "It was me.")
    couple.read({"1.eml": mine, "2.eml": letter("z", MAYA, f'"{gone}" <{FAMILY}>', "To them.")})
    assert known(couple) == [stays]
    assert words(couple) == []
    couple.tidy()
    assert gone.lower() not in couple.everything()


@pytest.mark.parametrize(("gone", "left"), [
    ("Peter Ohm", ["I like coffee.", "Somebody likes cake."]),
    ("Petra Ohm", ["Here is your tea.", "I like tea.", "Somebody likes cake."]),
])  # fmt: skip
def test_mail_that_does_not_name_the_erased_one_is_the_others(couple: Home, gone: str, left: list[str]) -> None:
    couple.read(MAILS)
    forget(couple, gone)
    assert words(couple) == left
    assert gone.lower() not in couple.everything()
    couple.read(MAILS)
    assert words(couple) == left


def test_the_plan_says_with_whom_it_stays(couple: Home) -> None:
    couple.read(MAILS)
    with in_workspace(couple.by.viewer.workspace_id):
        peter, petra = (Person.objects.get(name=name).id for name in ("Peter Ohm", "Petra Ohm"))
        told = plan_of(couple.by.viewer, peter)
        assert [(one.address, one.name) for one in told.shared] == [(FAMILY, "Petra Ohm")]
        assert (told.addresses, told.alone) == ((), 2)
        assert [(one.address, one.name) for one in plan_of(couple.by.viewer, petra).shared] == [(FAMILY, "Peter Ohm")]
        assert Handle.objects.get(value=FAMILY).person_id == peter


def test_of_three_the_one_known_longest_has_it_and_the_third_still_shares(couple: Home) -> None:
    couple.read({"3.csv": PETRA.replace(b"Petra", b"Paul")})
    forget(couple, "Peter Ohm")
    with in_workspace(couple.by.viewer.workspace_id):
        assert Handle.objects.get(value=FAMILY).person.name == "Petra Ohm"
        (line,) = open_person(couple.by.viewer, Person.objects.get(name="Paul Ohm").id).shared
        assert line.name == "Petra Ohm"


def test_an_address_that_is_somebody_elses_by_now_stays_theirs(home: Home) -> None:
    from rapport.people.editing import add_handle, add_person, remove_handle

    home.read({"1.eml": MAILS["1.eml"]})
    with in_workspace(home.by.viewer.workspace_id):
        remove_handle(home.by, Handle.objects.get(value=FAMILY).id)
        jo = add_person(home.by, "Jo Reed").person_id
        add_handle(home.by, jo, "email", FAMILY)
    forget(home, "Peter Ohm")
    home.read({"2.eml": MAILS["3.eml"]})
    assert words(home) == ["Somebody likes cake."]


def test_who_shared_it_may_be_let_come_back(couple: Home) -> None:
    forget(couple, "Peter Ohm")
    with in_workspace(couple.by.viewer.workspace_id):
        let_come_back(couple.by, "email", FAMILY)
        assert not Tombstone.objects.exists()
    couple.read({"3.csv": PETER.replace(b"tea", b"cake")})
    assert known(couple) == ["Peter Ohm", "Petra Ohm"]


def test_a_restore_erases_them_again_and_leaves_the_address(home: Home) -> None:
    home.read({"1.csv": PETER})
    home.read({"2.csv": PETRA})
    forget(home, "Peter Ohm")
    with in_workspace(home.by.viewer.workspace_id):  # a backup from before Petra was known
        Tombstone.objects.all().delete()
        Erasure.objects.all().delete()
        Person.objects.filter(is_home=False).delete()
    home.read({"1.csv": PETER.replace(b"tea", b"Tea")})
    assert erase_again(home.house.path, home.house.files_folder) == 1
    assert known(home) == []
    home.read({"2.csv": PETRA + PETER.partition(b"\n")[2]})
    assert known(home) == ["Petra Ohm"]


def test_who_shared_it_by_two_names_and_was_made_one_has_it_once(couple: Home) -> None:
    from rapport.interactions.joining import merge

    couple.read({"3.csv": PETRA.replace(b"Petra", b"Wilhelmine")})
    with in_workspace(couple.by.viewer.workspace_id):
        petra, wilhelmine = (Person.objects.get(name=name).id for name in ("Petra Ohm", "Wilhelmine Ohm"))
        merge(couple.by, petra, wilhelmine)
    forget(couple, "Peter Ohm")
    with in_workspace(couple.by.viewer.workspace_id):
        (holder,) = Handle.objects.filter(value=FAMILY)
        assert (holder.kind, holder.person_id, holder.called) == ("email", petra, ["petra ohm"])
        assert open_person(couple.by.viewer, petra).shared == ()
    couple.read({"3.csv": PETRA.replace(b"Petra", b"Wilhelmine").replace(b"Likes", b"Loves")})
    couple.read({"4.csv": PETER.replace(b"tea", b"cake")})
    with in_workspace(couple.by.viewer.workspace_id):
        assert [one.id for one in Person.objects.filter(is_home=False, merged_into=None)] == [petra]


BOTH = {
    "1.eml": letter("1", f"Petra Ohm <{FAMILY}>", f"{MAYA}, Peter Ohm <{FAMILY}>", "Petra's own words."),
    "2.eml": letter("2", MAYA, f"Peter Ohm <{FAMILY}>, Petra Ohm <{FAMILY}>", "Maya's words to both."),
    "3.eml": letter("3", f"Petra Ohm <{FAMILY}>", MAYA, "More of Petra.").replace(
        b"Subject:", f"Reply-To: Peter Ohm <{FAMILY}>\nSubject:".encode()
    ),
    "4.eml": letter("4", f"Peter Ohm <{FAMILY}>", f"{MAYA}, Petra Ohm <{FAMILY}>", "Peter's own words."),
    "5.eml": letter("5", MAYA, f"Peter Ohm <peter@own.example>, Petra Ohm <{FAMILY}>", "Maya's, to each their own."),
    "6.ics": (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:6\r\nDTSTART:20261110T090000Z\r\nSUMMARY:Tea for all\r\n"
        f"ORGANIZER:mailto:maya@fernhill.example\r\nATTENDEE;CN=Peter Ohm:mailto:{FAMILY}\r\n"
        f"ATTENDEE;CN=\"Petra Ohm\":mailto:{FAMILY}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode(),
}  # fmt: skip
STAYING = ["Maya's words to both.", "Maya's, to each their own.", "More of Petra.", "Petra's own words."]
SELF = letter("7", FAMILY, f"{MAYA}, Petra Ohm <petra@own.example>", "Remember the cake.")


def own(home: Home, name: str, address: str) -> None:
    """Somebody's own address of mail."""
    from rapport.people.editing import add_handle

    with in_workspace(home.by.viewer.workspace_id):
        add_handle(home.by, Person.objects.get(name=name).id, "email", address)


def planned_and_done(home: Home, name: str) -> tuple[dict[str, int], dict[str, int]]:
    """How many of each part the plan counts, and the erasure when it has begun; who is only named somewhere aside."""
    with in_workspace(home.by.viewer.workspace_id):
        person = Person.objects.get(name=name).id
        plan = plan_of(home.by.viewer, person)
        erasure = erase(home.by, person, name)
        left = ErasureItem.objects.filter(erasure_id=erasure).exclude(part="named")
        done = Counter(left.values_list("part", flat=True))
    go_on(home.by.viewer.workspace_id, home.house.path, home.house.files_folder)
    counted = {"alone": plan.alone, "wrote": plan.wrote, "about": plan.about, "took-part": plan.took_part}
    return {part: number for part, number in counted.items() if number}, dict(done)


def test_what_names_both_stays_without_the_erased_one(couple: Home) -> None:
    own(couple, "Peter Ohm", "peter@own.example")
    couple.read(BOTH)
    planned, done = planned_and_done(couple, "Peter Ohm")
    assert planned == done == {"wrote": 1, "took-part": 5}
    assert words(couple) == STAYING
    with in_workspace(couple.by.viewer.workspace_id):
        parts = Participant.objects.filter(person__name="Petra Ohm").values_list("interaction__title", "part")
        assert sorted(parts) == [
            ("", "to"), ("1", "from"), ("2", "to"), ("3", "from"), ("5", "to"), ("Tea for all", "attendee"),
        ]  # fmt: skip
    told = couple.everything()
    assert "peter ohm" not in told
    assert "peter@own" not in told
    couple.read(
        BOTH | {"8.eml": BOTH["2.eml"].replace(b"Message-ID: <2@", b"Message-ID: <8@").replace(b"both", b"all")}
    )
    assert words(couple) == sorted([*STAYING, "Maya's words to all."])
    assert known(couple) == ["Petra Ohm"]
    couple.tidy()
    assert "peter ohm" not in couple.everything()


@pytest.mark.parametrize(("gone", "stays", "counts", "left"), [
    ("Peter Ohm", "Petra Ohm", {"alone": 2, "wrote": 1, "took-part": 5},
     ["I like coffee.", *STAYING, "Remember the cake.", "Somebody likes cake."]),
    ("Petra Ohm", "Peter Ohm", {"wrote": 3, "took-part": 4},
     ["Here is your tea.", "I like tea.", *STAYING[:2], "Peter's own words.", "Remember the cake.",
      "Somebody likes cake."]),
])  # fmt: skip
def test_what_the_plan_counts_is_what_is_done(
    couple: Home, gone: str, stays: str, counts: dict[str, int], left: list[str]
) -> None:
    own(couple, "Peter Ohm", "peter@own.example")
    own(couple, "Petra Ohm", "petra@own.example")
    couple.read(BOTH)
    couple.read({**MAILS, "7.eml": SELF})
    planned, done = planned_and_done(couple, gone)
    assert planned == done == counts
    assert words(couple) == left
    assert gone.lower() not in couple.everything()
    assert known(couple) == [stays]


def test_words_stay_of_who_shares_it_and_is_in_it_by_an_address_of_their_own(couple: Home) -> None:
    own(couple, "Petra Ohm", "petra@own.example")
    couple.read({"7.eml": SELF})
    planned, done = planned_and_done(couple, "Peter Ohm")
    assert planned == done == {}
    assert words(couple) == ["Remember the cake."]
    with in_workspace(couple.by.viewer.workspace_id):
        parts = Participant.objects.filter(person__is_home=False).values_list("person__name", "part", "address")
        assert list(parts) == [("Petra Ohm", "from", FAMILY)]


SPELT = {
    "1.eml": letter("one-word", f"Peter <{FAMILY}>", MAYA, "By one name."),
    "2.eml": letter("turned", f'"Ohm, Peter" <{FAMILY}>', MAYA, "Turned around."),
    "3.eml": letter("middle", f"Peter J. Ohm <{FAMILY}>", MAYA, "With a middle name."),
    "4.eml": letter("short", MAYA, f"Pete Ohm <{FAMILY}>", "For short."),
    "5.eml": letter("initial", f"P. Ohm <{FAMILY}>", MAYA, "Of either."),
    "6.eml": letter("of-petra", f"Petra <{FAMILY}>", MAYA, "Of the other."),
}


def test_however_their_name_is_written_there_they_go_and_do_not_come_back(couple: Home) -> None:
    couple.read(SPELT)
    planned, done = planned_and_done(couple, "Peter Ohm")
    assert planned == done == {"alone": 4}
    couple.read(SPELT)
    for name in (b"Peter J. Ohm", b"Pete Ohm", b"Peter", b"Peter Friedrich Ohm", b"Ohm, Peter"):
        couple.read({"3.csv": PETER.replace(b"Peter Ohm", b'"%s"' % name)})
    assert words(couple) == ["Of either.", "Of the other."]
    assert known(couple) == ["Petra Ohm"]
    couple.tidy()
    told = couple.everything()
    assert "peter" not in told
    assert "pete ohm" not in told
    with in_workspace(couple.by.viewer.workspace_id):
        assert not Fact.objects.filter(value__icontains="tea").exists()


def test_the_plan_tells_which_names_may_be_eithers(couple: Home) -> None:
    couple.read(SPELT)
    with in_workspace(couple.by.viewer.workspace_id):
        (told,) = plan_of(couple.by.viewer, Person.objects.get(name="Peter Ohm").id).shared
    assert told.unclear == ("P. Ohm",)
    assert "names P. Ohm may be of either, and stays too" in told.told


def test_who_is_unknown_there_is_read_in_where_another_address_of_theirs_is_known(couple: Home) -> None:
    own(couple, "Petra Ohm", "petra@own.example")
    forget(couple, "Peter Ohm")
    rows = f"Mrs Berg,{FAMILY},petra@own.example\nPaul Berg,{FAMILY},\n"
    run = couple.read({"3.csv": f"Name,E-mail,E-mail 2\n{rows}".encode()})
    assert known(couple) == ["Petra Ohm"]
    with in_workspace(couple.by.viewer.workspace_id):
        told = ImportItem.objects.filter(file__run_id=run).order_by("id").values_list("outcome", "reason")
        assert [reason for _outcome, reason in told] == ["", "erased"]


def test_a_robots_mail_of_the_other_is_not_theirs_whom_its_answers_go_to(couple: Home) -> None:
    heads = f"Reply-To: Peter Ohm <{FAMILY}>\nAuto-Submitted: auto-replied\nSubject:".encode()
    couple.read({"1.eml": letter("away", f"Petra Ohm <{FAMILY}>", MAYA, "Petra is away.").replace(b"Subject:", heads)})
    forget(couple, "Peter Ohm")
    assert words(couple) == ["Petra is away."]
    assert "peter ohm" not in couple.everything()
