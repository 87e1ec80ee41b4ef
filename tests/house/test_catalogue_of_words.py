"""Every sentence people see stands in the catalogue from which translations begin."""

from __future__ import annotations

from django.conf import settings

from scripts.messages import CATALOGUE, catalogue_text


def test_the_catalogue_holds_every_sentence_and_no_other() -> None:
    kept = CATALOGUE.read_text("utf-8")
    assert kept == catalogue_text(), "Sentences changed. Gather them again: .venv/bin/python -m scripts.messages"


def test_it_holds_sentences_of_python_and_of_templates_with_their_plurals() -> None:
    kept = CATALOGUE.read_text("utf-8")
    assert 'msgid "It is %(name)s’s birthday today."' in kept
    assert 'msgid "Nobody needs you today."' in kept
    assert 'msgid "Quiet for %(n)d day."\nmsgid_plural "Quiet for %(n)d days."' in kept
    assert 'msgctxt "date with year"\nmsgid "j F Y"' in kept


def test_it_changes_only_when_a_sentence_does() -> None:
    kept = CATALOGUE.read_text("utf-8")
    places = [line for line in kept.splitlines() if line.startswith("#: ")]
    assert places
    assert not [line for line in places if ".py:" in line or ".html:" in line], "no line numbers"
    assert "Creation-Date" not in kept


def test_only_languages_with_a_catalogue_are_offered() -> None:
    translated = {path.parent.parent.name for path in CATALOGUE.parent.glob("*/LC_MESSAGES/django.po")}
    assert {code for code, _name in settings.LANGUAGES} == translated | {"en"}
