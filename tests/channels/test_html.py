"""Foreign HTML is shown without fetching or running anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rapport.channels.html import clean_html, clean_mail
from rapport.channels.sightings import CleanHtml, MailPage
from tests.channels.mails import mail


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' jav&#x09;ascript:alert(1)'>x</a>",
        "<img src=x onerror=alert(1)>",
        "<img srcset='http://evil.org/a.png 1x'>",
        "<p style='background:url(http://evil.org/a.png)'>x</p>",
        "<p style='background:u\\72l(http://evil.org/a.png)'>x</p>",
        "<p style='background:u/**/rl(http://evil.org/a.png)'>x</p>",
        "<table background='http://evil.org/a.png'><tr><td>x</td></tr></table>",
        "<style>@import 'http://evil.org/a.css'</style>",
        "<link rel=stylesheet href='http://evil.org/a.css'>",
        "<base href='http://evil.org/'>",
        "<meta http-equiv=refresh content='0;url=http://evil.org'>",
        "<form action='http://evil.org'><input name=password></form>",
        "<iframe src='http://evil.org'></iframe>",
        "<svg><image href='http://evil.org/a.png'/></svg>",
        "<video poster='http://evil.org/a.png'></video>",
        "<img src='data:image/svg+xml;base64,AAAA'>",
    ],
)
def test_nothing_is_fetched_and_nothing_runs(hostile: str) -> None:
    shown = clean_html(f"<p>before</p>{hostile}<p>after</p>").html
    assert not re.search(r"evil|alert|script|svg|<form|<input|<iframe|on\w+=", shown, re.IGNORECASE)
    assert "before" in shown
    assert "after" in shown


def test_what_is_harmless_stays_and_blocked_images_are_counted() -> None:
    clean = clean_html(
        '<b style="color:red">x</b><a href="https://x.org">y</a>'
        '<img src="data:image/png;base64,AAAA"><img src="http://t.org/1.gif"><img src="cid:a">'
    )
    assert 'style="color:red"' in clean.html
    assert 'rel="noopener noreferrer nofollow"' in clean.html
    assert 'src="data:image/png;base64,AAAA"' in clean.html
    assert clean.blocked_images == 2


def test_letters_keep_the_ground_they_were_chosen_for() -> None:
    """White on blue without the blue cannot be read."""
    shown = clean_html('<div style="background:#003366"><p style="color:#fff">Summer</p></div>').html
    assert "background:#003366" in shown
    assert "color:#fff" in shown
    assert "image-set" not in clean_html("<p style=\"background:image-set('http://t.org/a' 1x)\">x</p>").html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p style='color:#fff'>x</p>", '<p style="color:#fff;color:#000">x</p>'),
        ("<table bgcolor='003366'></table>", '<table bgcolor="003366" style="color:#fff"></table>'),
        ("<font color=white>x</font>", '<font color="white" style="color:#000">x</font>'),
        ("<p style='color:red'>x</p>", '<p style="color:red">x</p>'),
        ("<p style='color:#000 !important'>x</p>", '<p style="color:#000">x</p>'),
        ("<p title=' style=' style='color:#fff'>x</p>", '<p title=" style=" style="color:#fff;color:#000">x</p>'),
    ],
)
def test_letters_that_lost_their_ground_are_made_to_stand_out(written: str, shown: str) -> None:
    assert clean_html(written).html == shown


@pytest.mark.parametrize("tag", ["text", "view", "list", "root", "vector", "o:p", "st1:place", "section", "X"])
def test_words_in_a_tag_that_drawings_also_have_are_shown(tag: str) -> None:
    assert clean_html(f"<p>one <{tag} a=b>two</{tag}> three</p>").html == "<p>one two three</p>"
    assert clean_html(f"<p>one <{tag}/>two three</p>").html == "<p>one two three</p>"


def test_ten_thousand_tags_within_each_other_end() -> None:
    assert "words" in clean_html("<b><text>" * 5_000 + "words").html


def test_the_page_of_a_mail_is_its_html() -> None:
    page = clean_mail(mail("<p>Hi</p><script>x</script>", "Content-Type: text/html")).page
    assert page is not None
    assert page.formatted == CleanHtml("<p>Hi</p>", 0)


def test_the_page_of_a_mail_in_plain_words_is_what_was_cut_off() -> None:
    page = clean_mail(mail("Hi\n\nOn Mon, Maya wrote:\n> Nice to see you.\n\n-- \nPriya")).page
    assert page == MailPage(None, "On Mon, Maya wrote:\n> Nice to see you.\n\n--\nPriya")


@pytest.mark.parametrize(
    "address", ["tel:+4416149600", "file:///etc/passwd", "data:text/html,x", "//evil.org", "/team"]
)
def test_links_lead_to_the_web_or_into_a_mail_only(address: str) -> None:
    assert "href" not in clean_html(f"<a href='{address}'>x</a>").html
    shown = clean_html("<a href='https://x.org'>x</a><a href='mailto:a@x.org'>a</a>").html
    assert shown.count('target="_blank" rel="noopener noreferrer') == 2


def test_hostile_pages_of_the_wild_are_tamed(shared: Path) -> None:
    for path in sorted((shared / "data/torture/html").rglob("*.html")):
        shown = clean_html(path.read_text("utf-8", "replace")).html
        assert not re.search(r"<script|<[^>]+\son\w+\s*=|<[^>]+javascript:|<img[^>]+src=\"(?!data:image/)", shown, re.I)
