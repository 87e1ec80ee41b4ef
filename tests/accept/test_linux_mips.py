"""Half a year of a public mailing list, as one of its maintainers would bring it: the main job, whole."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from math import floor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.channels.models import ImportItem
from rapport.doors.operations.catalogue import call
from rapport.interactions.models import Interaction
from rapport.interactions.undoing import take_back
from rapport.kit.house import House
from rapport.kit.postgres import EmbeddedServer
from rapport.people.models import Handle, Organization, Person
from rapport.relationships.models import Relationship
from tests.accept.importing import everything, given_back, import_all, pieces_and_items

pytestmark = pytest.mark.django_db
MAINTAINER = "ralf@linux-mips.org"
MAILS = 1_422
A_DAY = date(2004, 7, 1)
ROBOTS = re.compile(
    r"^(mailer-daemon|postmaster|do-?not-?reply|no-?reply|bounces?|majordomo|ecartis|listserv)@|^linux-mips@(linux-mips|oss.sgi)|^owner-|-request@"
)


@pytest.fixture
def mailbox(shared: Path) -> Path:
    return shared / "data/ties/mail_samples/linux_mips_2004H1.mbox.gz"


def test_the_people_are_people_and_reading_it_again_adds_nothing(maya: Viewer, mailbox: Path) -> None:
    done = import_all(maya, [mailbox], [MAINTAINER])
    assert done.found == done.stored + done.already + done.skipped + done.quarantined == MAILS
    assert done.stored >= 0.97 * MAILS
    for piece, items in pieces_and_items(done.id):
        assert given_back(items) == piece.body
    addresses = list(Handle.objects.filter(kind="email").values_list("value", flat=True))
    assert [one for one in addresses if ROBOTS.search(one)] == []
    # As many as wrote a mail of their own, and some whom others wrote to or copied in.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT person_id) FROM participant WHERE part = 'from'")
        authors = cursor.fetchone()[0]
    assert 200 < authors <= done.people + 1 < 1.6 * authors
    assert all(Person.objects.values_list("name", flat=True))
    before = everything()
    again = import_all(maya, [mailbox], [MAINTAINER])
    assert (again.found, again.already, again.stored, again.people) == (MAILS, MAILS, 0, 0)
    assert everything() == before


def test_today_names_people_with_reasons_and_evidence_that_opens(maya: Viewer, mailbox: Path) -> None:
    import_all(maya, [mailbox], [MAINTAINER])
    today = call("today.get", maya, "api", {"as_of": A_DAY})
    assert today.day == A_DAY
    items = [item for group in today.groups for item in group.items]
    assert 1 <= len(items) <= 7
    for item in items:
        assert item.person.name
        assert item.sentence
        assert item.evidence
        for said in item.evidence:
            opened = call("interactions.get", maya, "api", {"interaction_id": said.interaction_id})
            assert opened.at == said.at
            assert opened.at.date() <= A_DAY
            assert item.person.id in {one.id for one in opened.people}
    assert not any("yahoo" in said.quote.lower() for item in items for said in item.evidence)


def test_why_adds_up_for_everybody(maya: Viewer, mailbox: Path) -> None:
    import_all(maya, [mailbox], [MAINTAINER])
    people = list(Relationship.objects.filter(home_person_id=maya.person_id).values_list("person_id", flat=True))
    assert len(people) > 100
    known = 0
    for person_id in people:
        why = call("people.why", maya, "api", {"person_id": person_id, "as_of": A_DAY})
        if why.figures.known:
            known += 1
            assert sum(row.points for row in why.explanation.rows) == why.figures.strength
            assert sum(row.points for row in why.explanation.vitality_rows) == floor(100 * why.figures.vitality)
    assert known > 50


def test_taken_back_only_the_member_is_left(by: By, maya: Viewer, mailbox: Path) -> None:
    done = import_all(maya, [mailbox], [MAINTAINER])
    take_back(done.id, by.now)
    assert list(Person.objects.values_list("id", flat=True)) == [maya.person_id]
    assert list(Organization.objects.filter(is_home=False).values_list("name", "domain", "import_id")) == []
    assert not Interaction.objects.exists()
    assert not ImportItem.objects.exists()
    left = everything()
    assert {name for name, lines in left.items() if lines} <= {
        "people", "handles", "organizations", "affiliations", "marks left"
    }  # fmt: skip


@pytest.fixture
def own_house(tmp_path: Path) -> Iterator[Path]:
    """A home of its own, as on a new machine."""
    home = tmp_path / "home"
    yield home
    EmbeddedServer(House(home)).discard()
    shutil.rmtree(home, ignore_errors=True)


def test_the_same_from_the_command_line(own_house: Path, mailbox: Path) -> None:
    _command(own_house, "import", str(mailbox), "--as", MAINTAINER)
    today = json.loads(_command(own_house, "today", "--as-of", f"{A_DAY}", "--json"))
    items: list[dict[str, Any]] = [item for group in today["groups"] for item in group["items"]]
    assert items
    for item in items:
        assert item["person"]["name"]
        assert item["sentence"]
        assert all(datetime.fromisoformat(said["at"]) < datetime(2004, 7, 2, tzinfo=UTC) for said in item["evidence"])
        assert all(said["interaction_id"] for said in item["evidence"])


def _command(home: Path, *words: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORT_")}
    ran = subprocess.run(
        [str(Path(sys.executable).parent / "rapport"), *words],
        env={**environment, "RAPPORT_HOME": str(home)}, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
