"""Every page renders from its sample values, and keeps what pages promise: tokens, labels, no script inside."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from rapport.doors.web.jinja import THEME_LINE, environment, fragment_html, page_html

from . import samples
from .samples import PAGES

SPRITE = Path(__file__).parents[2] / "rapport/doors/web/look/icons.svg"


@cache
def rendered(name: str) -> str:
    """One sample page as HTML."""
    template, shell, page = PAGES[name]
    return page_html(environment(), template, shell, page)


def tree(name: str) -> LexborHTMLParser:
    """One sample page, read."""
    return LexborHTMLParser(rendered(name))


@pytest.mark.parametrize("name", PAGES)
def test_every_form_that_changes_something_carries_the_token(name: str) -> None:
    for form in tree(name).css('form[method="post"]'):
        token = form.css_first("input[name=csrfmiddlewaretoken]")
        assert token is not None, form.attributes["action"]
        assert token.attributes["value"] == "token"


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_script_or_style_inside(name: str) -> None:
    page = tree(name)
    inside = [script.text() for script in page.css("script") if "src" not in script.attributes]
    assert inside == [str(THEME_LINE)]
    assert page.css_first("style") is None
    assert re.findall(r"\son[a-z]+=", rendered(name)) == []
    assert "javascript:" not in rendered(name)


@pytest.mark.parametrize("name", PAGES)
def test_every_field_has_a_name_for_those_who_listen(name: str) -> None:
    page = tree(name)
    labelled = {label.attributes.get("for") for label in page.css("label")}
    for field in page.css("input:not([type=hidden]), select, textarea"):
        inside_label = field.parent is not None and field.parent.tag == "label"
        assert inside_label or "aria-label" in field.attributes or field.attributes.get("id") in labelled, field.html


@pytest.mark.parametrize("name", PAGES)
def test_every_id_is_there_once(name: str) -> None:
    ids = [node.attributes["id"] for node in tree(name).css("[id]")]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_every_icon_is_in_the_sprite(name: str) -> None:
    used = set(re.findall(r"icons\.svg#(i-[a-z0-9-]+)", rendered(name)))
    assert used <= set(re.findall(r'id="(i-[a-z0-9-]+)"', SPRITE.read_text()))


def test_a_name_with_markup_stays_words() -> None:
    rude = samples.replace(samples.PERSON, face=samples.replace(samples.PRIYA, name="<b>Priya</b>", called="<i>"))
    html = page_html(environment(), "person.html", samples.shell("people"), rude)
    assert "<b>Priya</b>" not in html
    assert "<i>" not in html.replace("<i></i>", "")
    assert "&lt;b&gt;Priya&lt;/b&gt;" in html


def test_what_is_typed_about_somebody_runs_as_its_own_script_does() -> None:
    fields = tree("person-edit").css("#edit .field input")
    assert len(fields) == 8
    assert [one.attributes["name"] for one in fields if "dir" not in one.attributes] == []


def test_a_page_from_right_to_left_says_so() -> None:
    root = tree("today-rtl").css_first("html")
    assert root is not None
    assert (root.attributes["dir"], root.attributes["lang"]) == ("rtl", "he")


def test_nobody_today_is_a_page_of_its_own() -> None:
    assert "Nobody needs you today." in rendered("today-nobody")
    assert "12 people, all quiet and well." in rendered("today-nobody")
    assert "That’s everyone for today." in rendered("today-finished")


def test_the_counts_of_an_import_add_up_on_screen() -> None:
    numbers = [int(node.text().replace(",", "")) for node in tree("import-progress").css(".sums dd")]
    assert sum(numbers) == samples.READING.found


def test_only_an_import_still_read_asks_for_itself_again() -> None:
    made, shell = environment(), samples.shell("import")
    reading = fragment_html(
        made, "import_progress.html", "progress", shell, samples.ImportProgressPage(samples.READING)
    )
    read = fragment_html(made, "import_progress.html", "progress", shell, samples.ImportProgressPage(samples.READ))
    assert 'hx-get="/import/7/progress"' in reading
    assert "hx-get" not in read
    assert "<html" not in reading


def test_what_is_private_shows_no_words() -> None:
    text = rendered("interaction-private")
    assert "could you send the two-site version" not in text
    assert "Private." in text


def test_mail_is_framed_without_any_rights_but_that_its_links_open() -> None:
    frame = tree("interaction-html").css_first("iframe")
    assert frame is not None
    assert frame.attributes["sandbox"] == "allow-popups allow-popups-to-escape-sandbox"
    assert "3 remote pictures and trackers were left out" in rendered("interaction-html")


def test_the_toast_offers_to_take_it_back() -> None:
    form = tree("person").css_first("#toasts form")
    assert form is not None
    assert form.attributes["action"] == "/undo/j1"


def test_sample_people_can_be_left_from_every_page() -> None:
    assert 'href="/sample/leave"' in rendered("today-sample")
    assert 'href="/sample/leave"' not in rendered("today")
