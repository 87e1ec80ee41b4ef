"""What people in the village write, one bank of sentences per language."""

from rapport.village.talk import ar, de, en, es, fr, he, ja, pt
from rapport.village.talk.bank import Bank

BANKS: dict[str, Bank] = {
    bank.language: bank for bank in (en.BANK, de.BANK, fr.BANK, es.BANK, pt.BANK, he.BANK, ar.BANK, ja.BANK)
}
