"""The first minutes: a link that was used says how to get another, and nothing made up is put into a field."""

from __future__ import annotations

import pytest
from django.test import Client

from rapport.accounts.links import make_sign_in_link
from rapport.accounts.models import User
from rapport.accounts.oneself import FIRST_ADDRESS
from rapport.doors.operations.beginning import first_user
from rapport.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer() -> Client:
    """Whoever opened Rapport on their machine for the first time and pressed the button of the link."""
    client = Client()
    client.force_login(first_user())
    return client


def test_a_used_link_says_how_to_get_another() -> None:
    link = f"/link/{make_sign_in_link(first_user(), clock.now())}"
    assert Client().post(link).status_code == 303
    again = Client().get(link)
    assert again.status_code == 410
    assert "rapport link" in again.text


def test_welcome_puts_no_made_up_address_into_the_form(newcomer: Client) -> None:
    asked = newcomer.get("/welcome").text
    assert FIRST_ADDRESS not in asked
    assert 'name="email" type="email" value=""' in asked


def test_welcome_asks_again_for_an_address_that_was_not_given(newcomer: Client) -> None:
    who = {"step": "1", "name": "Maya", "business": "Oak & Co", "email": ""}
    assert newcomer.post("/welcome", who).status_code == 422
    assert newcomer.post("/welcome", {**who, "email": "maya@oak.example"}).status_code == 303


def test_welcome_proposes_an_address_that_is_known(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("maya@oak.example"))
    assert 'value="maya@oak.example"' in client.get("/welcome").text


def test_welcome_promises_of_a_day_off_what_today_does(newcomer: Client) -> None:
    newcomer.post("/welcome", {"step": "1", "name": "Maya", "business": "Oak & Co", "email": "maya@oak.example"})
    asked = newcomer.get("/welcome").text
    assert "On a day off, Today says that all can wait." in asked
