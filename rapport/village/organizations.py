"""The forty places Fernhill works with: what they do, where they are, and which language they write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organization:
    """A place: its address ends in `domain`, its people are named after `culture` and write `language`."""

    name: str
    domain: str
    trade: str
    culture: str
    town: str
    time_zone: str
    owner: str

    @property
    def language(self) -> str:
        """The language its people write among themselves."""
        return self.culture if self.culture in _OWN_LANGUAGE else "en"


_OWN_LANGUAGE = {"de", "fr", "es", "pt", "he", "ar", "ja"}
_LONDON, _BERLIN, _NEW_YORK = "Europe/London", "Europe/Berlin", "America/New_York"


def _place(name: str, domain: str, trade: str, culture: str, town: str, zone: str, owner: str) -> Organization:
    return Organization(name, f"{domain}.example", trade, culture, town, zone, owner)


ORGANIZATIONS = (
    _place("Northwind Clinics", "northwind", "clinic", "en", "Manchester", _LONDON, "maya"),
    _place("Solace Health", "solace", "clinic", "en", "Manchester", _LONDON, "maya"),
    _place("Cedar Street Medical", "cedarstreet", "clinic", "en", "Bristol", _LONDON, "maya"),
    _place("Bright Harbor Dental", "brightharbor", "dental", "en", "Boston", _NEW_YORK, "maya"),
    _place("Aurora Physio", "aurora-physio", "physio", "nordic", "Gothenburg", "Europe/Stockholm", "maya"),
    _place("Harrow Hospice", "harrowhospice", "hospice", "en", "Harrow", _LONDON, "maya"),
    _place("Palm Clinics", "palmclinics", "clinic", "en", "Leicester", _LONDON, "jude"),
    _place("Fjord Rehab", "fjordrehab", "physio", "nordic", "Aarhus", "Europe/Copenhagen", "ali"),
    _place("Galil Care", "galilcare", "clinic", "he", "Haifa", "Asia/Jerusalem", "tamar"),
    _place("Linden Veterinary", "lindenvets", "vet", "en", "Norwich", _LONDON, "jude"),
    _place("Marlow Street School", "marlowstreet", "school", "en", "Leeds", _LONDON, "maya"),
    _place("St Brannock’s College", "stbrannocks", "school", "en", "Exeter", _LONDON, "jude"),
    _place("The Quayside Hotel", "quayside-hotel", "hotel", "en", "Newcastle", _LONDON, "maya"),
    _place("Heron Lodge", "heronlodge", "hotel", "en", "Keswick", _LONDON, "sofia"),
    _place("Millrace Theatre", "millrace", "theatre", "en", "Sheffield", _LONDON, "sofia"),
    _place("Orchard Row Library", "orchardrow", "library", "en", "York", _LONDON, "sofia"),
    _place("Pennine Ambulance Volunteers", "pennine-av", "clinic", "en", "Huddersfield", _LONDON, "jude"),
    _place("Tidewell Dental", "tidewell", "dental", "en", "Plymouth", _LONDON, "ali"),
    _place("Kestrel Physiotherapy", "kestrelphysio", "physio", "en", "Cardiff", _LONDON, "ali"),
    _place("Ashgrove Care Homes", "ashgrove", "hospice", "en", "Derby", _LONDON, "jude"),
    _place("Beacon Sixth Form", "beaconsixth", "school", "en", "Bradford", _LONDON, "sofia"),
    _place("Larkfield Vets", "larkfield", "vet", "en", "Truro", _LONDON, "maya"),
    _place("Bramble & Pike", "bramblepike", "supplier", "en", "London", _LONDON, "peter"),
    _place("Copperfold Print", "copperfold", "supplier", "en", "Leeds", _LONDON, "peter"),
    _place("Stillwater Hosting", "stillwater", "supplier", "en", "Dublin", "Europe/Dublin", "ali"),
    _place("Maplewood Pediatrics", "maplewood", "clinic", "en", "Burlington", _NEW_YORK, "peter"),
    _place("Harborlight Inn", "harborlight", "hotel", "en", "Portland", _NEW_YORK, "peter"),
    _place("Praxis am Lindenhof", "lindenhof", "clinic", "de", "Freiburg", _BERLIN, "ali"),
    _place("Zahnzentrum Elbe", "zahn-elbe", "dental", "de", "Dresden", _BERLIN, "ali"),
    _place("Gasthof Seeblick", "seeblick", "hotel", "de", "Konstanz", _BERLIN, "ali"),
    _place("Clinique des Tilleuls", "tilleuls", "clinic", "fr", "Nantes", "Europe/Paris", "leila"),
    _place("Hôtel du Canal", "hotelducanal", "hotel", "fr", "Toulouse", "Europe/Paris", "leila"),
    _place("Clínica Alameda", "alameda", "clinic", "es", "Valencia", "Europe/Madrid", "sofia"),
    _place("Colegio Las Encinas", "encinas", "school", "es", "Salamanca", "Europe/Madrid", "beatriz"),
    _place("Clínica Boavista", "boavista", "clinic", "pt", "Porto", "Europe/Lisbon", "beatriz"),
    _place("Pousada do Rio", "pousadadorio", "hotel", "pt", "Coimbra", "Europe/Lisbon", "beatriz"),
    _place("Beit Sefer Alon", "alon-school", "school", "he", "Haifa", "Asia/Jerusalem", "tamar"),
    _place("Al Noor Dental", "alnoor", "dental", "ar", "Amman", "Asia/Amman", "leila"),
    _place("Dar Al Hikma School", "daralhikma", "school", "ar", "Amman", "Asia/Amman", "leila"),
    _place("Sakura Dental", "sakura-dental", "dental", "ja", "Osaka", "Asia/Tokyo", "peter"),
)

BY_NAME = {place.name: place for place in ORGANIZATIONS}
