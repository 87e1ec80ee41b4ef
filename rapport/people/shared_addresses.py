"""Addresses that many share, known by how they are written: lists and desks. Pure.

Behind ana@ stands Ana; behind gcc@gcc.gnu.org a crowd, behind info@ whoever has the shift. A name that can be a human's
beside the address still makes it somebody's: small shops sign info@ with their own name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rapport.kit.text import fold

from .domains import organization_domain
from .naming import display_name

Shared = Literal["", "list", "desk", "namesake"]

_LIST_HOSTS = frozenset(
    "googlegroups.com yahoogroups.com yahoogroups.de yahoogroups.fr groups.io freelists.org egroups.com onelist.com"
    " vger.kernel.org sourceware.org gcc.gnu.org sources.redhat.com simplelists.com librelist.com".split()
)
# As the first word of a host below the domain itself: list.ru is where people live.
_LIST_HOST = re.compile(
    r"(?:e?mailing)?-?lists?[\d-]*|lists?-[\w-]+|[\w-]+-lists|listserv\d*|listes?|listas?|mailman|majordomo"
)
_LIST_LOCAL = re.compile(
    r"(?:.+-)?(?:devel|developers|dev|users|list|liste|lists|announce|patches|discuss|discussion|discourse"
    r"|talk|commits|cvs|svn|bugs|ml|maintainers|mailinglist|mailing-list)$"
    r"|^(?:linux|debian|ubuntu|fedora|gcc|bug|bugs|dev|devel|list|liste|lists|all|everyone|alle|users)-.+"
)
_DESKS = frozenset(
    """
    abuse accounting accounts accountspayable admin administracion administrateur administration administrator
    anfrage anfragen backoffice bestellung bestellungen bewerbung billing booking bookings buchhaltung buero careers
    comercial commercial compliance contact contacto contactus contato contatti customercare customerservice
    customersupport datenschutz devnull direction director-office dispatch dpo editorial einkauf empfang enquiries
    enquiry events feedback finance frontdesk gdpr hello hallo helpdesk help hola hostmaster hr hrdepartment info infos
    information informations inquiries inquiry invoice invoices it-support itsupport jobs kontakt kundendienst
    kundenservice legal licensing logistics logistik mailbox marketing media members membership newsroom noc nobody
    office order orders payments payroll personalabteilung postmaster press presse privacy purchasing questions rechnung
    rechnungen reception recepcion recruiting redaktion registration rezeption reservations reservierung root sales
    secretariat secretaria segreteria sekretariat security service servicedesk services shop shipping signup staff
    store subscribe subscriptions support supportdesk sysadmin team tech techsupport tickets unsubscribe ventas ventes
    vendite verkauf vertrieb verwaltung virusalert webadmin webmaster welcome zentrale
    """.split()
)
_FRONT_DOORS = frozenset("mail email e-mail post posta correo courriel me".split())
# "sales-emea", "support.uk", "hr_2", "it-team": a desk and where it stands.
_DESK_PLACE = re.compile(
    r"([a-z]+)(?:[-_.+](?:[a-z]{2}|\d+|team|desk|emea|apac|latam|dach|intern|extern|global|online))?"
)
_NO_NAMES = frozenset(
    fold(word)
    for word in """
    abteilung agentur automoderator bakery bäckerei bot clinic community company consulting corp corporation customer
    daemon department dept desk dev devel developer developers development digest forum foundation gmbh group groups
    gruppe hosting hotel inc institut institute internet kernel klinik kundencenter library limited linux list liste
    lists llc llp ltd mail mailing mailinglist moderator network news newsletter notification notifications ohg online
    plc praxis project projekt restaurant robot s.a.r.l. sarl schule school server society software solutions srl
    stiftung studio studios system systems technologies university universität user users verein
    """.split()
)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_SIGNED = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an address: whether mail came through it as a list, a human's name stood beside it, and a mail
    was written from it."""

    is_list: bool = False
    is_named: bool = False
    has_written: bool = False


def shared_by(address: str) -> Shared:
    """Who share this address as far as its spelling says: a list, a desk, whoever it is named after; or nobody."""
    local, _, host = address.rpartition("@")
    if _is_list_host(host) or _LIST_LOCAL.fullmatch(local):
        return "list"
    desk = _DESK_PLACE.fullmatch(local)
    if local in _DESKS or (desk and desk.group(1) in _DESKS):
        return "desk"
    named_after = (organization_domain(address) or "").partition(".")[0]
    return "namesake" if local in _FRONT_DOORS or local == named_after else ""


def reaches_a_human(shared: Shared, known: Evidence) -> bool:
    """Whether somebody stands behind an address, whichever of what is known of it came first."""
    if shared == "list":
        return known.is_named and known.has_written
    if known.is_list:
        return known.has_written and (known.is_named or not shared)
    if shared == "desk":
        return known.is_named
    return not shared or known.is_named or known.has_written


def names_a_human(written: str, address: str) -> bool:
    """Whether the name beside an address can be a human's: no trade, no department, not the address over again."""
    name = display_name(written)
    words = [fold(word) for word in _WORD.findall(name)]
    if not words or "@" in name or " via " in f" {written.lower()} ":
        return False
    if any(map(is_no_name, words)):
        return False
    local, _, host = address.rpartition("@")
    return len(name.split()) > 1 or fold(name) not in {local, *host.split("."), local.replace(".", " ")}


def is_no_name(word: str) -> bool:
    """Whether a folded word stands in the names of trades, departments and companies, in no human's."""
    return word.strip(".") in _NO_NAMES or word in _DESKS


def signed_name(signature: str) -> str:
    """The name a signature begins with, where a mail has no other: two to four words that can be a human's."""
    first = signature.strip().partition("\n")[0].strip()
    return first if len(first) < 60 and _SIGNED.fullmatch(first) and names_a_human(first, "@") else ""


def _is_list_host(host: str) -> bool:
    labels = host.split(".")
    above = {".".join(labels[at:]) for at in range(len(labels) - 1)}
    return bool(above & _LIST_HOSTS) or (len(labels) > 2 and _LIST_HOST.fullmatch(labels[0]) is not None)
