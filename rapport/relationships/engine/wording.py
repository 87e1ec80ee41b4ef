"""The sentences of this room, all in one place: words for standings, rows, silence and doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from rapport.kit.spans import days_here, every, length, quiet_for
from rapport.relationships.engine.balance import Balance
from rapport.relationships.engine.confidence import Confidence
from rapport.relationships.engine.standing import Standing
from rapport.relationships.engine.words import StrengthWord, Tone

STRENGTH_WORDS: Mapping[StrengthWord, object] = {
    "not_met": gettext_lazy("Not met yet"),
    "not_scored": gettext_lazy("Not scored, as they asked"),
    "faint": gettext_lazy("Faint"),
    "light": gettext_lazy("Light"),
    "steady": gettext_lazy("Steady"),
    "strong": gettext_lazy("Strong"),
    "close": gettext_lazy("Close"),
}
TONE_WORDS: Mapping[Tone, object] = {
    "too_early": gettext_lazy("too early to say"),
    "doing_well": gettext_lazy("doing well"),
    "needs_care": gettext_lazy("needs care"),
    "at_risk": gettext_lazy("at risk"),
}
ROW_TITLES: Mapping[str, object] = {
    "messages": gettext_lazy("Messages"),
    "calls": gettext_lazy("Calls"),
    "together": gettext_lazy("Time together"),
    "gestures": gettext_lazy("Letters, cards and gifts"),
    "purchases": gettext_lazy("Purchases"),
    "other": gettext_lazy("Other contact"),
    "both_ways": gettext_lazy("It goes both ways"),
    "acquaintance": gettext_lazy("Long acquaintance"),
    "quieter": gettext_lazy("Quieter lately"),
    "lately": gettext_lazy("Contact lately"),
    "rhythm": gettext_lazy("Rhythm"),
    "silence": gettext_lazy("The silence now"),
    "answers": gettext_lazy("Answers"),
    "starting_point": gettext_lazy("Where any two start"),
    "everything_else": gettext_lazy("Everything else"),
}
Values = Mapping[str, float | int | None]


def words_here() -> Mapping[str, str]:
    """The words for all strengths and tones in the present language, for who says many of them."""
    return _words(get_language())


def strength_word(word: StrengthWord) -> str:
    """The word for a strength, as it begins a sentence."""
    return words_here()[word]


def tone_word(tone: Tone) -> str:
    """The word for a tone, inside a sentence."""
    return words_here()[tone]


@lru_cache(maxsize=100)
def _words(_language: str | None) -> dict[str, str]:
    """A list says these few a hundred times: looking each up in the catalogue took a quarter of its time."""
    return {word: str(said) for word, said in (*STRENGTH_WORDS.items(), *TONE_WORDS.items())}


def headline(standing: Standing) -> str:
    """Strength and tone in one short sentence."""
    word = strength_word(standing.strength_word)
    if not standing.known:
        return _("%(word)s.") % {"word": word}
    values = {"word": word, "tone": tone_word(standing.tone)}
    if standing.tone == "too_early":
        return _("%(word)s, and it is too early to say more.") % values
    return _("%(word)s, and %(tone)s.") % values


@dataclass(frozen=True, slots=True)
class Names:
    """Whose standing is told, when it is not the reader's own."""

    ours: str
    theirs: str


def days_quiet(standing: Standing) -> int:
    """Days since the last contact as the reader counts them: by their calendar, as in "3 days ago"."""
    if standing.ground is None:
        return 0
    return days_here(standing.ground.state.last_at, standing.now)


def rhythm_sentence(standing: Standing, names: Names | None = None) -> str:
    """The present silence beside the pair's own rhythm; empty when neither says anything."""
    if standing.days_silent is None:
        return ""
    days = days_quiet(standing)
    quiet = quiet_for(days)
    if standing.again_after is not None:
        again = _("In touch again after %(length)s of silence.") % {"length": length(standing.again_after)}
        return again if days < 1 else f"{again} {quiet}"
    if standing.rhythm_days is None:
        return quiet
    often = every(standing.rhythm_days)
    if names is None:
        usual = _("You two usually talk %(often)s.") % {"often": often}
    else:
        values = {"ours": names.ours, "theirs": names.theirs, "often": often}
        usual = _("%(ours)s and %(theirs)s usually talk %(often)s.") % values
    return usual if standing.silence == "usual" else f"{quiet} {usual}"


def balance_sentence(balance: Balance | None, names: Names | None = None) -> str:
    """Who begins; empty when nobody knows."""
    if balance is None:
        return ""
    if balance.word == "both":
        return _("It goes both ways.")
    if names is not None:
        name = names.ours if balance.word == "mostly_us" else names.theirs
        return _("It is mostly %(name)s who begins.") % {"name": name}
    return _("It is mostly you who begins.") if balance.word == "mostly_us" else _("It is mostly they who begin.")


def vitality_sentence(standing: Standing) -> str:
    """The chance of contact within the horizon, and the window, never a date."""
    if standing.vitality_percent is None or standing.window_days is None:
        return _("Too early to say: nothing has passed between you yet.")
    chance = _("%(percent)d%% likely that you are in touch within %(length)s.") % {
        "percent": standing.vitality_percent,
        "length": length(standing.horizon_days),
    }
    soon, late = standing.window_days
    if late >= 730 or length(soon) == length(late):
        return chance
    if soon < 1:
        return chance + " " + _("Most likely within %(length)s from now.") % {"length": length(late)}
    window = _("Most likely between %(soon)s and %(late)s from now.") % {"soon": length(soon), "late": length(late)}
    return f"{chance} {window}"


def confidence_sentence(confidence: Confidence) -> str:
    """How sure, and on what."""
    if confidence.certainty == "nothing":
        return _("Nothing is known yet.")
    sure = {"a_guess": _("A guess"), "fairly_sure": _("Fairly sure"), "sure": _("Sure")}[confidence.certainty]
    signals = ngettext("%(count)d signal", "%(count)d signals", confidence.signals) % {"count": confidence.signals}
    channels = ngettext("%(count)d channel", "%(count)d channels", confidence.channels) % {"count": confidence.channels}
    values = {"sure": sure, "signals": signals, "channels": channels}
    said = _("%(sure)s: %(signals)s, %(channels)s.") % values
    if confidence.certainty == "a_guess":
        return said + " " + _("A few more contacts would make us surer.")
    return said


def row_title(kind: str) -> str:
    """What a row is called."""
    return str(ROW_TITLES[kind])


def row_detail(kind: str, values: Values) -> str:
    """What a row rests on, with what is usual for these two; empty for everything else."""
    known = {
        "acquaintance": _known,
        "both_ways": _both_ways,
        "answers": _answers,
        "starting_point": _nothing_yet,
        "everything_else": lambda values: "",
        "lately": _lately,
        "quieter": _silence,
        "silence": _silence,
        "rhythm": _rhythm,
    }
    return known.get(kind, _contacts)(values)


def _contacts(values: Values) -> str:
    count = int(values["contacts"] or 0)
    said = ngettext("%(count)d contact", "%(count)d contacts", count) % {"count": count}
    usual = values["usual"]
    if usual is None or round(usual) < 1:
        return said
    return said + _("; about %(usual)d in 90 days is usual for you two") % {"usual": round(usual)}


def _known(values: Values) -> str:
    days = int(values["days"] or 0)
    return ngettext("%(length)s, in touch on %(count)d day", "%(length)s, in touch on %(count)d days", days) % {
        "length": length(values["known_days"] or 0),
        "count": days,
    }


def _nothing_yet(values: Values) -> str:
    return _("before anything is known about you two")


def _both_ways(values: Values) -> str:
    return _("from us: %(ours)d, from them: %(theirs)d") % {"ours": values["by_us"], "theirs": values["by_them"]}


def _answers(values: Values) -> str:
    said = _("together: %(count)d") % {"count": values["together"]} if values["together"] else ""
    if values["by_us"] or values["by_them"]:
        said = ", ".join(part for part in (_both_ways(values), said) if part)
    unanswered = int(values["unanswered"] or 0)
    if unanswered < 2:
        return said
    ours = _("our last %(count)d are unanswered") if values["last_by_us"] else _("their last %(count)d are unanswered")
    return f"{said}; {ours % {'count': unanswered}}"


def _lately(values: Values) -> str:
    count = int(values["days_in_90"] or 0)
    said = ngettext("on %(count)d of the last 90 days", "on %(count)d of the last 90 days", count) % {"count": count}
    usual = round(values["usual"] or 0)
    return said + _("; %(usual)d is usual for you two") % {"usual": usual} if usual else said


def _silence(values: Values) -> str:
    days = values["silent_days"] or 0
    said = _("%(length)s of silence") % {"length": length(days)} if days >= 1 else _("in touch within the last day")
    return said if values["usual"] is None else f"{said}; {_rhythm(values)}"


def _rhythm(values: Values) -> str:
    if values["usual"] is None:
        return _("no rhythm yet")
    return _("%(often)s is usual for you two") % {"often": every(values["usual"])}
