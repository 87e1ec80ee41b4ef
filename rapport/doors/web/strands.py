"""Who knows whom as a picture, drawn on the server: our people, theirs, and a line for every tie.

A line is the thicker the stronger the tie is and has the colour of how it is tended; at risk it is dashed too, so that
nothing is said by colour alone. The page's table says the same in words.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from .pages.organizations import Picture, Strand
from .pages.shell import Face

WIDTH, STEP, TOP = 640, 34, 22
OURS_X, THEIRS_X = 210, 430  # where lines begin and end; names stand outside
LONGEST = 26  # letters of a name


def strands(picture: Picture, place: str) -> Markup:
    """The picture. `place` is what the organization is called."""
    rows = max(len(picture.ours), len(picture.theirs))
    height = TOP * 2 + STEP * (rows - 1)
    known = {one.theirs for one in picture.strands}
    drawn = [_line(picture, one, rows) for one in sorted(picture.strands, key=lambda one: one.bond.strength or 0)]
    drawn += [_end(face, OURS_X, _y(n, len(picture.ours), rows), "end") for n, face in enumerate(picture.ours)]
    drawn += [
        _end(face, THEIRS_X, _y(n, len(picture.theirs), rows), "start", n not in known)
        for n, face in enumerate(picture.theirs)
    ]
    said = _("Who knows whom at %(place)s: %(ours)d of us, %(theirs)d of them, %(ties)d ties. The table says each.")
    spoken = said % {
        "place": place, "ours": len(picture.ours), "theirs": len(picture.theirs), "ties": len(picture.strands),
    }  # fmt: skip
    return Markup('<svg class="strands" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH,
        height,
        spoken,
        Markup("".join(drawn)),  # noqa: S704 (numbers and escaped names)
    )


def _y(place: int, many: int, rows: int) -> float:
    """Both columns are as high as the longer one."""
    return TOP + STEP * (rows - 1) * (place / (many - 1) if many > 1 else 0.5)


def _line(picture: Picture, one: Strand, rows: int) -> str:
    begins, ends = _y(one.ours, len(picture.ours), rows), _y(one.theirs, len(picture.theirs), rows)
    middle = (OURS_X + THEIRS_X) / 2
    wide = 1 + 5 * (one.bond.strength or 0) / 100
    words = ", ".join(part for part in (one.bond.strength_word, one.bond.health_word) if part)
    title = escape(f"{picture.ours[one.ours].name} – {picture.theirs[one.theirs].name}: {words}")
    curve = f"M{OURS_X + 6} {begins:.1f}C{middle} {begins:.1f} {middle} {ends:.1f} {THEIRS_X - 6} {ends:.1f}"
    return f'<path class="{one.bond.tone}" stroke-width="{wide:.1f}" d="{curve}"><title>{title}</title></path>'


def _end(face: Face, x: int, y: float, anchor: str, is_alone: bool = False) -> str:
    name = face.name if len(face.name) <= LONGEST else f"{face.name[: LONGEST - 1]}…"
    cls = ' class="alone"' if is_alone else ""
    beside = x - 12 if anchor == "end" else x + 12
    return (
        f'<circle{cls} cx="{x}" cy="{y:.1f}" r="5"/>'
        f'<text{cls} x="{beside}" y="{y + 4:.1f}" text-anchor="{anchor}">{escape(name)}</text>'
    )
