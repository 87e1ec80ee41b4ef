"""The pictures say what the words say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rapport.doors.web.glyphs import avatar, bond_words, hero, initials, overlap, rhythm_strip
from rapport.doors.web.pages.shell import Face, Rhythm

from .samples import MAYA, PRIYA, bond, rhythm


def centres(svg: str) -> list[float]:
    """Where the two circles stand."""
    return [float(x) for x in re.findall(r'class="c[^"]*" cx="([\d.]+)"', svg)]


def test_the_stronger_the_nearer() -> None:
    apart = [
        centres(overlap(bond(strength, 0.5)))[1] - centres(overlap(bond(strength, 0.5)))[0]
        for strength in (10, 30, 50, 70, 90)
    ]
    assert apart == sorted(apart, reverse=True)
    assert len(set(apart)) == 5


@pytest.mark.parametrize("px", [16, 32, 112])
def test_the_circles_of_a_faint_tie_stand_inside_the_picture(px: int) -> None:
    for strength in (None, 0, 1, 19):
        svg = overlap(bond(strength, 0.5), px)
        left, _top, width, _height = map(float, re.search(r'viewBox="([^"]+)"', svg)[1].split())  # type: ignore[index]
        for x, radius, stroke in re.findall(r'cx="([-\d.]+)" cy="8" r="([\d.]+)" stroke-width="([\d.]+)"', svg):
            reach = float(radius) + float(stroke) / 2
            assert left <= float(x) - reach, "cut off at the left in a list"
            assert float(x) + reach <= left + width, "cut off at the right in a list"


def test_not_met_yet_shares_nothing_and_guesses() -> None:
    svg = overlap(bond(0, None))
    assert "lens" not in svg
    assert 'class="c guess"' in svg
    assert 'aria-label="Not met yet"' in svg


def test_unknown_is_not_weak() -> None:
    unknown, weak = overlap(bond(None, None)), overlap(bond(5, 0.5))
    assert "guess" in unknown
    assert "guess" not in weak
    assert 'class="lens"' not in unknown, "that would show something shared"
    assert unknown.count('class="c guess"') == 2
    assert centres(unknown) != centres(overlap(bond(0, None))), "two circles apart: they have not met"
    assert 'class="level"' not in unknown
    assert 'aria-label="Too early to say"' in unknown


def test_a_small_glyph_shows_four_levels_only() -> None:
    levels = {re.search(r'class="level" d="([^"]+)"', overlap(bond(50, n / 100)))[1] for n in range(1, 101)}  # type: ignore[index]
    assert len(levels) == 4


def test_doubt_is_drawn_from_the_hero_size_up() -> None:
    assert 'class="band"' in overlap(bond(70, 0.5, 8), 112)
    assert 'class="band"' not in overlap(bond(70, 0.5, 8), 24)


def test_beside_words_the_glyph_is_silent() -> None:
    assert 'aria-hidden="true"' in bond_words(bond(78, 0.5))
    assert "Strong, <b>needs care</b>" in bond_words(bond(78, 0.5))


def test_the_hero_shows_both_faces() -> None:
    svg = hero(bond(78, 0.5), MAYA, PRIYA)
    assert svg.count('class="av"') == 2
    assert 'aria-label="Priya Raman: Strong, needs care"' in svg


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Priya Raman", "PR"),
        ("ליאת ברק", "לב"),
        ("田中", "田"),
        ("Ana María de la Cruz", "AC"),
        ("", ""),
        ("— (x)", ""),
    ],
)
def test_initials_in_any_script(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_face_without_portrait_keeps_its_tint() -> None:
    face = Face("Elena Ruiz", "7f")
    assert avatar(face) == avatar(face)
    assert "<img" not in avatar(face)


def test_a_rhythm_counts_both_sides() -> None:
    beats = rhythm(1)
    svg = rhythm_strip(beats, "Priya")
    assert svg.count('class="them"') == sum(week.them for week in beats.weeks)
    assert svg.count('class="us"') == sum(week.us for week in beats.weeks)
    assert f"Priya reached out {sum(week.them for week in beats.weeks)} times" in svg


def test_the_words_of_a_rhythm_lie_clear_of_its_dots() -> None:
    beats = rhythm(1)
    busy = Rhythm(tuple(replace(week, them=9, us=9) for week in beats.weeks), beats.sentence)
    svg = rhythm_strip(busy, "Priya")
    dots = [float(y) for y in re.findall(r'cy="([\d.]+)"', svg)]
    above, below = (float(y) for y in re.findall(r'y="([\d.]+)" text-anchor="end"', svg))
    assert above <= min(dots) - 3
    assert below >= max(dots) + 3 + 8  # a letter is 8 high


def test_a_rhythm_of_no_weeks_is_a_line() -> None:
    assert "<circle" not in rhythm_strip(Rhythm((), ""), "Priya")


def test_a_name_cannot_leave_the_picture() -> None:
    assert "<b>" not in rhythm_strip(rhythm(1), "<b>")
    assert '"onload' not in overlap(bond(50, 0.5), who='" onload="x')
