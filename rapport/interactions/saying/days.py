"""When it was. A day that is not named with its year has passed; what is still to come is a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .facts import Tense
from .masking import Masked
from .plans import take_coming, without_coming
from .topics import topic_in

_MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "january jan januar jänner janvier enero ene",
            "february feb februar février fevrier febrero",
            "march mar märz maerz mars marzo",
            "april apr avril abril abr",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août aout agosto ago",
            "september sept sep septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre decembre diciembre dic",
        ),
        start=1,
    )
    for word in words.split()
}
_WEEKDAYS = {
    word: day
    for day, words in enumerate(
        (
            "monday mon montag lundi lunes",
            "tuesday tues tue dienstag mardi martes",
            "wednesday wed mittwoch mercredi miércoles miercoles",
            "thursday thurs thu donnerstag jeudi jueves",
            "friday fri freitag vendredi viernes",
            "saturday samstag sonnabend samedi sábado sabado",
            "sunday sonntag dimanche domingo",
        )
    )
    for word in words.split()
}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("a an one ein einem einen einer un une uno una", "two zwei deux dos", "three drei trois tres"), start=1
    )
    for word in words.split()
}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


DAYS_OF_A_YEAR = 365
_NUMBER = rf"(\d{{1,3}}|{_any(_NUMBERS)})"
_ISO = _compiled(r"\b(?:on |am |le |el )?(\d{4})-(\d{1,2})-(\d{1,2})\b")
_POINTS = _compiled(r"\b(?:on |am |le |el )?(\d{1,2})([./])(\d{1,2})(?:\2(\d{4}|\d{2})\b|\2|\b)")
_DAY_MONTH = _compiled(
    rf"\b(?:on |am |le |el )?(?:the )?(\d{{1,2}})(?:st|nd|rd|th|er|\.)? "
    rf"(?:of |de )?({_any(_MONTHS)})\b\.?(?: (?:de )?(\d{{4}}))?"
)
_MONTH_DAY = _compiled(rf"\b(?:on )?({_any(_MONTHS)})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?: (\d{{4}}))?")
_AGO = (
    (1, _compiled(rf"\b(?:{_NUMBER} days? ago|vor {_NUMBER} tage?n?|il y a {_NUMBER} jours?|hace {_NUMBER} días?)\b")),
    (7, _compiled(
        rf"\b(?:{_NUMBER} weeks? ago|vor {_NUMBER} wochen?|il y a {_NUMBER} semaines?|hace {_NUMBER} semanas?)\b")),
)  # fmt: skip
_NAMED = (
    (2, _compiled(r"\b(?:the day before yesterday|vorgestern|avant-hier|anteayer|antier)\b")),
    (1, _compiled(r"\b(?:yesterday|last night|gestern|ayer|anoche)\b")),
    (7, _compiled(r"\b(?:last week|letzte woche|la semaine dernière|la semana pasada)\b")),
    (0, _compiled(
        r"\b(?:earlier )?(?:today|tonight|just now|heute|aujourd.hui|hoy"
        r"|(?=this (?:morning|afternoon|evening))|(?=ce (?:matin|soir))|(?=esta (?:mañana|tarde|noche)))")),
)  # fmt: skip
_YESTERDAY_IN_FRENCH = _compiled(r"\bhier\b")
_GERMAN = _compiled(r"\b(?:mit|war|ist|und|habe|hat|bei|von|der|die|das|wir|ich)\b")
_WEEKDAY = _compiled(
    r"\b(?P<last>last |letzten |letzte )?(?:on |this past |past |am |le |el )?"
    rf"(?P<day>{_any(_WEEKDAYS)})\b(?P<past> dernier| pasado)?"
)
_PART = (
    (12, _compiled(r"\b(?:at |um |à |a )?(?:noon|midday|mittags|midi|mediodía)\b")),
    (9, _compiled(r"\b(?:this |in the |am |ce |esta |por la )?(?:morning|vormittag|morgen|matin|mañana)\b")),
    (15, _compiled(r"\b(?:this |in the |am |cet |esta |por la )?(?:afternoon|nachmittag|après-midi|tarde)\b")),
    (19, _compiled(r"\b(?:this |in the |am |ce |esta |por la )?(?:evening|abend|soir|noche)\b")),
)
_CLOCK = (
    _compiled(r"(?:\b(?:at|um|à|a las?|@) ?)?\b(?P<h>\d{1,2})[:.](?P<m>\d\d)(?: ?(?P<half>am|pm|uhr)\b)?(?!\d)"),
    _compiled(r"(?:\b(?:at|um|à|a las?|@) ?)?\b(?P<h>\d{1,2}) ?(?P<half>am|pm|uhr)\b(?P<m>)"),
    _compiled(r"(?:\bà|@) ?(?P<h>\d{1,2}) ?h(?P<m>\d\d)?\b(?P<half>)"),
    _compiled(r"\b(?:at|um|a las?) (?P<h>\d{1,2})\b(?! ?(?:h|m|min|st|hour|uhr|:))(?P<m>)(?P<half>)"),
)

# Until when: the day that follows, or stands before, is not when it happened.
_DUE_BEFORE = _compiled(
    r"\b(?:by|until|till?|before|due|deadline:?|no later than|bis|fällig|spätestens|vor(?: dem)?|frist:?"
    r"|avant|d['’]ici|au plus tard|jusqu['’]au?|échéance:?|para|hasta|antes del?|a más tardar|vence)"
    r"(?: zum| zur| den| der| spätestens| latest| le| el)? $"
)
_DUE_BEHIND = _compiled(r" ?(?:at the latest|latest|deadline|due|fällig|spätestens|au plus tard|a más tardar)\b")
_PAST = _compiled(
    r"\b(?:was|were|had|did|got|went|came|said|told|left|gave|took|made|began|\w{2,}ed|ago"
    r"|war|waren|hatten?|wurden?|bekam|kam|ging|sagte|ge\w{2,}(?:t|en)|verstorben"
    r"|était|avait|ont? \w+é|estaba|había|fue)\b"
)


@dataclass(frozen=True, slots=True)
class When:
    """The moment a sentence speaks of. `was_said`: it named a day or an hour."""

    at: datetime
    was_said: bool = False
    is_plan: bool = False


def take_when(sentence: Masked, now: datetime, tense: Tense | None = None) -> When:
    """When it was, taken out. `now` is aware, where the writer is; no word about it means now.

    A day before what it was about is its own. One behind that is, too, unless it is still to come and it has happened.
    """
    is_ahead = take_coming(sentence, tense)
    found = _take_before_topic(sentence, now)
    if found is None:
        tried = without_coming(sentence)
        known = len(tried.taken)
        found = _take_named(tried, now)
        if found is None or (found > now and _is_of_topic(sentence, tense)):
            return When(now, was_said=is_ahead, is_plan=is_ahead)
        for start, end in tried.taken[known:]:
            sentence.cover(start, end)
    return When(found, True, is_plan=is_ahead or found > now)


def is_due_then(words: str, now: datetime) -> bool:
    """Whether the day that is named is one until which something waits: "by 12 December", "am 12.12. fällig"."""
    span = _named_in(words, now)
    return span is not None and bool(_DUE_BEFORE.search(words[: span[0]]) or _DUE_BEHIND.match(words[span[1] :]))


def is_sooner_ahead(words: str, now: datetime) -> bool:
    """Whether a day is named without its year that comes sooner than it is past, and nothing is told in the past."""
    found = next(filter(None, (pattern.search(words) for pattern in (_DAY_MONTH, _MONTH_DAY, _POINTS))), None)
    if found is None or found.groups()[-1] or _PAST.search(words):
        return False
    passed = _take_day(Masked(found[0]), now.date())
    return passed is not None and (now.date() - passed).days > DAYS_OF_A_YEAR // 2


def _named_in(words: str, now: datetime) -> tuple[int, int] | None:
    """From where to where a day or an hour is named."""
    tried = Masked(words)
    _take_named(tried, now)
    return (min(tried.taken)[0], max(tried.taken)[1]) if tried.taken else None


def _take_before_topic(sentence: Masked, now: datetime) -> datetime | None:
    topic = topic_in(sentence.rest)
    if topic is None:
        return None
    head = Masked(sentence.rest[:topic])
    found = _take_named(head, now)
    for start, end in head.taken:
        sentence.cover(start, end)
    return found


def _is_of_topic(sentence: Masked, tense: Tense | None) -> bool:
    return tense in ("past", "told") and topic_in(sentence.rest) is not None


def _take_named(sentence: Masked, now: datetime) -> datetime | None:
    """The moment that is named, taken out; None where there is none."""
    day = _take_day(sentence, now.date())
    hour = _take_hour(sentence)
    about = None if hour else _take_part_of_day(sentence)
    if day is None and hour is None and about is None:
        return None
    at = datetime.combine(day or now.date(), hour or about or time(12), now.tzinfo)
    if hour is None and at.date() == now.date():
        return min(at, now) if about else now
    return at


def _take_day(sentence: Masked, today: date) -> date | None:
    if said := sentence.take(_ISO):
        return _date(int(said[1]), int(said[2]), int(said[3]))
    if said := sentence.take(_DAY_MONTH):
        return _passed(int(said[1]), _MONTHS[said[2].lower()], said[3], today)
    if said := sentence.take(_MONTH_DAY):
        return _passed(int(said[2]), _MONTHS[said[1].lower()], said[3], today)
    for step, pattern in _AGO:
        if said := sentence.take(pattern):
            word = next(group for group in said.groups() if group).lower()
            return today - timedelta(days=step * (_NUMBERS.get(word) or int(word)))
    if not _GERMAN.search(sentence.rest) and sentence.take(_YESTERDAY_IN_FRENCH):
        return today - timedelta(days=1)
    for days, pattern in _NAMED:
        if sentence.take(pattern):
            return today - timedelta(days=days)
    if said := sentence.take(_WEEKDAY):
        return _last_weekday(_WEEKDAYS[said["day"].lower()], today, bool(said["last"] or said["past"]))
    if (said := _POINTS.search(sentence.rest)) and (found := _of_points(said, today)):
        sentence.cover(*said.span())
        return found
    return None


def _take_hour(sentence: Masked) -> time | None:
    for pattern in _CLOCK:
        said = pattern.search(sentence.rest)
        if said and (hour := _hour(int(said["h"]), int(said["m"] or 0), said["half"] or "")):
            sentence.cover(*said.span())
            return hour
    return None


def _take_part_of_day(sentence: Masked) -> time | None:
    """About when a morning, an afternoon or an evening was."""
    return next((time(usual) for usual, pattern in _PART if sentence.take(pattern)), None)


def _hour(hour: int, minute: int, half: str) -> time | None:
    """An hour of the day; small hours without am or pm are taken as of the afternoon."""
    half = half.lower()
    if half in ("am", "pm") and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif not half and 1 <= hour < 7:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _of_points(said: re.Match[str], today: date) -> date | None:
    """19.11. or 19/11/2026: day first, unless only the other way round makes a date."""
    day, month = int(said[1]), int(said[3])
    if month > 12 >= day and said[2] == "/":
        day, month = month, day
    return _passed(day, month, said[4], today) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _passed(day: int, month: int, year: str | None, today: date) -> date | None:
    """That day in its year; without one, the last time it was."""
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = _date(today.year, month, day)
    return _date(today.year - 1, month, day) if this_year is None or this_year > today else this_year


def _last_weekday(weekday: int, today: date, before_today: bool) -> date:
    """The last such day, today included unless it says last."""
    back = (today.weekday() - weekday) % 7
    return today - timedelta(days=back or (7 if before_today else 0))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
