"""Who works here, by a program: their roles, and letting one go."""

from __future__ import annotations

from rapport.accounts.founding import join
from rapport.accounts.keys import make_key
from rapport.accounts.models import Membership, User
from rapport.people.home import found_home, make_home_person

from .conftest import Program


def _member(maya: Membership, name: str, role: str) -> tuple[Membership, Program]:
    email, now = f"{name.lower()}@fernhill.example", maya.joined_at
    person = make_home_person(name, email, found_home("Fernhill", now), now)
    member = join(maya.workspace, User.objects.create_user(email, name=name), person.id, role, now)
    return member, Program(make_key(member.id, maya.workspace_id, "program", True, now)[1])


def test_members_are_listed_changed_and_let_go(maya_key: Program, maya_membership: Membership) -> None:
    ali, program = _member(maya_membership, "Ali", "member")
    rows = maya_key.get("/members")["rows"]
    assert [(one["name"], one["role"], one["email"]) for one in rows] == [
        ("Maya Okafor", "owner", "maya@fernhill.example"),
        ("Ali", "member", "ali@fernhill.example"),
    ]
    assert rows[1]["id"] == str(ali.id)
    done = maya_key.post(f"/members/{ali.id}/role", {"role": "admin"})
    assert maya_key.post("/undo", {"entry": done["undo"]})["sentence"] == "Undone: Changed the role of Ali."
    gone = maya_key.ask("DELETE", f"/members/{ali.id}").json()
    assert program.ask("GET", "/me").status_code == 401
    assert len(maya_key.get("/members")["rows"]) == 1
    assert maya_key.post("/undo", {"entry": gone["undo"]})["sentence"] == "Undone: Let Ali go."
    assert program.get("/me")["role"] == "member"


def test_who_may_not_is_refused(maya_key: Program, maya_membership: Membership) -> None:
    _ali, member = _member(maya_membership, "Ali", "member")
    _gus, guest = _member(maya_membership, "Gus", "guest")
    for program in (member, guest):
        assert program.ask("POST", f"/members/{maya_membership.id}/role", {"role": "guest"}).status_code == 403
        assert program.ask("DELETE", f"/members/{maya_membership.id}").status_code == 403
    assert [one["email"] for one in guest.get("/members")["rows"]] == ["", "", "gus@fernhill.example"]
    last = maya_key.ask("DELETE", f"/members/{maya_membership.id}")
    assert (last.status_code, last.json()["code"]) == (409, "last-owner")
    assert maya_key.ask("POST", f"/members/{maya_membership.id}/role", {"role": "queen"}).status_code == 422
