"""Namesakes: beside each stands what tells them apart."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.acting import By
from rapport.doors.web.directions import set_apart
from rapport.people.editing import add_person


@pytest.fixture
def namesake(by: By, priya: UUID) -> UUID:
    """Another Priya Raman, who works at the same clinics."""
    return add_person(by, "Priya Raman", email="p.raman@home.example", organization="Northwind Clinics",
                      title="Head of Operations").person_id  # fmt: skip


@pytest.mark.parametrize("address", ["/people?q=priya", "/find?q=priya"])
def test_the_same_name_and_work_come_with_addresses(client_maya: Client, namesake: UUID, address: str) -> None:
    page = re.sub(r"<[^>]*>", "", client_maya.get(address).text)
    assert "Head of Operations, Northwind Clinics · priya@northwind.example" in page
    assert "Head of Operations, Northwind Clinics · p.raman@home.example" in page


def test_whom_to_join_with_is_told_by_work_and_address(client_maya: Client, priya: UUID, namesake: UUID) -> None:
    page = client_maya.get(f"/people/{priya}/merge").text
    assert "Head of Operations, Northwind Clinics · p.raman@home.example" in page


def test_one_of_a_name_is_told_by_their_work(client_maya: Client, priya: UUID) -> None:
    assert "priya@northwind.example" not in client_maya.get("/people?q=priya").text


def test_words_from_right_to_left_keep_their_neighbours_in_order() -> None:
    assert set_apart("Tamar") == "Tamar"
    assert set_apart("אחות אחראית") == "\u2068אחות אחראית\u2069"
    assert set_apart("دينا") == "\u2068دينا\u2069"
