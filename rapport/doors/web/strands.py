"""Who knows whom as a picture, drawn on the server: our people, theirs, and a line for every tie.

It is as wide as the page: lines and names stand at hundredths of it, so that it can be read on a phone, too.

A line is the thicker the stronger the tie is and has the colour of how it is tended; at risk it is dashed too, so that
nothing is said by colour alone. The page's table says the same in words.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from .pages.organizations import Picture, Strand
from .pages.shell import Face

STEP, TOP = 34, 22
OURS_X, THEIRS_X = 36, 64  # in hundredths of the width, where lines begin and end; names stand outside
LONGEST, NARROW = 26, 16  # letters of a name; on a phone


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
    return Markup('<svg class="strands" width="100%" height="{}" role="img" aria-label="{}">{}</svg>').format(
        height,
        spoken,
        Markup("".join(drawn)),  # noqa: S704 (numbers and escaped names)
    )


def _y(place: int, many: int, rows: int) -> float:
    """Both columns are as high as the longer one."""
    return TOP + STEP * (rows - 1) * (place / (many - 1) if many > 1 else 0.5)


def _line(picture: Picture, one: Strand, rows: int) -> str:
    begins, ends = _y(one.ours, len(picture.ours), rows), _y(one.theirs, len(picture.theirs), rows)
    wide = 1 + 5 * (one.bond.strength or 0) / 100
    words = ", ".join(part for part in (one.bond.strength_word, one.bond.health_word) if part)
    title = escape(f"{picture.ours[one.ours].name} – {picture.theirs[one.theirs].name}: {words}")
    ends_at = f'x1="{OURS_X}%" y1="{begins:.1f}" x2="{THEIRS_X}%" y2="{ends:.1f}"'
    return f'<line class="{one.bond.tone}" stroke-width="{wide:.1f}" {ends_at}><title>{title}</title></line>'


def _end(face: Face, x: int, y: float, anchor: str, is_alone: bool = False) -> str:
    cls = "alone" if is_alone else "known"
    beside = f'x="{x}%" dx="{-12 if anchor == "end" else 12}" y="{y + 4:.1f}" text-anchor="{anchor}"'
    name, short = (escape(_cut(face.name, letters)) for letters in (LONGEST, NARROW))
    words = f'<text class="{cls}" {beside}>{name}</text>'
    if short != name:  # a picture cannot cut off what it has no room for
        words = f'<text class="{cls} roomy" {beside}>{name}</text><text class="{cls} narrow" {beside}>{short}</text>'
    return f'<circle class="{cls}" cx="{x}%" cy="{y:.1f}" r="5"/>{words}'


def _cut(name: str, letters: int) -> str:
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"
