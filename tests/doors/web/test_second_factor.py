"""Second factors: turned on, asked for at every way in, lost, and wanted of everybody."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.test import Client

from rapport.accounts.factors import has_second_factor
from rapport.accounts.links import make_sign_in_link
from rapport.accounts.models import JournalEntry, Membership, Workspace
from rapport.doors.running.links import turn_second_factor_off
from rapport.kit import clock
from tests.kit.soft_passkey import PRESENT, SoftPasskey

from .conftest import Post

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "maya@fernhill.example", "a long enough secret"
FACTORS = "/settings/factors"


def code_at(secret: str, moment: datetime) -> str:
    """What an app shows then."""
    return f"{hotp_value(secret, int(moment.timestamp()) // 30):06d}"


def turn_app_on(client: Client, now: datetime) -> tuple[str, list[str]]:
    """The secret of the app, and the recovery codes."""
    shown = client.post(f"{FACTORS}/app").text
    secret = re.search(r'<code class="secret wraps"[^>]*>((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})</code>', shown)
    assert secret
    bare = secret[1].replace(" ", "")
    assert 'src="data:image/svg+xml;base64,' in shown
    told = client.post(f"{FACTORS}/app", {"code": code_at(bare, now)})
    assert told.status_code == 200
    return bare, re.findall(r'<code class="secret"[^>]*>(\d{8})</code>', told.text)


def add_passkey(client: Client) -> SoftPasskey:
    """A passkey of whoever is signed in there."""
    passkey = SoftPasskey("http://localhost")
    asked = client.post(f"{FACTORS}/passkeys/begin", HTTP_HOST="localhost").json()
    made = client.post(f"{FACTORS}/passkeys", {"passkey": passkey.make(asked), "name": "Phone"}, HTTP_HOST="localhost")
    assert made.status_code in (200, 303), made.text
    return passkey


def first_step(client: Client, password: str = PASSWORD) -> str:
    answer = client.post("/accounts/login", {"email": EMAIL, "password": password, "next": "/people"})
    return str(answer.headers.get("Location", ""))


def is_in(client: Client) -> bool:
    return client.get("/people").status_code == 200


def test_the_password_alone_lets_nobody_in_any_more(client_maya: Client, now: datetime) -> None:
    secret, _codes = turn_app_on(client_maya, now)
    browser = Client()
    assert first_step(browser) == "/accounts/second-step"
    assert not is_in(browser)
    assert "One more step" in browser.get("/accounts/second-step").text
    assert browser.post("/accounts/second-step", {"code": "000000"}).status_code == 422
    assert not is_in(browser)
    with clock.stopped_at(now + timedelta(seconds=30)):
        answer = browser.post("/accounts/second-step", {"code": code_at(secret, now + timedelta(seconds=30))})
        assert answer.headers["Location"] == "/people"
        assert is_in(browser)


def test_a_code_works_once(client_maya: Client, now: datetime) -> None:
    secret, _codes = turn_app_on(client_maya, now)
    browser = Client()
    first_step(browser)
    used = code_at(secret, now)  # it turned the app on
    assert browser.post("/accounts/second-step", {"code": used}).status_code == 422
    with clock.stopped_at(now + timedelta(minutes=1)):
        old = code_at(secret, now)
        assert browser.post("/accounts/second-step", {"code": old}).status_code == 422


def test_codes_are_guessed_at_five_times(client_maya: Client, now: datetime) -> None:
    secret, _codes = turn_app_on(client_maya, now)
    browser = Client()
    first_step(browser)
    later = now + timedelta(seconds=30)
    with clock.stopped_at(later):
        told = [browser.post("/accounts/second-step", {"code": "000000"}).status_code for _guess in range(6)]
        assert told == [422] * 5 + [429]
        assert browser.post("/accounts/second-step", {"code": code_at(secret, later)}).status_code == 429


def test_a_recovery_code_works_once_and_they_are_ten(client_maya: Client, now: datetime) -> None:
    _secret, codes = turn_app_on(client_maya, now)
    assert len(set(codes)) == 10
    for expected in (303, 422):
        browser = Client()
        first_step(browser)
        assert browser.post("/accounts/second-step", {"code": codes[3]}).status_code == expected
    assert "9 are left." in client_maya.get(FACTORS).text


def test_the_seeds_are_sealed(client_maya: Client, now: datetime, settings: object) -> None:
    secret, codes = turn_app_on(client_maya, now)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(one in kept for one in codes)
    settings.SECRET_KEY = "that of another house, where a backup was restored"  # type: ignore[attr-defined]
    browser = Client()
    assert first_step(browser) == "/accounts/second-step"
    refused = browser.post("/accounts/second-step", {"code": codes[0]})
    assert refused.status_code == 409
    assert "rapport reset-second-factor" in refused.text


def test_a_link_asks_for_it_too(client_maya: Client, maya_membership: Membership, now: datetime) -> None:
    _secret, codes = turn_app_on(client_maya, now)
    token = make_sign_in_link(maya_membership.user, now)
    browser = Client()
    assert browser.post(f"/link/{token}").headers["Location"] == "/accounts/second-step"
    assert not is_in(browser)
    assert browser.post("/accounts/second-step", {"code": codes[0]}).status_code == 303
    assert is_in(browser)


def test_halfway_lasts_ten_minutes(client_maya: Client, now: datetime) -> None:
    _secret, codes = turn_app_on(client_maya, now)
    browser = Client()
    first_step(browser)
    with clock.stopped_at(now + timedelta(minutes=11)):
        late = browser.post("/accounts/second-step", {"code": codes[0]})
        assert late.headers["Location"] == "/accounts/login"
    assert Client().get("/accounts/second-step").headers["Location"] == "/accounts/login"


def test_a_passkey_is_a_second_step_and_a_way_in_of_its_own(client_maya: Client) -> None:
    passkey = add_passkey(client_maya)
    browser = Client(HTTP_HOST="localhost")
    assert first_step(browser) == "/accounts/second-step"
    asked = browser.post("/accounts/passkey/begin").json()
    assert asked["publicKey"]["rpId"] == "localhost"
    assert len(asked["publicKey"]["allowCredentials"]) == 1
    assert browser.post("/accounts/second-step", {"passkey": passkey.show(asked)}).status_code == 303
    assert is_in(browser)
    alone = Client(HTTP_HOST="localhost")
    asked = alone.post("/accounts/passkey/begin").json()
    assert asked["publicKey"]["allowCredentials"] == []  # nobody is told who has one
    shown = passkey.show(asked)
    assert alone.post("/accounts/login", {"passkey": shown, "next": "/people"}).headers["Location"] == "/people"
    assert is_in(alone)
    again = Client(HTTP_HOST="localhost")
    again.post("/accounts/passkey/begin")
    assert again.post("/accounts/login", {"passkey": shown}).status_code == 422  # the answer to another question


def test_a_passkey_of_another_place_or_of_nobody_is_refused(client_maya: Client) -> None:
    mine = add_passkey(client_maya)
    browser = Client(HTTP_HOST="localhost")

    def tried(passkey: SoftPasskey, **more: int) -> int:
        asked = browser.post("/accounts/passkey/begin").json()
        return browser.post("/accounts/login", {"passkey": passkey.show(asked, **more)}).status_code

    assert tried(mine, flags=PRESENT) == 422  # nobody showed that it is them
    mine.origin = "https://rapport.evil.example"
    assert tried(mine) == 422
    mine.origin = "http://localhost"
    stranger = SoftPasskey()
    stranger.user = mine.user
    assert tried(stranger) == 422
    for said in ("", "{", "[]", "null", '{"id": 1}', '{"response": {"userHandle": "AA"}}', "x" * 50_000):
        browser.post("/accounts/passkey/begin")
        assert browser.post("/accounts/login", {"passkey": said or " "}).status_code == 422
    assert not is_in(browser)


def test_it_is_turned_off_and_the_codes_go_with_the_last(client_maya: Client, now: datetime) -> None:
    turn_app_on(client_maya, now)
    add_passkey(client_maya)
    assert client_maya.post(f"{FACTORS}/app/remove").status_code == 303
    assert Authenticator.objects.filter(type="recovery_codes").exists()
    key = Authenticator.objects.get(type="webauthn").id
    assert client_maya.post(f"{FACTORS}/passkeys/{key}/remove").status_code == 303
    assert not Authenticator.objects.exists()
    verbs = list(JournalEntry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs[-4:] == ["member.factor-on", "member.factor-on", "member.factor-off", "member.factor-off"]


def test_who_manages_turns_off_what_a_member_lost(
    client_maya: Client, colleague: Client, guest: Client, now: datetime
) -> None:
    colleague.post(f"{FACTORS}/app")
    turn_app_on(colleague, now)
    ali = Membership.objects.get(user__email="ali@fernhill.example")
    assert "Turn off the second factor of Ali Reza" in client_maya.get("/team").text
    assert guest.post(f"/team/{ali.id}/second-factor").status_code == 403
    assert has_second_factor(ali.user)
    assert client_maya.post(f"/team/{ali.id}/second-factor").status_code == 303
    assert not has_second_factor(ali.user)
    assert JournalEntry.objects.filter(verb="member.factors-reset", subject_id=ali.person_id).exists()


def test_whoever_runs_the_house_turns_off_that_of_the_owner(client_maya: Client, now: datetime) -> None:
    turn_app_on(client_maya, now)
    asks = Client()
    first_step(asks)
    assert f"rapport reset-second-factor --member {EMAIL}</code>" in asks.get("/accounts/second-step").text
    assert turn_second_factor_off(EMAIL) == EMAIL
    assert first_step(Client()) == "/people"


def test_an_owner_wants_one_of_everybody(client_maya: Client, colleague: Client, now: datetime) -> None:
    refused = client_maya.post("/team/second-factor", {"wanted": "yes"})
    assert refused.status_code == 400
    assert "Turn one on for yourself first" in refused.text
    turn_app_on(client_maya, now)
    assert client_maya.post("/team/second-factor", {"wanted": "yes"}).status_code == 303
    assert is_in(client_maya)
    assert colleague.get("/people").headers["Location"] == FACTORS
    assert "This workspace wants one of everybody" in colleague.get(FACTORS).text
    asked = colleague.get("/api/v1/me")
    assert (asked.status_code, asked.json()["code"]) == (403, "second-factor-needed")
    turn_app_on(colleague, now)
    assert is_in(colleague)
    client_maya.post("/undo")
    assert not Workspace.objects.get().needs_second_factor


def test_a_forgotten_password_is_set_anew_and_the_second_factor_is_still_asked_for(
    client_maya: Client, post: Post, now: datetime
) -> None:
    _secret, codes = turn_app_on(client_maya, now)
    told = Client().post("/accounts/forgotten", {"email": EMAIL}).text
    unknown = Client().post("/accounts/forgotten", {"email": "nobody@fernhill.example"}).text
    plain = re.sub(r'value="[^"]*"', "", told.replace(EMAIL, ""))
    assert plain == re.sub(r'value="[^"]*"', "", unknown.replace("nobody@fernhill.example", ""))
    (mail,) = post.delivered()
    link = re.search(r"http://testserver(/link/\S+)", mail.get_content())  # type: ignore[attr-defined]
    assert link
    browser = Client()
    assert "New password" in browser.get(link[1]).text
    assert browser.post(link[1], {"password": "short"}).status_code == 422
    assert client_maya.get("/people").status_code == 200
    answer = browser.post(link[1], {"password": "an entirely new secret"})
    assert answer.headers["Location"] == "/accounts/second-step"
    assert not is_in(browser)
    assert client_maya.get("/people").status_code == 303  # signed out everywhere else
    assert browser.get(link[1]).status_code == 410
    assert browser.post("/accounts/second-step", {"code": codes[0]}).status_code == 303
    assert first_step(Client(), "an entirely new secret") == "/accounts/second-step"
    assert JournalEntry.objects.filter(verb="member.password").exists()


def test_mails_for_a_forgotten_password_are_three_an_hour(client_maya: Client, post: Post) -> None:
    answers = {Client().post("/accounts/forgotten", {"email": EMAIL}).status_code for _asked in range(5)}
    assert answers == {200}
    assert len(post.delivered()) == 3


def test_where_no_mail_goes_out_it_says_whom_to_ask(client_maya: Client) -> None:
    assert "Ask somebody who manages your workspace" in Client().get("/accounts/forgotten").text


def test_who_has_just_signed_in_is_not_asked_again(maya_membership: Membership) -> None:
    browser = Client()
    assert first_step(browser) == "/people"
    assert browser.post("/settings/keys", {"name": "program"}).status_code == 200
