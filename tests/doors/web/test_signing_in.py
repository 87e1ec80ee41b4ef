"""Signing in: by password, by link, by invitation; guesses are slowed down, and nothing tells who is known here."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from rapport.accounts.links import make_invitation, make_sign_in_link
from rapport.accounts.models import Membership, OneTimeLink, Role, User
from rapport.kit import clock

from .conftest import Post

pytestmark = pytest.mark.django_db
SECRET = "a long enough secret"


def _sign_in(client: Client, password: str = SECRET, **more: str) -> Any:
    return client.post("/accounts/login", {"email": "Maya@fernhill.example", "password": password, **more})


def test_the_right_password_leads_in_and_on(maya_membership: Membership) -> None:
    client = Client()
    assert (
        client.get("/settings/changes?after=a").headers["Location"]
        == "/accounts/login?next=%2Fsettings%2Fchanges%3Fafter%3Da"
    )
    answer = _sign_in(client, next="/settings")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings")
    assert client.get("/settings").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "///evil.example",
        "/\t/evil.example",
        "/people\r\nSet-Cookie: a=b",
        "/people\n",
        "/people\u2028",
        "\r\n//evil.example",
    ],
)
def test_it_never_leads_elsewhere(maya_membership: Membership, elsewhere: str) -> None:
    client = Client()
    assert 'name="next" value="/"' in client.get("/accounts/login", {"next": elsewhere}).text
    assert _sign_in(client, next=elsewhere).headers["Location"] == "/"
    assert client.get("/accounts/login", {"next": elsewhere}).headers["Location"] == "/"


def test_it_leads_on_in_any_script(maya_membership: Membership) -> None:
    assert _sign_in(Client(), next="/people?q=李").headers["Location"] == "/people?q=%E6%9D%8E"


def test_a_wrong_password_says_the_same_as_an_unknown_address(maya_membership: Membership) -> None:
    wrong = _sign_in(Client(), "not the secret at all")
    unknown = Client().post("/accounts/login", {"email": "Maya@fernhill.example".replace("M", "N"), "password": SECRET})
    assert wrong.status_code == unknown.status_code == 422
    said = [re.search(r'role="alert".*?</p>', one.text, re.S)[0] for one in (wrong, unknown)]  # type: ignore[index]
    assert said[0] == said[1]


def test_the_eleventh_guess_is_not_looked_at(maya_membership: Membership) -> None:
    for number in range(10):
        assert (
            Client(REMOTE_ADDR=f"10.0.0.{number}")
            .post("/accounts/login", {"email": "maya@fernhill.example", "password": "wrong"})
            .status_code
            == 422
        )
    assert _sign_in(Client(REMOTE_ADDR="10.0.1.1")).status_code == 429
    with clock.stopped_at(datetime.now(UTC) + timedelta(minutes=16)):
        assert _sign_in(Client(REMOTE_ADDR="10.0.1.2")).status_code == 303


def test_one_address_guesses_thirty_times_an_hour(maya_membership: Membership) -> None:
    client = Client(REMOTE_ADDR="10.9.9.9")
    answers = [
        client.post("/accounts/login", {"email": f"n{number}@x.example", "password": "wrong"}).status_code
        for number in range(31)
    ]
    assert answers == [422] * 30 + [429]


def test_a_link_is_opened_without_effect_and_works_once(maya_membership: Membership) -> None:
    token = make_sign_in_link(maya_membership.user, clock.now())
    client, scanner = Client(), Client()
    assert "Maya Okafor" in scanner.get(f"/link/{token}").text
    assert client.get(f"/link/{token}").status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post(f"/link/{token}").headers["Location"] == "/"
    assert client.get("/settings").status_code == 200
    assert scanner.post(f"/link/{token}").status_code == 410


def test_an_old_link_says_what_to_do(maya_membership: Membership) -> None:
    token = make_sign_in_link(maya_membership.user, clock.now() - timedelta(hours=1))
    answer = Client().get(f"/link/{token}")
    assert answer.status_code == 410
    assert "/accounts/login" in answer.text


def test_a_link_comes_by_mail_and_the_answer_does_not_tell_who_is_known(
    maya_membership: Membership, post: Post
) -> None:
    answers = [
        Client().post("/accounts/login", {"email": email, "way": "link"})
        for email in ("maya@fernhill.example", "nobody@fernhill.example")
    ]
    texts = [re.sub(r"(maya|nobody)@|value=\"\w{64}\"", "", answer.text) for answer in answers]
    assert texts[0] == texts[1]
    (mail,) = post.delivered()
    assert mail["To"] == "maya@fernhill.example"
    link = re.search(r"http://testserver(/link/\S+)", mail.get_content())
    assert link is not None
    assert Client().post(link[1]).status_code == 303


def test_three_links_an_hour_are_enough(maya_membership: Membership, post: Post) -> None:
    for _ in range(5):
        assert Client().post("/accounts/login", {"email": "maya@fernhill.example", "way": "link"}).status_code == 200
    assert OneTimeLink.objects.filter(user=maya_membership.user).count() == 3
    assert len(post.delivered()) == 3


def test_somebody_invited_joins_as_one_of_ours(maya_membership: Membership) -> None:
    token = make_invitation("ali.reza@fernhill.example", Role.MEMBER, maya_membership, clock.now())
    client = Client()
    page = client.get(f"/link/{token}").text
    assert "Fernhill" in page
    assert 'value="Ali Reza"' in page  # what the address suggests, to be mended
    assert client.post(f"/link/{token}", {"password": "short"}).status_code == 422
    said = {"name": "Ali Rezaei", "password": "quite a long secret"}
    assert client.post(f"/link/{token}", said).headers["Location"] == "/"
    ali = Membership.objects.get(user__email="ali.reza@fernhill.example")
    assert (ali.role, ali.user.name, ali.workspace_id) == ("member", "Ali Rezaei", maya_membership.workspace_id)
    assert "Ali Rezaei" in client.get("/team").text
    assert Client().get(f"/link/{token}").status_code == 410


def test_a_link_that_still_works_is_in_no_log(maya_membership: Membership, caplog: pytest.LogCaptureFixture) -> None:
    token = make_invitation("ali@fernhill.example", Role.MEMBER, maya_membership, clock.now())
    assert Client().post(f"/link/{token}", {"password": "short"}).status_code == 422
    assert token not in caplog.text


def test_an_invitation_does_not_open_an_account_that_exists(maya_membership: Membership) -> None:
    """Whoever invites may see the link; it must not let them in as somebody else."""
    User.objects.create_user("ali@fernhill.example", "another long secret", name="Ali")
    token = make_invitation("ali@fernhill.example", Role.MEMBER, maya_membership, clock.now())
    thief = Client()
    assert thief.post(f"/link/{token}").headers["Location"].startswith("/accounts/login")
    assert "_auth_user_id" not in thief.session
    maya = Client()
    maya.force_login(maya_membership.user)
    assert maya.post(f"/link/{token}").status_code == 403
    ali = Client()
    ali.post("/accounts/login", {"email": "ali@fernhill.example", "password": "another long secret"})
    assert 'name="password"' not in ali.get(f"/link/{token}").text
    assert ali.post(f"/link/{token}").headers["Location"] == "/"


def test_who_has_left_is_out_at_once(client_maya: Client, maya_membership: Membership) -> None:
    assert client_maya.get("/settings").status_code == 200
    Membership.objects.filter(id=maya_membership.id).update(ended_at=clock.now())
    assert client_maya.get("/settings").headers["Location"] == "/welcome"


def test_signing_out_needs_a_button(client_maya: Client) -> None:
    assert client_maya.get("/logout").headers["Location"] == "/"  # looking at it only leads back
    assert client_maya.get("/").status_code == 200
    assert client_maya.post("/logout").headers["Location"] == "/accounts/login"
    assert client_maya.get("/settings").status_code == 303
