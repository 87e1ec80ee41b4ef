"""Who is a human and who is not, against a table judged by eye (docs/build/who-is-a-person.md). No human is lost."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from rapport.accounts.access import Viewer
from rapport.people.models import Handle
from tests.accept.importing import import_all

TABLE = Path(__file__).with_name("linux_mips_people.tsv")


@dataclass(frozen=True, slots=True)
class Found:
    """What recognition made of the labelled addresses."""

    lost_humans: set[str]
    taken_for_people: set[str]
    nobodies: int

    @property
    def precision(self) -> float:
        """Of those set aside, the share that is nobody."""
        right = self.nobodies - len(self.taken_for_people)
        return right / (right + len(self.lost_humans))

    @property
    def recall(self) -> float:
        """Of those who are nobody, the share that was set aside."""
        return 1 - len(self.taken_for_people) / self.nobodies


def labels() -> dict[str, str]:
    """Address to human or nobody."""
    rows = TABLE.read_text().splitlines()
    return dict(row.split("\t", 1) for row in rows if not row.startswith("#"))


@pytest.mark.django_db
def test_no_human_is_lost_and_hardly_a_list_or_desk_is_taken_for_one(maya: Viewer, shared: Path) -> None:
    import_all(maya, [shared / "data/ties/mail_samples/linux_mips_2004H1.mbox.gz"], ["ralf@linux-mips.org"])
    people = set(Handle.objects.filter(kind="email", origin="mail").values_list("value", flat=True))
    people |= {"ralf@linux-mips.org"}
    humans = {address for address, label in labels().items() if label == "human"}
    nobodies = labels().keys() - humans
    assert (len(humans), len(nobodies)) == (274, 35)
    found = Found(humans - people, nobodies & people, len(nobodies))
    sys.stdout.write(f"precision {found.precision:.3f}, recall {found.recall:.3f}, left: {found.taken_for_people}\n")
    assert found.lost_humans == set()
    assert found.taken_for_people <= {"netdev@oss.sgi.com"}
    assert people <= humans | nobodies
