"""The people the story knows by name, and how they and Fernhill are in touch."""

from __future__ import annotations

from dataclasses import dataclass

from rapport.village.rhythms import Rhythm


@dataclass(frozen=True, slots=True)
class Known:
    """Someone with a face and a story. `moved` is where to, as what, how many days ago."""

    key: str
    given: str
    family: str
    organization: str
    title: str
    ties: tuple[tuple[str, Rhythm], ...]
    moved: tuple[str, str, int] | None = None
    birthday_today: bool = False
    birth_year: int = 1980


KNOWN = (
    Known(
        "priya",
        "Priya",
        "Raman",
        "Northwind Clinics",
        "Head of Operations",
        (("maya", Rhythm(9, 1450, 5)), ("ali", Rhythm(60, 900, 20))),
    ),
    Known(
        "tomas",
        "Tomás",
        "Herrera",
        "Northwind Clinics",
        "IT coordinator",
        (("maya", Rhythm(16, 900, 1)), ("ali", Rhythm(15, 800, 3))),
    ),
    Known(
        "rosa",
        "Rosa",
        "Delgado",
        "Northwind Clinics",
        "Front desk lead",
        (("maya", Rhythm(30, 900, 6)), ("sofia", Rhythm(45, 700, 10))),
    ),
    Known("noor", "Noor", "Aziz", "Northwind Clinics", "Practice nurse", (("maya", Rhythm(45, 700, 9)),)),
    Known(
        "tariq",
        "Tariq",
        "Rahman",
        "Northwind Clinics",
        "Finance officer",
        (("maya", Rhythm(60, 600, 15)), ("peter", Rhythm(40, 900, 12))),
    ),
    Known(
        "kenji",
        "Kenji",
        "Watanabe",
        "Solace Health",
        "Operations lead",
        (("maya", Rhythm(14, 400, 3)), ("jude", Rhythm(10, 200, 2))),
    ),
    Known(
        "wei",
        "Wei",
        "Chen",
        "Northwind Clinics",
        "Deputy manager",
        (("maya", Rhythm(28, 1400, 11)),),
        moved=("Solace Health", "Site lead", 8),
    ),
    Known("lucy", "Lucy", "Park", "Solace Health", "Practice manager", ()),
    Known(
        "amina",
        "Amina",
        "Yusuf",
        "Cedar Street Medical",
        "Director",
        (("maya", Rhythm(16, 1450, 3)),),
        birthday_today=True,
        birth_year=1976,
    ),
    Known(
        "sam",
        "Sam",
        "Whitlock",
        "Cedar Street Medical",
        "Front desk lead",
        (("maya", Rhythm(26, 800, 6)), ("jude", Rhythm(30, 900, 8))),
    ),
    Known("chloe", "Chloe", "Barton", "Cedar Street Medical", "Receptionist", (("maya", Rhythm(45, 900, 12)),)),
    Known("dana", "Dana", "Whitfield", "Bright Harbor Dental", "Founder", (("maya", Rhythm(12, 1200, 45)),)),
    Known("olu", "Olu", "Adeyemi", "Bright Harbor Dental", "Dentist", (("ali", Rhythm(21, 900, 6)),)),
    Known("jonas", "Jonas", "Lindqvist", "Aurora Physio", "Head of administration", (("maya", Rhythm(26, 1000, 9)),)),
    Known("ben", "Ben", "Achterberg", "Aurora Physio", "IT coordinator", (("ali", Rhythm(14, 800, 6)),)),
    Known("ingrid", "Ingrid", "Nilsson", "Aurora Physio", "Clinical lead", ()),
    Known("grace", "Grace", "O’Neill", "Harrow Hospice", "Director", (("maya", Rhythm(21, 1200, 47)),)),
    Known(
        "marguerite",
        "Marguerite",
        "Duval",
        "Harrow Hospice",
        "Volunteer coordinator",
        (("maya", Rhythm(55, 1000, 14)),),
    ),
    Known(
        "harpreet",
        "Harpreet",
        "Gill",
        "Palm Clinics",
        "Rota coordinator",
        (("jude", Rhythm(14, 900, 2)), ("sofia", Rhythm(30, 900, 7))),
    ),
    Known(
        "fatima",
        "Fatima",
        "Al-Sayed",
        "Palm Clinics",
        "Practice manager",
        (("jude", Rhythm(28, 1000, 48)), ("maya", Rhythm(31, 700, 8))),
    ),
    Known("henrik", "Henrik", "Sørensen", "Fjord Rehab", "Director", (("ali", Rhythm(80, 700, 20)),)),
    Known(
        "liat",
        "Liat",
        "Barak",
        "Galil Care",
        "Practice manager",
        (("tamar", Rhythm(15, 600, 4)), ("maya", Rhythm(40, 1200, 14))),
    ),
    Known("elena", "Elena", "Ruiz", "Northwind Clinics", "Finance director", ()),
)
