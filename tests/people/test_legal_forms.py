"""One company written with and without its legal form is called the same; two companies are not."""

from __future__ import annotations

import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.people.affiliating import organization_called
from rapport.people.legal_forms import bare_name
from rapport.people.organizations import open_organization

from .people import somebody


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Praxis Huber", "Praxis Huber GmbH"), ("Praxis Huber", "PRAXIS HUBER, G.m.b.H."), ("Huber", "Huber e.K."),
        ("Huber", "Huber GmbH & Co. KG"), ("Quay", "Quay UG (haftungsbeschränkt)"), ("Moss", "Moss, Inc."),
        ("Solace", "Solace S.A.R.L."), ("Solace", "Solace S. A."), ("Volvo", "AB Volvo"), ("Nord", "Nord Sp. z o.o."),
        ("Tiller B.V.", "Tiller"), ("Maersk", "Maersk A/S"), ("O'Neill Ltd", "O’Neill"), ("Ahti", "Ahti Oy"),
    ],
)  # fmt: skip
def test_they_are_called_the_same(one: str, other: str) -> None:
    assert bare_name(one) == bare_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Praxis Huber", "Praxis Hubert"), ("Praxis Huber", "Huber GmbH"), ("AG", "SA"), ("GmbH & Co", "Inc"), ("", "AG")],
)  # fmt: skip
def test_they_are_not(one: str, other: str) -> None:
    assert bare_name(one) != bare_name(other)


@pytest.mark.django_db
def test_the_page_of_either_asks_whether_it_is_the_same_and_joins_nothing(by: By, maya: Viewer) -> None:
    for number, name in enumerate(
        ("Praxis Huber", "Praxis Huber GmbH", "Praxis-Huber", "Praxis Hubert", "O’Neill", "O'Neill Ltd")
    ):
        somebody(by, f"Person {number}", organization=name)
    found = {name: organization_called(name, by.now).id for name in ("Praxis Huber", "Praxis Huber GmbH")}
    alike = {one.name for one in open_organization(maya, found["Praxis Huber"]).namesakes}
    assert alike == {"Praxis Huber GmbH", "Praxis-Huber"}
    alike = {one.name for one in open_organization(maya, found["Praxis Huber GmbH"]).namesakes}
    assert alike == {"Praxis Huber", "Praxis-Huber"}
    assert found["Praxis Huber"] != found["Praxis Huber GmbH"]
    oneill = organization_called("O’Neill", by.now).id
    assert [one.name for one in open_organization(maya, oneill).namesakes] == ["O'Neill Ltd"]
