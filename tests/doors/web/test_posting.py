"""Mail goes out once, or is known not to have gone; where that is not known, it says so."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from rapport.accounts import outgoing
from rapport.accounts.models import OneTimeLink, OutgoingMail
from rapport.kit.egress import Outcome

from .conftest import Post

pytestmark = pytest.mark.django_db
NIA = {"email": "nia@fernhill.example", "role": "member"}


def test_an_invitation_brings_the_link_that_works(client_maya: Client, post: Post) -> None:
    assert client_maya.post("/team/invite", NIA).headers["Location"] == "/team"
    assert "The mail waits to be sent." in client_maya.get("/team").text
    (mail,) = post.delivered()
    assert mail["To"] == NIA["email"]
    assert mail["Subject"] == "Maya Okafor invites you to Fernhill"
    link = re.search(r"http://testserver(/link/\S+)", mail.get_content())  # type: ignore[attr-defined]
    assert link
    assert "Fernhill" in Client().get(link[1]).text
    assert "The mail was sent." in client_maya.get("/team").text
    post.later(days=1)
    assert len(post.delivered()) == 1


def test_the_link_is_not_in_the_database(client_maya: Client, post: Post) -> None:
    client_maya.post("/team/invite", NIA)
    row = OutgoingMail.objects.values().get()
    (mail,) = post.delivered()
    token = re.search(r"/link/(\S+)", mail.get_content())  # type: ignore[attr-defined]
    assert token
    assert token[1] not in str(row) + str(OneTimeLink.objects.values().get())
    assert OutgoingMail.objects.get().seed == ""  # sent once, it is never worked out again


def test_an_invitation_that_fails_leaves_no_mail(client_maya: Client, post: Post) -> None:
    assert client_maya.post("/team/invite", {"email": "maya@fernhill.example"}).status_code == 422
    assert not OutgoingMail.objects.exists()


def test_where_the_server_says_not_now_it_is_tried_again(client_maya: Client, post: Post) -> None:
    client_maya.post("/team/invite", NIA)
    post.sink.answers = {"RCPT": "450 greylisted"}
    assert post.delivered() == []
    assert "(450 greylisted)" in client_maya.get("/team").text
    post.sink.answers = {}
    assert post.delivered() == []  # not at once
    post.later(minutes=1)
    assert len(post.delivered()) == 1


def test_it_is_tried_no_longer_than_the_link_works(client_maya: Client, post: Post) -> None:
    Client().post("/accounts/login", {"email": "maya@fernhill.example", "way": "link"})
    post.sink.answers = {"MAIL": "451 later"}
    for _ in range(20):
        post.later(minutes=1)
        post.send()
    assert OutgoingMail.objects.get().state == "late"
    assert sum(one.startswith("open mail") for one in post.sink.heard) == 4  # after 1, 2, 4 and 8 minutes


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [({"RCPT": "550 nobody"}, "did not take the mail"), ({".": ""}, "It is not known whether the mail was sent")],
)
def test_what_was_refused_or_is_not_known_is_said_and_not_repeated(
    client_maya: Client, post: Post, answers: dict[str, str], sentence: str
) -> None:
    client_maya.post("/team/invite", NIA)
    post.sink.answers = answers
    tried = len(post.delivered())
    assert sentence in client_maya.get("/team").text
    post.sink.answers = {}
    post.later(days=1)
    assert len(post.delivered()) == tried


def test_killed_in_the_midst_it_is_not_sent_again(
    client_maya: Client, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_maya.post("/team/invite", NIA)

    def killed(*_: Any) -> Outcome:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(outgoing, "send_mail", killed)
        with pytest.raises(KeyboardInterrupt):
            post.send()
    assert "The mail is being sent." in client_maya.get("/team").text
    post.later(minutes=11)
    assert post.delivered() == []
    assert "It is not known whether the mail was sent" in client_maya.get("/team").text


def test_taken_back_it_is_not_sent(client_maya: Client, post: Post) -> None:
    client_maya.post("/team/invite", NIA)
    client_maya.post("/team/invite", {"withdraw": OneTimeLink.objects.get().token_hash})
    assert post.delivered() == []
    assert not OutgoingMail.objects.exists()
