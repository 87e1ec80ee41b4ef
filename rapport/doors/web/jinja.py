"""The Jinja environment of the pages: translations, dates in words, icons and glyphs; and rendering by block."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from . import glyphs
from .pages.shell import Shell
from .strands import strands

TEMPLATES = Path(__file__).parent / "templates"
# The one inline script: sets the chosen theme before the first paint. The policy allows it by its hash.
THEME_LINE = Markup("try{localStorage.theme&&(document.documentElement.dataset.theme=localStorage.theme)}catch{}")
THEME_LINE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(THEME_LINE.encode()).digest()).decode()
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        f"script-src 'self' '{THEME_LINE_HASH}'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    ]
)
# A framed mail's links open, in pages of their own that its sandbox does not hold. Without both words a click does
# nothing; with nothing else no script runs.
FRAMED_MAIL_SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
ONCE = "once"  # the field that makes sending a form twice safe


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 backend asks for."""
    options["undefined"] = StrictUndefined  # Django would set a forgiving one while debugging
    options.pop("autoescape", None)
    options.setdefault("loader", FileSystemLoader(TEMPLATES))
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    made = Environment(autoescape=True, extensions=["jinja2.ext.i18n"], **options)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals.update(
        static=static,
        icon=icon,
        csrf=csrf,
        once=once,
        theme_line=THEME_LINE,
        mail_sandbox=FRAMED_MAIL_SANDBOX,
        overlap=glyphs.overlap,
        hero=glyphs.hero,
        bond_words=glyphs.bond_words,
        avatar=glyphs.avatar,
        rhythm_strip=glyphs.rhythm_strip,
        logo=glyphs.logo,
        strands=strands,
    )
    made.filters.update(
        day=day, whole_day=whole_day, clock=clock, month=month, weekday=weekday, count=count, machine=machine
    )
    return made


def page_html(made: Environment, template: str, shell: Shell, page: object) -> str:
    """A whole page."""
    return made.get_template(template).render(shell=shell, page=page)


def fragment_html(made: Environment, template: str, block: str, shell: Shell, page: object) -> str:
    """One named block of a page's template, so that a page and its fragment are the same text."""
    found = made.get_template(template)
    context = found.new_context({"shell": shell, "page": page})
    return "".join(found.blocks[block](context))


def icon(name: str, cls: str = "") -> Markup:
    """An icon of the sprite, silent for screen readers; the word stands beside it."""
    return Markup('<svg class="i {}" aria-hidden="true"><use href="{}#i-{}"/></svg>').format(
        cls, static("icons.svg"), name
    )


def csrf(shell: Shell) -> Markup:
    """The hidden field every form carries."""
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(shell.csrf)


def once() -> Markup:
    """The hidden field of a form that makes something: another one each time the form is shown."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(ONCE, secrets.token_urlsafe(12))


@pass_context
def day(context: Context, value: date) -> str:
    """A day as people say it: "today", "yesterday", "17 November", "17 November 2024"."""
    now = context["shell"].now
    on = value.date() if isinstance(value, datetime) else value
    if now is None:
        return whole_day(on)
    away = (now.date() - on).days
    if away == 0:
        return _("today")
    if away == 1:
        return _("yesterday")
    if on.year == now.year:
        return date_format(on, pgettext("date without year", "j F"))
    return whole_day(on)


def whole_day(value: date) -> str:
    """A day that is the same whenever it is read: "17 November 2024"."""
    return date_format(value, pgettext("date with year", "j F Y"))


def clock(value: datetime) -> str:
    """A time of day."""
    return date_format(value, pgettext("time of day", "H:i"))


@pass_context
def month(context: Context, value: date) -> str:
    """A month as a heading, with its year when it is not this one."""
    now = context["shell"].now
    if now is not None and value.year == now.year:
        return date_format(value, pgettext("month without year", "F"))
    return date_format(value, pgettext("month with year", "F Y"))


def weekday(value: date) -> str:
    """A short day inside a month: "Tue 17"."""
    return date_format(value, pgettext("day within a month", "D j"))


def count(value: int) -> str:
    """A whole number with its thousands apart."""
    return str(number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True))


def machine(value: date) -> str:
    """A date or time for machines, as the `datetime` attribute wants it."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
