"""Templates and styles as they are written: strict, turned either way, and in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .code import PACKAGE, none

TEMPLATES = sorted((PACKAGE / "doors/web/templates").rglob("*.html"))
STYLES = sorted((PACKAGE / "doors/web/look").glob("*.css"))
SCRIPTS = sorted((PACKAGE / "doors/web/look/js").glob("*.js"))

JINJA = re.compile(r"{%-?\s*trans\b.*?{%-?\s*endtrans\s*-?%}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
OUR_NAME = {"Rapport"}


def told(path: Path, node: str, text: str) -> str:
    line = text.count("\n", 0, text.index(node)) + 1 if node in text else 1
    return f"rapport/{path.relative_to(PACKAGE)}:{line}: {node.strip()[:80]}"


def places(paths: list[Path], pattern: str) -> list[str]:
    return [
        told(path, match.group(0), path.read_text("utf-8"))
        for path in paths
        for match in re.finditer(pattern, path.read_text("utf-8"), re.IGNORECASE)
    ]


def test_there_is_something_to_look_at() -> None:
    assert TEMPLATES
    assert STYLES
    assert SCRIPTS


def test_templates_hold_no_script_and_no_style() -> None:
    none(
        places(TEMPLATES, r"<script(?![^>]*\bsrc=)[^>]*>(?!{{ theme_line }})|<style\b"),
        "Put it into a file under look/: our policy runs nothing inside a page.",
    )
    none(places(TEMPLATES, r"\son[a-z]+\s*=\s*[\"']"), "Give it a data- attribute and a small behaviour under look/js.")
    none(places(TEMPLATES, r"javascript:"), "A link leads somewhere; what only acts is a button with a behaviour.")


def test_a_style_attribute_only_hands_over_a_value() -> None:
    found = [place for place in places(TEMPLATES, r"\sstyle=\"[^\"]*") if not re.search(r"style=\"\s*(--|\{)", place)]
    none(found, "Name a class; an attribute may only set a custom property (--v) that the style sheet reads.")


def test_styles_turn_with_the_direction_of_writing() -> None:
    sided = (
        r"(?:^|[{;\s])(?:(?:margin|padding|border)-(?:left|right)\b[\w-]*|left|right)\s*:"
        r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
    )
    none(places(STYLES, sided), "Use inline-start and inline-end: the page is also read from right to left.")


def test_every_word_in_a_template_can_be_translated() -> None:
    found = [told(path, words, path.read_text("utf-8")) for path in TEMPLATES for words in untranslated(path)]
    none(found, 'Wrap it: {{ _("…") }} or {% trans %}…{% endtrans %}.')


def untranslated(path: Path) -> Iterator[str]:
    """Text between tags and in attributes that people see, outside all expressions: letters, two or more."""
    # Expressions become a sign that no text has, so that an apostrophe or > in them does not open or close anything.
    bare = JINJA.sub("\x01", path.read_text("utf-8"))
    between = [
        re.sub(r"[\w-]+=\"[^\"]*\"", "", text) for text in re.findall(r">([^<>]*)<", bare)
    ]  # macros make attributes
    seen = [*between, *re.findall(r"\b(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"", bare)]
    for text in seen:
        words = re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", text))
        if set(words) - OUR_NAME:
            yield text.strip("\x01 \n")


def test_scripts_speak_through_the_page() -> None:
    found = places(SCRIPTS, r"\beval\(|new Function\(|innerHTML\s*=|document\.write|https?://(?!www\.w3\.org)")
    none(found, "Let the server render it: scripts of ours move what is there, and load nothing from elsewhere.")


def test_behaviours_are_small() -> None:
    large = [f"rapport/{one.relative_to(PACKAGE)}" for one in SCRIPTS if one.stat().st_size >= 4_000]
    none(large, "Two behaviours are two files: each is fetched only where it is needed.")
