"""Which organization an e-mail address speaks for; free-mail and provider domains speak for nobody."""

from __future__ import annotations

from functools import lru_cache

FREE_MAIL = frozenset(
    """
    gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es live.com
    live.co.uk live.fr live.nl msn.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.co.jp yahoo.co.in
    yahoo.com.br yahoo.ca ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com proton.me protonmail.com
    protonmail.ch pm.me gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de arcor.de online.de posteo.de
    mailbox.org tutanota.com tutanota.de tuta.io orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr
    libero.it tin.it virgilio.it alice.it tiscali.it terra.es telefonica.net mail.ru bk.ru list.ru inbox.ru yandex.ru
    yandex.com ya.ru rambler.ru ukr.net qq.com 163.com 126.com sina.com sohu.com foxmail.com naver.com daum.net
    hanmail.net nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp uol.com.br bol.com.br terra.com.br ig.com.br
    comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com
    btinternet.com ntlworld.com virginmedia.com sky.com talktalk.net blueyonder.co.uk xs4all.nl ziggo.nl kpnmail.nl
    planet.nl hetnet.nl telenet.be skynet.be bluewin.ch hispeed.ch sunrise.ch bigpond.com optusnet.com.au
    rogers.com sympatico.ca shaw.ca telus.net fastmail.com fastmail.fm hey.com zoho.com mail.com email.com usa.net
    hushmail.com lycos.com excite.com mindspring.com compuserve.com prodigy.net walla.co.il walla.com 012.net.il
    netvision.net.il bezeqint.net wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz abv.bg rediffmail.com
    users.sourceforge.net users.noreply.github.com
    """.split()
)

# These providers give addresses under every country's name: yahoo.com.tw, hotmail.be.
_PROVIDERS = frozenset("yahoo ymail hotmail outlook live msn gmx googlemail protonmail rocketmail".split())

# Second-level suffixes under which organizations register their own name.
_SECOND_LEVEL = frozenset(
    "ac co com edu gov gob gouv go mil net ne or org nom ltd plc sch nhs police me gen web".split()
)


@lru_cache(maxsize=16_384)  # asked several times of each address of a batch
def organization_domain(address: str) -> str | None:
    """The registrable domain of an e-mail address, or None where it speaks for no organization."""
    domain = address.rpartition("@")[2].strip(".").lower()
    labels = domain.split(".")
    if len(labels) < 2 or domain in FREE_MAIL or not all(labels) or labels[-1].isdigit() or "[" in domain:
        return None
    size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    registrable = ".".join(labels[-size:])
    is_providers = registrable in FREE_MAIL or labels[-size] in _PROVIDERS
    return None if is_providers or labels[-1] in {"local", "localdomain", "lan"} else registrable


def organization_name(domain: str) -> str:
    """A first name for an organization of which only the domain is known."""
    label = domain.partition(".")[0]
    return " ".join(word.capitalize() if word.islower() else word for word in label.split("-") if word) or domain
