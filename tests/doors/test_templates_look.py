"""The look keeps its promises: contrast, direction, weight."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from rapport.doors.web.jinja import environment, page_html

from .samples import PAGES

LOOK = Path(__file__).parents[2] / "rapport/doors/web/look"
CSS = (LOOK / "rapport.css").read_text()
KB = 1024

TEXT_ON_GROUNDS = [
    (ink, on, 4.5) for ink in ("ink", "ink-2", "ink-3") for on in ("paper", "surface", "raised", "sunken", "list")
]
PLUM = [("plum", on, 4.5) for on in ("surface", "paper", "raised", "plum-soft", "list")]
PLUM += [("on-plum", "plum-solid", 4.5), ("on-plum", "plum-press", 4.5)]
PLUM += [(ink, "plum-soft", 4.5) for ink in ("ink", "ink-2", "ink-3")]
TONES = [
    pair
    for tone in ("well", "care", "risk")
    for pair in (
        (f"{tone}-ink", f"{tone}-soft", 4.5),
        (f"{tone}-ink", "surface", 4.5),
        (f"{tone}-ink", "list", 4.5),
        ("ink", f"{tone}-soft", 4.5),
        (tone, "surface", 3),
        (tone, "list", 3),
    )
]
QUIET = [("unsure", "surface", 3), ("control", "surface", 3), ("control", "paper", 3), ("ink-3", "unsure-soft", 4.5)]
PAIRS = TEXT_ON_GROUNDS + PLUM + TONES + QUIET


def tokens() -> dict[str, tuple[str, str]]:
    """Every colour token as (light, dark)."""
    found = re.finditer(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)", CSS)
    return {token[1]: (token[2], token[3]) for token in found} | {"on-plum": ("#ffffff", "#ffffff")}


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_can_be_told_apart(front: str, ground: str, least: float, theme: int) -> None:
    dim, bright = sorted(luminance(tokens()[name][theme]) for name in (front, ground))
    assert (bright + 0.05) / (dim + 0.05) >= least


def test_there_are_forty_seven_pairs() -> None:
    assert len(PAIRS) == 47


@pytest.mark.parametrize("sheet", sorted(LOOK.glob("*.css")), ids=lambda path: path.name)
def test_the_look_knows_no_left_and_right(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert re.findall(r"\b(?:left|right)\b", rules) == []


def test_layers_are_declared_once_in_order() -> None:
    assert re.findall(r"@layer ([\w, ]+);", CSS) == ["tokens, base, shell, components, screens, small"]


@pytest.mark.parametrize("module", sorted((LOOK / "js").glob("*.js")), ids=lambda path: path.name)
def test_each_behaviour_is_small(module: Path) -> None:
    assert module.stat().st_size < 4 * KB


def test_the_style_sheet_stays_light() -> None:
    assert weight(LOOK / "rapport.css") <= 14 * KB


@pytest.mark.parametrize("name", PAGES)
def test_every_page_stays_light(name: str) -> None:
    assert len(gzip.compress(html(name).encode())) <= 15 * KB


@pytest.mark.parametrize("name", ["today", "people", "person"])
def test_the_first_visit_stays_light(name: str) -> None:
    text = html(name)
    parts = set(re.findall(r"/static/([\w./-]+)", text)) | {
        "fonts/hanken-grotesk-latin-wght-normal.woff2",
        "fonts/source-serif-4-latin-wght-normal.woff2",
    }
    assert len(parts) > 10
    assert len(gzip.compress(text.encode())) + sum(weight(LOOK / part) for part in parts) <= 180 * KB


def html(name: str) -> str:
    """One sample page."""
    template, shell, page = PAGES[name]
    return page_html(environment(), template, shell, page)


def weight(path: Path) -> int:
    """Bytes on the way, compressed unless the format already is."""
    return path.stat().st_size if path.suffix == ".woff2" else len(gzip.compress(path.read_bytes()))


def test_letters_of_other_languages_are_fetched_only_where_they_stand() -> None:
    """Every file of a font is named with its letters, and no letter of ours is in a part beside the first."""
    faces = re.findall(r"@font-face \{.*?\}", (LOOK / "rapport.css").read_text(), re.DOTALL)
    files = {re.search(r"fonts/([\w-]+\.woff2)", one)[1]: letters_of(one) for one in faces}  # type: ignore[index]
    assert files.keys() == {path.name for path in (LOOK / "fonts").glob("*.woff2")}
    for name, letters in files.items():
        assert ("e" in letters) == name.endswith("-latin-wght-normal.woff2")
    for letter in "ąęłńśźżĄŁŻřůőğıșț":
        assert [name for name in files if name.startswith("hanken") and letter in files[name]], letter
    for letter in "ăâđêôơưạẩữỵẾ":
        assert [name for name in files if name.startswith("source") and letter in files[name]], letter


def letters_of(face: str) -> set[str]:
    """The letters a face is for."""
    ends = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face)
    return {chr(one) for first, last in ends for one in range(int(first, 16), int(last or first, 16) + 1)}
