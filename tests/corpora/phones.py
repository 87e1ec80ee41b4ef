"""libphonenumber's metadata as an oracle: which numbers there are, and how people there write them. Not a test itself.

Read here on its own, and older than the library Rapport asks: who agrees with it has not asked themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Tree

FOLDER = "data/torture/phones/libphonenumber"
KINDS = "fixedLine mobile tollFree premiumRate sharedCost personalNumber voip pager uan voicemail".split()
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Example:
    """One number of a territory, as it is dialled from anywhere, and in the ways it is written."""

    territory: str
    kind: str
    international: str
    at_home: tuple[tuple[str, str], ...]  # (how, written): understood by whoever lives there
    anywhere: tuple[tuple[str, str], ...]


def examples(shared: Path) -> Iterator[Example]:
    """The example numbers of all kinds of all territories of this half of the corpus."""
    for file in sorted((shared / FOLDER).glob("PhoneNumberMetadata-*.xml")):
        for territory in Tree.parse(file).iter("territory"):
            for kind in KINDS:
                found = territory.find(f"{kind}/exampleNumber")
                if found is not None and found.text:
                    yield _example(territory, kind, found.text.strip())


def short_numbers(shared: Path) -> Iterator[tuple[str, str]]:
    """Numbers like 112: (territory, number). There is no way to dial them from elsewhere."""
    for file in sorted((shared / FOLDER).glob("ShortNumberMetadata-*.xml")):
        for territory in Tree.parse(file).iter("territory"):
            for found in territory.iter("exampleNumber"):
                if found.text:
                    yield territory.attrib["id"], found.text.strip()


def _example(territory: Tree.Element, kind: str, number: str) -> Example:
    code, prefix = territory.attrib["countryCode"], territory.attrib.get("nationalPrefix", "")
    out = territory.attrib.get("internationalPrefix", "00")
    international = f"+{code}{number}"
    groups, national = _grouped(territory, number, prefix)
    spaced = f"+{code} {groups}"
    at_home = {
        "as they write it at home": national,
        "in one go": _digits(national),
        "with points": re.sub(r"[ \-]", ".", national),
        "with slashes": national.replace(" ", "/").replace("-", "/"),
        "with hard blanks": national.replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{NON-BREAKING HYPHEN}"),
        "with what it is": f"Tel.: {national}",
    }
    anywhere = {
        "international": international,
        "international, spaced": spaced,
        "as a link": f"tel:{spaced.replace(' ', '-')}",
        "between marks of direction": f"\N{LEFT-TO-RIGHT EMBEDDING}{spaced}\N{POP DIRECTIONAL FORMATTING}",
        "in wide digits": spaced.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
        "with an extension": f"{spaced} ext. 12",
        "with 00": f"00{code} {groups}",
    }
    if prefix == "0":
        anywhere["with the 0 not to be dialled"] = f"+{code} (0) {groups}"
    if out.isdigit():
        at_home["with the prefix from there"] = f"{out} {code} {groups}"
    return Example(territory.attrib["id"], kind, international, tuple(at_home.items()), tuple(anywhere.items()))


def _grouped(territory: Tree.Element, number: str, prefix: str) -> tuple[str, str]:
    """The number in its groups, and as it is written within the country."""
    for form in territory.iter("numberFormat"):
        pattern = re.compile(_BLANK.sub("", form.attrib["pattern"]))
        leading = [_BLANK.sub("", one.text or "") for one in form.iter("leadingDigits")]
        found = pattern.fullmatch(number)
        if found is None or (leading and not re.match(leading[-1], number)):
            continue
        form_text = _BLANK.sub(" ", form.findtext("format", "")).strip()
        rule = form.attrib.get("nationalPrefixFormattingRule", territory.attrib.get("nationalPrefixFormattingRule", ""))
        filled = _filled(form_text, found)
        if not rule or form.attrib.get("nationalPrefixOptionalWhenFormatting") == "true":
            return filled, filled
        first, rest = re.match(r"(\$\d)(.*)", form_text).groups()  # type: ignore[union-attr]
        begun = rule.replace("$NP", prefix).replace("$FG", first)
        return filled, _filled(begun + rest, found)
    return number, number if territory.attrib.get("nationalPrefixOptionalWhenFormatting") else prefix + number


def _filled(form: str, found: re.Match[str]) -> str:
    return re.sub(r"\$(\d)", lambda place: found[int(place[1])], form)


def _digits(written: str) -> str:
    return "".join(letter for letter in written if letter.isdigit())
