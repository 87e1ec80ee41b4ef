"""The areas that are measured: their modules, and the tests that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Area:
    """Modules below `rapport`, without `.py` (`*` for all of a folder), and tests below `tests`."""

    name: str
    what: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def files(self) -> list[Path]:
        """The files of its modules."""
        found = [file for one in self.modules for file in sorted((HOME / "rapport").glob(f"{one}.py"))]
        return [file for file in found if file.name != "__init__.py"]


def _these(names: str) -> tuple[str, ...]:
    return tuple(names.split())


AREAS = (
    Area(
        "access",
        "who may read or do what",
        _these("""
            accounts/access accounts/acting accounts/changes accounts/inviting accounts/journal accounts/keys
            accounts/leaving accounts/letting_in accounts/owning accounts/requiring accounts/roles accounts/rows
            people/visible people/taking_addresses interactions/visible interactions/opening care/seeing
            doors/api/entering doors/web/entering doors/web/confirming doors/web/own_workspace
        """),
        _these("""
            accounts care/test_seeing.py rights doors/api/test_entering.py doors/api/test_journal.py
            doors/api/test_problems.py doors/web/test_entering.py doors/web/test_confirming.py
            doors/web/test_letting_in.py
            doors/web/test_making_keys.py doors/web/test_own_keys.py doors/web/test_joining.py
            doors/web/test_left_without.py doors/web/test_second_factor.py doors/web/test_team.py
            doors/web/test_guessing.py doors/web/test_behind_tls.py
            doors/test_guests.py doors/test_guests_today.py interactions/test_timeline.py
            interactions/test_opening.py interactions/test_taking_addresses.py doors/api/test_pace.py
            doors/web/test_attachments.py doors/api/test_coming_in.py doors/web/test_visiting.py
        """),
    ),
    Area(
        "merge",
        "two people made one, and taken apart again",
        _these("""
            people/merging people/belongings people/moving people/joining_organizations people/leaving_places
            interactions/joining doors/operations/merging doors/web/person/merging
        """),
        _these("""
            interactions/test_merging.py people/test_joining_exactly.py people/test_moving.py
            people/test_organizations.py
            people/test_editing.py people/test_home_domains.py people/test_withdrawing.py
            doors/web/test_changing.py doors/web/test_joining_people.py
            doors/web/test_organizations.py doors/api/test_people.py
            doors/api/test_organizations.py doors/api/test_journal.py doors/web/test_telling_apart.py
        """),
    ),
    Area(
        "intake",
        "what comes in becomes people and interactions, once",
        _these("""
            interactions/intake interactions/incoming interactions/importing interactions/storing
            interactions/copies interactions/threads interactions/cards interactions/card_details
            interactions/card_stations interactions/series people/gathering people/matching people/domains
        """),
        _these("""
            interactions/test_intake.py interactions/test_intake_exactly.py interactions/test_cards.py
            interactions/test_coming.py
            interactions/test_counting.py interactions/test_nobodies.py interactions/test_rereading.py
            interactions/test_revising.py interactions/test_series.py interactions/test_stopping.py
            interactions/test_threads.py interactions/test_whose_import.py interactions/test_bouncing.py
            people/test_adding_at_once.py people/test_home_domains.py people/test_shared_addresses.py
            people/test_numbers_kept_before.py people/test_long_facts.py people/test_moving.py
            doors/web/test_importing.py doors/api/test_imports.py
            interactions/test_taking_addresses.py interactions/test_timeline.py interactions/giving_out
            people/test_finding.py
        """),
    ),
    Area(
        "erase",
        "somebody who asked for it is gone, and stays gone",
        ("interactions/erasing/*", "people/tombstones", "accounts/forgetting"),
        _these("""
            interactions/erasing people/test_numbers_kept_before.py doors/web/test_rights.py
            doors/cli/test_rights.py
        """),
    ),
)  # fmt: skip


def area(name: str) -> Area:
    """The area of this name."""
    return next(one for one in AREAS if one.name == name)
