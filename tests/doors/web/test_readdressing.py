"""Another address to sign in with is one's own once the link that went there is opened; until then nobody has it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from django.test import Client

from rapport.accounts.links import look_at, make_sign_in_link
from rapport.accounts.models import JournalEntry, Membership, OneTimeLink, OutgoingMail, User
from rapport.accounts.oneself import FIRST_ADDRESS
from rapport.doors.running.links import give_address
from rapport.kit import clock
from rapport.kit.house import House
from rapport.kit.trouble import Trouble
from tests.conftest import signed_in

from .conftest import Post

pytestmark = pytest.mark.django_db
SECRET = "a long enough secret"
OLD, NEW = "maya@fernhill.example", "maya@home.example"
ASKED = {"email": "Maya@home.example", "address_current": SECRET}


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"http://testserver(/link/\S+)", letter.get_content())  # type: ignore[attr-defined]
    assert found
    return found[1]


def text_of(letter: EmailMessage) -> str:
    return " ".join(letter.get_content().split())  # type: ignore[attr-defined]


def asked(client: Client, post: Post, email: str = NEW) -> str:
    """The link that went to another address."""
    answer = client.post("/settings/address", {"email": email, "address_current": SECRET})
    assert answer.headers["Location"] == "/settings#address"
    return link_in([one for one in post.delivered() if one["To"] == email][-1])


def address_of(membership: Membership) -> str:
    return User.objects.get(id=membership.user_id).email


def can_sign_in(email: str) -> bool:
    return Client().post("/accounts/login", {"email": email, "password": SECRET}).status_code == 303


def test_it_is_theirs_once_the_link_is_opened(client_maya: Client, maya_membership: Membership, post: Post) -> None:
    client_maya.post("/settings/address", ASKED)
    page = client_maya.get("/settings").text
    assert f'Waiting for confirmation at <bdi class="strong">{NEW}</bdi>' in page
    assert "The mail waits to be sent." in page
    assert can_sign_in(OLD)
    assert not can_sign_in(NEW)
    link = link_in(next(one for one in post.delivered() if one["To"] == NEW))
    opened = client_maya.get(link).text
    assert f"Until now you sign in as <bdi>{OLD}</bdi>. From now on it is <bdi>{NEW}</bdi>" in opened
    assert address_of(maya_membership) == OLD  # looking changes nothing
    assert client_maya.post(link).headers["Location"] == "/settings"
    assert f"From now on you sign in as {NEW}" in client_maya.get("/settings").text
    assert (can_sign_in(NEW), can_sign_in(OLD)) == (True, False)
    assert client_maya.post(link).status_code == 410  # once
    changes = client_maya.get("/settings/changes").text
    assert "Asked for another address for Maya Okafor to sign in with" in changes
    assert "Changed the address Maya Okafor signs in with" in changes


def test_opened_it_ends_all_other_ways_in(client_maya: Client, maya_membership: Membership, post: Post) -> None:
    elsewhere = signed_in(maya_membership.user)
    link = asked(client_maya, post)
    to_sign_in = make_sign_in_link(maya_membership.user, clock.now())
    assert elsewhere.get("/settings").status_code == 200
    client_maya.post(link)
    assert client_maya.get("/settings").status_code == 200
    assert elsewhere.get("/settings").status_code == 303
    assert look_at(to_sign_in, clock.now()) is None


def test_the_address_until_now_is_told_what_was_asked_and_what_came_of_it(client_maya: Client, post: Post) -> None:
    link = asked(client_maya, post)
    (told,) = [one for one in post.delivered() if one["To"] == OLD]
    assert f"In Settings, on http://testserver, it was asked that you sign in to Rapport as {NEW}" in text_of(told)
    assert "set a new password: http://testserver/accounts/forgotten." in text_of(told)
    client_maya.post(link)
    done = [one for one in post.delivered() if one["To"] == OLD][-1]
    assert f"You sign in to Rapport on http://testserver as {NEW} now" in text_of(done)
    assert "/link/" not in text_of(told) + text_of(done)


def test_what_is_opened_before_the_other_was_told_does_not_keep_it_from_being_told(
    client_maya: Client, maya_membership: Membership, post: Post
) -> None:
    post.sink.answers = {"RCPT": "450 greylisted"}
    client_maya.post("/settings/address", ASKED)
    post.send()
    client_maya.post("/settings/address/withdraw")
    post.sink.answers = {}
    post.later(minutes=1)
    assert [one["To"] for one in post.delivered()] == [OLD]
    post.later(days=1)
    assert len(post.delivered()) == 1


def test_the_link_is_not_in_the_database(client_maya: Client, post: Post) -> None:
    link = asked(client_maya, post)
    rows = str(list(OutgoingMail.objects.values())) + str(list(OneTimeLink.objects.values()))
    assert link.removeprefix("/link/") not in rows
    assert {one.seed for one in OutgoingMail.objects.all()} == {""}


def test_only_who_asked_may_open_it(
    client_maya: Client, maya_membership: Membership, colleague: Client, post: Post
) -> None:
    link = asked(client_maya, post)
    for way in (Client().get, Client().post):
        assert way(link).headers["Location"].startswith("/accounts/login?next=%2Flink%2F")
    for way in (colleague.get, colleague.post):
        refused = way(link)
        assert refused.status_code == 403
        assert "This link is for somebody else." in refused.text
    assert address_of(maya_membership) == OLD
    other = Client()  # on another device they sign in as before, and go on to it
    onward = other.post("/accounts/login", {"email": OLD, "password": SECRET, "next": link}).headers["Location"]
    assert onward == link
    assert other.post(link).status_code == 303
    assert address_of(maya_membership) == NEW


def test_it_signs_nobody_in_and_sets_no_password(client_maya: Client, maya_membership: Membership, post: Post) -> None:
    link = asked(client_maya, post)
    stranger = Client()
    stranger.post(link, {"password": "quite another secret"})
    assert stranger.get("/settings").status_code == 303
    assert can_sign_in(OLD)
    assert address_of(maya_membership) == OLD


def test_after_a_day_it_works_no_more(
    client_maya: Client, maya_membership: Membership, post: Post, now: datetime
) -> None:
    link = asked(client_maya, post)
    with clock.stopped_at(now + timedelta(hours=25)):
        assert client_maya.post(link).status_code == 410
        assert "Waiting for confirmation" not in client_maya.get("/settings").text
    assert address_of(maya_membership) == OLD


def test_taken_back_it_comes_true_no_more(client_maya: Client, maya_membership: Membership, post: Post) -> None:
    link = asked(client_maya, post)
    assert client_maya.post("/settings/address/withdraw").headers["Location"] == "/settings#address"
    assert 'action="/settings/address"' in client_maya.get("/settings").text
    assert client_maya.post(link).status_code == 410
    assert address_of(maya_membership) == OLD
    assert "Took back the other address asked for Maya Okafor" in client_maya.get("/settings/changes").text
    for verb in ("withdraw", "again"):
        assert client_maya.post(f"/settings/address/{verb}").status_code == 404


def test_sent_again_the_newest_link_works(client_maya: Client, maya_membership: Membership, post: Post) -> None:
    first = asked(client_maya, post)
    assert client_maya.post("/settings/address/again").headers["Location"] == "/settings#address"
    second = link_in([one for one in post.delivered() if one["To"] == NEW][-1])
    assert client_maya.post(first).status_code == 410
    assert client_maya.post(second).status_code == 303
    assert address_of(maya_membership) == NEW


def test_another_wish_takes_the_place_of_the_first(
    client_maya: Client, maya_membership: Membership, post: Post
) -> None:
    first, second = asked(client_maya, post), asked(client_maya, post, "maya@else.example")
    assert client_maya.post(first).status_code == 410
    assert client_maya.post(second).status_code == 303
    assert address_of(maya_membership) == "maya@else.example"


def test_a_new_address_or_password_voids_what_waits(
    client_maya: Client, maya_membership: Membership, post: Post
) -> None:
    link = asked(client_maya, post)
    User.objects.filter(id=maya_membership.user_id).update(email="maya@third.example")  # by whatever way
    assert client_maya.get(link).status_code == 410
    assert client_maya.post(link).status_code == 410
    assert address_of(maya_membership) == "maya@third.example"
    User.objects.filter(id=maya_membership.user_id).update(email=OLD)
    client_maya.post("/settings/password", {"current": SECRET, "password": "yet another secret"})
    assert client_maya.post(link).status_code == 410


def test_what_waits_keeps_nobody_from_being_invited_there(
    client_maya: Client, maya_membership: Membership, colleague: Client, post: Post
) -> None:
    """Ali asks for Nia's address; Nia is invited, comes in, and Ali's link is refused from then on."""
    ali = User.objects.get(email="ali@fernhill.example")
    ali.set_password(SECRET)
    ali.save()
    colleague.force_login(ali)
    link = asked(colleague, post, "nia@fernhill.example")
    assert client_maya.post("/team/invite", {"email": "nia@fernhill.example", "role": "member"}).status_code == 303
    invitation = link_in(post.delivered()[-1])
    assert Client().post(invitation, {"name": "Nia Ward", "password": SECRET}).headers["Location"] == "/"
    refused = colleague.post(link)
    assert refused.status_code == 409
    assert "Somebody else signs in as nia@fernhill.example by now." in refused.text
    assert User.objects.get(id=ali.id).email == "ali@fernhill.example"
    assert User.objects.get(email="nia@fernhill.example").name == "Nia Ward"
    assert colleague.post("/settings/address/again").status_code == 422


def test_two_may_ask_for_the_same_and_the_first_who_confirms_has_it(
    client_maya: Client, neighbour: Client, post: Post
) -> None:
    first = asked(client_maya, post)
    given = {"email": NEW, "address_current": "another long secret"}
    assert neighbour.post("/settings/address", given).status_code == 303
    second = link_in([one for one in post.delivered() if one["To"] == NEW][-1])
    assert neighbour.post(second).status_code == 303
    assert client_maya.post(first).status_code == 409
    assert can_sign_in(OLD)


def test_three_mails_an_hour(client_maya: Client, post: Post, now: datetime) -> None:
    asked(client_maya, post)
    assert client_maya.post("/settings/address/again").status_code == 303
    post.send()
    asked(client_maya, post, "maya@else.example")
    for path, form in (("/settings/address/again", {}), ("/settings/address", ASKED)):
        refused = client_maya.post(path, form)
        assert refused.status_code == 429
        assert "That was tried too often. Wait an hour." in refused.text
    assert len([one for one in post.delivered() if one["To"] != OLD]) == 3
    with clock.stopped_at(now + timedelta(minutes=61)):
        assert client_maya.post("/settings/address/again").status_code == 303


def test_several_accounts_do_not_fill_one_mailbox(client_maya: Client, neighbour: Client, post: Post) -> None:
    asked(client_maya, post)
    for _again in range(2):
        client_maya.post("/settings/address/again")
    given = {"email": NEW, "address_current": "another long secret"}
    assert neighbour.post("/settings/address", given).status_code == 429


def test_an_address_the_server_does_not_take_is_said(client_maya: Client, post: Post) -> None:
    post.sink.answers = {"RCPT": "550 nobody"}
    client_maya.post("/settings/address", ASKED)
    post.send()
    page = client_maya.get("/settings").text
    assert "The mail server did not take the mail. Look whether the address is right. (550 nobody)" in page


def test_where_no_mail_goes_out_nobody_changes_their_own(
    client_maya: Client, maya_membership: Membership, colleague: Client
) -> None:
    page = client_maya.get("/settings").text
    assert 'action="/settings/address"' not in page
    assert f">rapport set-address you@your-company.com --member {OLD}<" in page
    assert ">rapport set-address you@your-company.com --member ali@fernhill.example<" in colleague.get("/settings").text
    refused = client_maya.post("/settings/address", ASKED)
    assert refused.status_code == 422
    assert "No mail goes out from here, so nobody can ask if an address is yours." in refused.text
    assert address_of(maya_membership) == OLD
    assert not OneTimeLink.objects.exists()


def test_whoever_runs_rapport_sets_it(client_maya: Client, maya_membership: Membership) -> None:
    assert client_maya.get("/settings").status_code == 200
    assert give_address(House.from_environment(), " Maya@home.example", OLD) == (OLD, NEW)
    assert can_sign_in(NEW)
    assert client_maya.get("/settings").status_code == 303  # signed out everywhere
    noted = JournalEntry.objects.get(verb="member.address")
    assert (noted.door, noted.subject_name) == ("cli", "Maya Okafor")
    assert not OutgoingMail.objects.exists()


def test_the_address_before_is_told_of_what_was_set(
    client_maya: Client, maya_membership: Membership, post: Post
) -> None:
    link = asked(client_maya, post)
    give_address(House.from_environment(), "maya@third.example", OLD)
    told = [one for one in post.delivered() if one["To"] == OLD][-1]
    assert "by the command line, that you sign in as maya@third.example" in text_of(told)
    assert signed_in(maya_membership.user).post(link).status_code == 410


@pytest.mark.parametrize("wrong", ["nonsense", "ned@elsewhere.example"])
def test_what_is_set_must_be_an_address_and_free(maya_membership: Membership, neighbour: Client, wrong: str) -> None:
    with pytest.raises(Trouble):
        give_address(House.from_environment(), wrong, OLD)
    assert address_of(maya_membership) == OLD


def test_who_has_no_address_yet_is_told_nowhere(maya_membership: Membership, post: Post) -> None:
    User.objects.filter(id=maya_membership.user_id).update(email=FIRST_ADDRESS)
    maya = signed_in(User.objects.get(id=maya_membership.user_id))
    assert maya.post(asked(maya, post)).status_code == 303
    assert {one["To"] for one in post.delivered()} == {NEW}
