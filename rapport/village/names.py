"""Names as their bearers write them, with the letters they use in an address."""

# ruff: noqa: E501 - names stay whole on one line, so that it can be searched for

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Name:
    """A given and a family name as written, and `address`: the part before the @."""

    given: str
    family: str
    address: str
    family_first: bool = False

    @property
    def full(self) -> str:
        """The whole name in the order its bearer says it."""
        return f"{self.family} {self.given}" if self.family_first else f"{self.given} {self.family}"


def draw_name(rng: Random, culture: str) -> Name:
    """One name of that culture; the same pair may come up twice."""
    givens, families = _NAMES[culture]
    return named(rng.choice(givens), rng.choice(families), family_first=culture == "ja")


def named(given: str, family: str, *, family_first: bool = False) -> Name:
    """A name from its two parts, each `written` or `written|in latin letters`."""
    written = [part.partition("|")[0] for part in (given, family)]
    latin = [part.partition("|")[2] or part for part in (given, family)]
    return Name(written[0], written[1], ".".join(_letters(part) for part in latin), family_first)


def _letters(word: str) -> str:
    spelled = word.replace("ø", "o").replace("Ø", "O").replace("ß", "ss").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z-]", "", plain.lower())


def _bank(givens: str, families: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(givens.split()), tuple(families.split())


_NAMES = {
    "en": _bank(
        "Hannah Callum Aisha Owen Megan Rajesh Beth Lewis Niamh Kwame Ruth Declan Sunita Joel Imogen Patrick Zainab Ellis "
        "Margaret Hugo Nadia Rhys Clare Emeka Joanna Stuart Leila Fergus Tessa Marcus Anjali Gareth Wendy Idris Polly "
        "Desmond Catrin Hamish Yvonne Nikhil Frances Toby Marsha Alistair Chiara Ewan Simone Bashir",
        "Hargreaves Osei Whelan Patel Thornbury Mbeki Calloway Sharma Prentice Doyle Okonkwo Ferris Llewellyn Bassett Khan "
        "Marsden Tanner Adeleke Winslow Kerr Gallagher Rowntree Begum Ashworth Pryce Nkemelu Stroud Beckett Iqbal Farrow "
        "Dunmore Hollis Chaudhry Penhale MacInnes Redfern Obi Lockwood Varley Quinn",
    ),
    "nordic": _bank(
        "Astrid Lars Freja Mikkel Sigrid Anders Karin Emil Linnea Søren Tove Mathias",
        "Bergström Holm Dahl Kjær Lund Ekström Winther Nyberg Hansson Møller Åkesson Vestergaard",
    ),
    "de": _bank(
        "Annika Jürgen Miriam Stefan Käthe Lukas Heike Björn Franziska Uwe Sabine Matthias Elif Jörg",
        "Vogelsang Krämer Brandt Özdemir Schüttler Hoffmann Weiß Reinhardt Böhme Lindner Faßbender Kowalski Thiele Maurer",
    ),
    "fr": _bank(
        "Amélie Benoît Clémence Étienne Françoise Hugo Inès Jérôme Maëlle Olivier Salomé Thibault Zoé Rachid",
        "Garnier Lefèvre Benali Delacourt Moreau Hébrard Fontaine Sauvage Perrin Chevalier Rousseau Guérin Tessier Diallo",
    ),
    "es": _bank(
        "Lucía Álvaro Carmen Íñigo Nuria Javier Rocío Sergio Begoña Hugo Marisol Andrés Pilar Óscar",
        "Ibáñez Fuentes Cortés Muñoz Salgado Benítez Peña Carrasco Ordóñez Vidal Lozano Marín Gallardo Quiroga",
    ),
    "pt": _bank(
        "João Inês Tiago Conceição Rui Mafalda Gonçalo Teresa Simão Leonor Duarte Graça",
        "Magalhães Figueiredo Teixeira Assunção Brandão Correia Falcão Noronha Sequeira Tavares Vilaça Pacheco",
    ),
    "he": _bank(
        "נועה|Noa אורי|Uri מיכל|Michal דן|Dan שירה|Shira עידו|Ido רותם|Rotem גיל|Gil הדס|Hadas יונתן|Yonatan",
        "כהן|Cohen אלמוג|Almog פרידמן|Friedman שגב|Segev דיין|Dayan רוזן|Rosen הראל|Harel נחום|Nahum אשכנזי|Ashkenazi גולן|Golan",
    ),
    "ar": _bank(
        "سلمى|Salma خالد|Khaled رنا|Rana يوسف|Yousef هالة|Hala عمر|Omar ليان|Layan سامر|Samer دينا|Dina فارس|Faris",
        "حداد|Haddad النجار|Najjar الخطيب|Khatib عبيد|Obeid منصور|Mansour زيدان|Zeidan القاسم|Qasem شاهين|Shaheen درويش|Darwish بكري|Bakri",
    ),
    "ja": _bank(
        "陽子|Yoko 健太|Kenta 美咲|Misaki 大輔|Daisuke 直美|Naomi 翔|Sho 由紀|Yuki 亮|Ryo",
        "佐藤|Sato 中村|Nakamura 小林|Kobayashi 山本|Yamamoto 松田|Matsuda 井上|Inoue 藤原|Fujiwara 岡田|Okada",
    ),
}
