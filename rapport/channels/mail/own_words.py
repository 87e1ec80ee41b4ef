"""A mail's own words: what others wrote before, signatures, disclaimers and list footers are cut off for reading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..sightings import EXCERPT_LIMIT, TEXT_LIMIT

_QUOTED = re.compile(r"\s{0,3}(?:>|\|\s?>|\w{1,4}>(?:\s|$))")
_WROTE = re.compile(
    r"(?:wrote|writes|said|schrieb|écrit|escribió|escribe|escreveu|ha scritto|schreef|skrev|napsal\(a\)|napisał\w*"
    r"|пишет|писал\(?а?\)?|написал\(?а?\)?|kirjoitti|yazdı|写道|님이 작성)[^:：]{0,80}[:：]\s*$"
    r"|^\d{4}年\d{1,2}月\d{1,2}日.*[:：]\s*$|^\d{4}[-/.]\d\d?[-/.]\d\d?.{0,60}<[^<>\s]+@[^<>\s]+>:?\s*$"
    r"|\d{1,2}:\d\d.{0,80}<[^<>\s]+@[^<>\s]+>\s*[:：]\s*$",
    re.IGNORECASE,
)
_WROTE_BEGINS = re.compile(
    r"\s{0,3}(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},|(?:On|Am|Le|El|Il|Op|Den|Dne"
    r"|Em|W dniu|Dnia|At|In article|In message|Quoting|\d{1,4}[.:/-])\b)",
    re.IGNORECASE,
)
_REST_IS_OLD = re.compile(
    r"\s*[-_*]{2,}\s?(?:original message|original appointment|forwarded (?:message|by)|forward(?:ed)? mail"
    r"|begin forwarded message|ursprüngliche nachricht|original-nachricht|weitergeleitete nachricht|message d'origine"
    r"|message original|message transféré|mensaje original|mensaje reenviado|messaggio originale"
    r"|messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|mensagem original|oprindelig meddelelse"
    r"|ursprungligt meddelande|исходное сообщение|пересылаемое сообщение|reply message|原始邮件|元のメッセージ)"
    r"|\s*(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié)\s*:",
    re.IGNORECASE,
)
_OLD_FROM = re.compile(
    r"\s*\**(?:from|von|de|van|da|från|fra|от|od|发件人|差出人|보낸 사람)\**\s?[:：]\**\s*\S", re.IGNORECASE
)
_OLD_FIELD = re.compile(
    r"\s*\**(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado(?: el)?|para|asunto|verzonden|aan"
    r"|onderwerp|inviato|data|a|oggetto|skickat|till|ämne|sendt|til|emne|отправлено|дата|кому|тема|发送时间|收件人|主题"
    r"|送信日時|宛先|件名)\**\s?[:：]",
    re.IGNORECASE,
)
_OLD_DATE = re.compile(r"\s*\**(?:date|sent|datum|gesendet|fecha|data|дата)\**\s?[:：]\**\s*\S.*\d{4}", re.IGNORECASE)
_CUT_OUT = re.compile(r"\s*[\[<(]\s*(?:snip\w*|cut|\.{2,}|…|deleted|gekürzt)\s*[\])>]\s*$", re.IGNORECASE)
_SIGNATURE = re.compile(r"--\s?$|—\s?$|_{2,4}\s?$|-{2}\s?\r?$")
_SENT_FROM = re.compile(
    r"\s*(?:sent (?:from|via|with) (?:my|the|outlook|mail|yahoo|proton|gmail)"
    r"|get outlook for"
    r"|gesendet von|von meinem .{2,30} gesendet"
    r"|envoyé (?:de mon|depuis|à partir)|enviado desde|enviado do meu|inviato da|verzonden (?:vanaf|met|van)"
    r"|skickat från"
    r"|sendt fra|wysłano z|отправлено с|odesláno z|发自我的)",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"\s*(?:_{20,}|-{30,}|={30,}|\*{30,}|#{30,})\s*$"
    r"|\s*to unsubscribe from this|\s*you received this (?:message|email|mail) because",
    re.IGNORECASE,
)
_LIST_FOOTER = re.compile(r"mailing list|unsubscribe|listinfo|sf\.net email|sponsored by|abmelden", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"\s*\**(?:this (?:e-?mail|message|communication|transmission).{0,80}(?:confidential|privileged|intended)"
    r"|the (?:information|contents?) (?:contained )?in this (?:e-?mail|message|communication)"
    r"|(?:confidentiality|legal|privacy)[ -](?:notice|note|disclaimer)|disclaimer\s*:|caution\s*: this"
    r"|diese (?:e-?mail|nachricht).{0,60}(?:vertraulich|ausschließlich|bestimmt)"
    r"|ce (?:message|courriel|mail).{0,80}(?:confidentiel|destiné)"
    r"|este (?:mensaje|correo).{0,80}(?:confidencial|dirigido)"
    r"|questo messaggio.{0,80}(?:riservat|confidenzial)|dit bericht.{0,60}vertrouwelijk)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:(?:with )?(?:best|kind|warm|many|warmest|kindest)(?: regards| wishes)?|regards|cheers|sincerely(?: yours)?"
    r"|yours(?: sincerely| truly| faithfully)?|(?:mit )?(?:freundlichen?|besten?|herzlichen?|viele|liebe|schöne)"
    r" gr(?:ü|ue)(?:ß|ss)en?"
    r"|(?:bien )?cordialement|bien à vous|amicalement|(?:un )?(?:cordial )?saludos?|atentamente|un abrazo"
    r"|(?:cordiali|distinti) saluti|met vriendelijke groet(?:en)?|groeten"
    r"|med vänliga hälsningar|(?:med )?venlig hilsen|mvh"
    r"|с уважением|pozdrawiam|z poważaniem|s pozdravem)[,.!]?\s*$",
    re.IGNORECASE,
)
# With one line or two of a name below it. Nothing else tells "Thank you," from what one had to say.
_THANKS = re.compile(r"\s*(?:(?:many|best) )?(?:thanks|thank you|merci|danke|gracias|grazie)\s*,\s*$", re.IGNORECASE)
_NAME_ALONE = re.compile(r"\s*[-–—]?\s?[^\W\d_][^\d.!?:;,@/]{0,39}$")
_DASHED_NAME = re.compile(r"\s*[-–—]{1,2}[^\W\d_a-z]\w+(?: [^\W\d_a-z][\w.]+){0,2}\s*$")
_FULL_NAME = re.compile(r"\s*[-–—]?\s?[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,4}\s*$")
_COMPANY = re.compile(r"\b(?:inc|ltd|co|corp|llc|bros|e\. ?v|s\. ?a|s\. ?r\. ?l)\.\s*$", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)\S+\s*$", re.IGNORECASE)
_DASHES = re.compile(r"\s*[-_=]{5,29}\s*$")
_TO_BE_REACHED = re.compile(
    r"\s*(?:[^\W\d_]{1,12}\.?\s?:?\s*)?(?:\+?[\d(][\d\s().-]{6,20}|<?[^\s@<>]+@[\w.-]+>?|(?:https?://|www\.)\S+)\s*$",
    re.IGNORECASE,
)
# A patch, a listing, a file encoded in the text: not what one says to the other.
_MACHINE = re.compile(r"diff -[-\w]+ |diff --git |Index: \S|--- \S+[\t ].*\d\d:\d\d|begin [0-7]{3} \S|-----BEGIN ")
# One look at each line; only a line that may end one's own words is looked at closely.
_SUSPECT = re.compile(
    r"\s*\**(?:[-_*=#]{2}|begin |anfang|début|from|von|de\b|van\b|da\b|från|fra\b|от|od\b|发|差|보|th[ei]|conf|legal"
    r"|dat[eua]|sent|gesendet|fecha|дата"
    r"|discl|caution|diese|ce\s|este|questo|dit\s|diff|index|to unsub|you rec)",
    re.IGNORECASE,
)
QUOTED_LIMIT = 100_000
_SIGNATURE_LINES = 12
_BLANK_LINES = re.compile(r"\n{3,}")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The text its sender wrote, and the signature below it."""

    text: str
    signature: str = ""


def own_words(text: str) -> OwnWords:
    """Cut a plain text to its sender's own words, at most 20,000 characters of them."""
    kept, signature = _without_signature(_without_old(_lines(text)))
    own = _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip()[:4_000] for line in kept)).strip()
    return OwnWords(own[:TEXT_LIMIT], "\n".join(line.strip() for line in signature).strip()[:1_000])


def cut_off(text: str) -> str:
    """What `own_words` leaves out of a text: what others wrote before, signatures, footers."""
    lines = _lines(text)
    kept = iter([line for line in _without_signature(_without_old(lines))[0] if line.strip()])
    left: list[str] = []
    own, is_own = next(kept, None), True
    for line in lines:
        if line.strip():  # a blank line goes with what stands above it
            is_own = line == own
            own = next(kept, None) if is_own else own
        if not is_own:
            left.append(line.rstrip()[:4_000])
    return _BLANK_LINES.sub("\n\n", "\n".join(left)).strip()[:QUOTED_LIMIT]


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").split("\n")[:20_000]


def excerpt_of(text: str) -> str:
    """The beginning of the text as one paragraph, cut between words."""
    flat = _BLANKS.sub(" ", text[: EXCERPT_LIMIT * 8]).strip()
    if len(flat) <= EXCERPT_LIMIT:
        return flat
    head = flat[: EXCERPT_LIMIT - 1]
    return (head.rpartition(" ")[0] if " " in head[-40:] else head) + "…"


def _without_old(lines: list[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if _QUOTED.match(line):
            _drop_attribution(kept)
            at = _after_quote(lines, at)
            continue
        if _ends_own_words(lines, at):
            break
        if _CUT_OUT.match(line) and _drop_attribution(kept):
            at += 1
            continue
        kept.append(line)
        at += 1
    return _without_top_attribution(kept, lines[at:])


def _after_quote(lines: list[str], at: int) -> int:
    # A long quoted line that some program broke leaves a short tail without its mark.
    while at < len(lines) and _QUOTED.match(lines[at]):
        at += 1
    is_between = at < len(lines) - 1 and len(lines[at - 1]) > 60 and bool(_QUOTED.match(lines[at + 1]))
    if is_between and lines[at].strip() and len(lines[at]) < 20:
        at += 1
    return at


def _drop_attribution(kept: list[str]) -> bool:
    """Take "On Monday Ana wrote:" off the end; whether it stood there."""
    end = len(kept)
    while end and not kept[end - 1].strip():
        end -= 1
    for size in (1, 2, 3):
        tail = kept[max(0, end - size) : end]
        if len(tail) == size and _WROTE.search(" ".join(tail)) and (size == 1 or _WROTE_BEGINS.match(tail[0])):
            begin = end - size
            if size == 1 and begin and _WROTE_BEGINS.match(kept[begin - 1]) and not _WROTE_BEGINS.match(tail[0]):
                begin -= 1
            del kept[begin:]
            return True
    return False


def _ends_own_words(lines: list[str], at: int) -> bool:
    line = lines[at]
    if not _SUSPECT.match(line):
        return False
    if _REST_IS_OLD.match(line) or _DISCLAIMER.match(line) or (at and _MACHINE.match(line)):
        return True
    if _FOOTER.match(line):
        return any(_LIST_FOOTER.search(following) for following in lines[at : at + 8]) or (
            _next_is_old_head(lines, at + 1) and line.strip().startswith("_")
        )
    return _is_old_head(lines, at)


def _is_old_head(lines: list[str], at: int) -> bool:
    below = lines[at + 1 : at + 6]
    fields = sum(1 for line in below if _OLD_FIELD.match(line))
    if _OLD_FROM.match(lines[at]):
        return fields >= 2
    # Hotmail begins with the date: such a head has its sender further down.
    return bool(_OLD_DATE.match(lines[at])) and fields >= 2 and any(map(_OLD_FROM.match, below))


def _next_is_old_head(lines: list[str], at: int) -> bool:
    following = [index for index in range(at, min(at + 3, len(lines))) if lines[index].strip()]
    return bool(following) and _is_old_head(lines, following[0])


def _without_top_attribution(kept: list[str], rest: list[str]) -> list[str]:
    # "On Monday Ana wrote:" with no marks on what follows: all below it is hers.
    for at, line in enumerate(kept):
        if line.rstrip().endswith((":", "：")) and _WROTE.search(line) and at:
            begins = next((i for i in (at, at - 1, at - 2) if i >= 0 and _WROTE_BEGINS.match(kept[i])), None)
            if begins is not None and re.search(r"\d", " ".join(kept[begins : at + 1])):
                return kept[:begins]
    return kept


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    written = [at for at, line in enumerate(lines) if line and not line.isspace()]
    for at in written[-2 * _SIGNATURE_LINES :]:
        if lines[at][0] in "-_—" and _SIGNATURE.match(lines[at]):
            return lines[:at], lines[at + 1 :]
    for at in written[-4:]:
        if _SENT_FROM.match(lines[at]):
            return lines[:at], lines[at:]
    for at in written[-_SIGNATURE_LINES:]:
        if at != written[0] and _CLOSING.match(lines[at]):
            return lines[:at], lines[at + 1 :]
    begins = _where_it_signs_itself(lines, written)
    return (lines[:begins], lines[begins:]) if begins is not None else (lines, [])


def _where_it_signs_itself(lines: list[str], written: list[int]) -> int | None:
    """Where a signature begins that no mark sets apart: thanks and a name, a dash and a name, ways to be reached."""
    for place in range(max(1, len(written) - 4), len(written)):
        at, below = written[place], [lines[one] for one in written[place + 1 :]]
        if _THANKS.match(lines[at]) and 1 <= len(below) <= 2 and all(map(_NAME_ALONE.match, below)):
            return at
        if _DASHED_NAME.match(lines[at]) and not lines[at - 1].strip() and all(map(_TO_BE_REACHED.match, below)):
            return at
    for place in range(len(written) - 1, max(0, len(written) - 1 - _SIGNATURE_LINES), -1):
        at, below = written[place], [lines[one] for one in written[place + 1 :]]
        if lines[at - 1].strip() or not _are_ways_to_reach(below):
            continue
        if _DASHES.match(lines[at]) and not any(map(_is_sentence, below)):
            return at
        is_one_block = written[-1] - at == len(below)
        is_introduced = lines[written[place - 1]].rstrip().endswith((":", "："))
        if _FULL_NAME.match(lines[at]) and is_one_block and not is_introduced and all(map(_is_of_somebody, below)):
            return at
    return None


def _are_ways_to_reach(lines: list[str]) -> bool:
    """Whether at least two of them are nothing but ways to be reached. Links alone are what one speaks of."""
    ways = [line for line in lines if _TO_BE_REACHED.match(line)]
    return len(ways) >= 2 and not all(map(_LINK.search, ways))


def _is_sentence(line: str) -> bool:
    return len(line) >= 60 or (line.rstrip().endswith((".", "!", "?", ":", ";")) and not _COMPANY.search(line))


def _is_of_somebody(line: str) -> bool:
    """A way to be reached; or "Head of Care", "Fernhill & Sons Ltd.": capitals, and short words between them."""
    if _TO_BE_REACHED.match(line):
        return True
    words = line.split()
    return (
        not _is_sentence(line)
        and not words[0][0].islower()
        and all(len(word) <= 3 or not word[0].islower() for word in words)
    )
