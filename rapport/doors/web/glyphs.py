"""Pictures of a relationship, drawn on the server as plain SVG: the Overlap, the rhythm strip, faces, the logo."""

from __future__ import annotations

import math

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from rapport.people.splitting import parts_of

from .pages.shell import Bond, Face, Rhythm

RADIUS = 7.0
MIDDLE_X, MIDDLE_Y = 12.0, 8.0
# Room at both sides for the circles of a faint tie: a list that cuts off what is too long cut them flat.
LEFT, WIDTH, HEIGHT = -1.5, 27, 16
STEPS = (10.2, 8.4, 6.6, 4.9, 3.2)  # distance of the circles for the five strengths, up to 24 px
STROKES = {"small": 1.25, "middle": 0.95, "hero": 0.5}
TINTS = (
    "light-dark(#f0e2ec,#4a3445)",
    "light-dark(#e2ecea,#2f4542)",
    "light-dark(#f4e8d7,#4a3f2c)",
    "light-dark(#e5e6f3,#373a55)",
    "light-dark(#f3e1dc,#4d3530)",
    "light-dark(#e8eddd,#3d4530)",
)


def overlap(bond: Bond, px: int = 16, who: str = "", hidden: bool = False) -> Markup:
    """The Overlap, `px` high: the nearer the circles the stronger, the fuller the shared part the healthier."""
    size = "hero" if px >= 48 else "small" if px <= 24 else "middle"
    label = Markup('aria-hidden="true"') if hidden else Markup('role="img" aria-label="{}"').format(_spoken(bond, who))
    head = Markup('<svg class="ov {} {}" viewBox="{} 0 {} {}" width="{}" height="{}" {}>').format(
        bond.tone, size, LEFT, WIDTH, HEIGHT, _n(_wide(px)), px, label
    )
    return head + Markup(_circles(bond, size)) + Markup("</svg>")  # noqa: S704 (numbers only)


def hero(bond: Bond, us: Face, them: Face, px: int = 112) -> Markup:
    """The Overlap with both faces pinned to the rims, so nobody wonders who is who."""
    reach = RADIUS * math.cos(math.radians(42))
    drop = RADIUS * math.sin(math.radians(42))
    half = _distance(bond, "hero") / 2
    top = (MIDDLE_Y + drop) / HEIGHT * 100
    pins = [(us, MIDDLE_X - half - reach), (them, MIDDLE_X + half + reach)]
    faces = Markup("").join(
        avatar(face, style=f"inset-inline-start:{_n((x - LEFT) / WIDTH * 100)}%;inset-block-start:{_n(top)}%")
        for face, x in pins
    )
    return Markup('<div class="ov-hero" style="--w:{}rem">{}{}</div>').format(
        _n(_wide(px) / 16), overlap(bond, px, them.name), faces
    )


def bond_words(bond: Bond, px: int = 16) -> Markup:
    """The Overlap beside its words: "Strong, needs care"."""
    glyph = overlap(bond, px, hidden=True)
    if not bond.health_word:
        return Markup('<span class="bond {}">{}<span>{}</span></span>').format(bond.tone, glyph, bond.strength_word)
    return Markup('<span class="bond {}">{}<span>{}, <b>{}</b></span></span>').format(
        bond.tone, glyph, bond.strength_word, bond.health_word
    )


def avatar(face: Face, size: str = "", style: str = "") -> Markup:
    """A face, hidden from screen readers because the name always stands beside it. `size` is a CSS length."""
    tint = TINTS[sum(map(ord, face.seed or face.name)) % len(TINTS)]
    styles = f"--av:{tint}" + (f";--d:{size}" if size else "") + (f";{style}" if style else "")
    inner = (
        Markup('<img src="{}" alt="" width="64" height="64">').format(face.picture)
        if face.picture
        else initials(face.name)
    )
    return Markup('<span class="av" style="{}" aria-hidden="true">{}</span>').format(styles, inner)


def initials(name: str) -> str:
    """Up to two first letters of a name in any script, without those of titles and of what stands behind it."""
    words = [word for word in parts_of(name).core or name.split() if word[0].isalnum()]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()


def rhythm_strip(rhythm: Rhythm, they: str, width: int = 344, height: int = 114, labels: bool = True) -> Markup:
    """Who reached out, week by week: above the line they did, below we did. Without labels it is word-sized."""
    weeks = rhythm.weeks
    step = (width - 8) / max(len(weeks), 1)
    middle = height * (0.42 if labels else 0.5)
    radius = 3.1 if labels else 2.7
    pitch = 6.6 if labels else 8.5  # with labels, dots stay clear of the words above and below
    room = max(int((middle - 8) // 8.5), 1)
    parts = [f'<line class="ax" x1="0" y1="{_n(middle)}" x2="{width}" y2="{_n(middle)}"/>']
    for place, week in enumerate(weeks):
        x = _n(4 + step * (place + 0.5))
        for name, count, way in (("them", week.them, -1), ("us", week.us, 1)):
            parts += [
                f'<circle class="{name}" cx="{x}" cy="{_n(middle + way * (8 + pitch * level))}" r="{radius}"/>'
                for level in range(min(count, room))
            ]
    if labels:
        parts += _strip_labels(rhythm, they, width, height, step)
    spoken = _("Contact over %(weeks)d weeks: %(they)s reached out %(them)d times, you reached out %(us)d times.") % {
        "weeks": len(weeks),
        "they": they,
        "them": sum(week.them for week in weeks),
        "us": sum(week.us for week in weeks),
    }
    return Markup('<svg class="rhythm" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        width,
        height,
        spoken,
        Markup("".join(parts)),  # noqa: S704 (numbers and escaped labels)
    )


def logo(px: int = 22) -> Markup:
    """Two circles and what they share."""
    circle = Markup('<circle cx="{}" cy="8" r="6.9" fill="none" stroke="var(--ink)" stroke-width="1.7"/>')
    lens = Markup('<path d="M12 2.24A6.9 6.9 0 0 1 12 13.76A6.9 6.9 0 0 1 12 2.24Z" fill="var(--plum)"/>')
    return Markup('<svg width="{}" height="{}" viewBox="0 0 24 16" aria-hidden="true">{}</svg>').format(
        _n(px * 1.5), px, circle.format(8.2) + circle.format(15.8) + lens
    )


def _wide(px: int) -> float:
    """How wide a picture of this height is."""
    return px * WIDTH / HEIGHT


def _circles(bond: Bond, size: str) -> str:
    """Both circles, the shared part and its level."""
    met, is_known = bond.strength != 0, bond.strength is not None
    radius = RADIUS if met else 5.2
    half = _distance(bond, size) / 2
    near, far = MIDDLE_X - half, MIDDLE_X + half
    stroke = f'stroke-width="{STROKES[size]}"'
    guess = " guess" if bond.is_guess or not bond.strength else ""

    def ring(cls: str, x: float) -> str:
        return f'<circle class="{cls}" cx="{_n(x)}" cy="8" r="{_n(radius)}" {stroke}/>'

    if not is_known:  # neither apart nor together: nothing is said of it
        return ring("c guess", near) + ring("c guess", far)
    drawn = ring("c", near) + ring("c" + guess, far)
    if met:
        drawn += _shared(bond, size, near, far) + ring("edge", near) + ring("edge" + guess, far)
    return drawn


def _shared(bond: Bond, size: str, near: float, far: float) -> str:
    """The lens and how full it is; from 48 px up a soft edge says how unsure we are."""
    rise = math.sqrt(RADIUS**2 - (far - near) ** 2 / 4)
    top, bottom = MIDDLE_Y - rise, MIDDLE_Y + rise
    arc = f"A{_n(RADIUS)} {_n(RADIUS)} 0 0 1"
    lens = f"M12 {_n(top)}{arc} 12 {_n(bottom)}{arc} 12 {_n(top)}Z"

    def filled(level: float) -> str:
        if level >= 0.985:
            return lens
        y = bottom - 2 * rise * level
        dx = math.sqrt(max(RADIUS**2 - (y - MIDDLE_Y) ** 2, 0))
        return f"M{_n(far - dx)} {_n(y)}L{_n(near + dx)} {_n(y)}{arc} 12 {_n(bottom)}{arc} {_n(far - dx)} {_n(y)}Z"

    drawn = f'<path class="lens" d="{lens}"/>'
    if bond.health is None:
        return drawn
    level = max(0.02, min(bond.health, 1.0))
    if size == "small":
        level = 1 if level >= 0.8 else 0.72 if level >= 0.66 else 0.46 if level >= 0.34 else 0.24
    doubt = bond.give_or_take / 100 if size == "hero" else 0.0
    if doubt:
        drawn += f'<path class="band" d="{filled(min(level + doubt, 1))}"/>'
    return drawn + f'<path class="level" d="{filled(max(level - doubt, 0.02))}"/>'


def _distance(bond: Bond, size: str) -> float:
    """How far apart the circles stand, in the picture."""
    if bond.strength == 0:
        return 12.6
    if bond.strength is None:
        return STEPS[1]
    if size == "small":
        return STEPS[min(4, bond.strength // 20)]
    return RADIUS * (1.62 - 1.28 * bond.strength / 100)


def _spoken(bond: Bond, who: str) -> str:
    words = ", ".join(word for word in (bond.strength_word, bond.health_word) if word)
    return f"{who}: {words}" if who else words


def _strip_labels(rhythm: Rhythm, they: str, width: int, height: int, step: float) -> list[str]:
    """Month names below, and who is above and below the line."""
    named: list[tuple[float, str]] = []
    month = None
    for place, week in enumerate(rhythm.weeks[:-2]):
        if week.starts.month != month and (place == 0 or place * step - named[-1][0] > 34):
            named.append((place * step, date_format(week.starts, "M")))
        month = week.starts.month
    texts = [f'<text x="{_n(4 + x)}" y="{height - 4}">{escape(name)}</text>' for x, name in named]
    above = escape(_("%(they)s reached out") % {"they": they})
    below = escape(_("you reached out"))
    middle = height * 0.42
    return [
        *texts,
        f'<text x="{width}" y="{_n(middle - 33)}" text-anchor="end">{above}</text>',
        f'<text x="{width}" y="{_n(middle + 42)}" text-anchor="end">{below}</text>',
    ]


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
