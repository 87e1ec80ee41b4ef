"""German."""

# ruff: noqa: E501 - a sentence stays whole on one line, so that it can be searched for

from __future__ import annotations

from rapport.village.talk.bank import Bank, ours, theirs

BANK = Bank(
    language="de",
    hellos=("Hallo {name},", "Guten Morgen {name},", "Hallo, {name},", "Guten Tag {name},"),
    byes=("Viele Grüße", "Herzliche Grüße", "Mit freundlichen Grüßen", "Bis bald", "Schöne Grüße"),
    days=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"),
    rooms=("Zimmer 3", "Raum 2", "Sprechzimmer 1", "der kleine Saal", "Zimmer 7"),
    asides=(
        "Ich bin bis {time} Uhr im Haus, falls ein Anruf einfacher ist.",
        "Am {day} bin ich beim Elternabend, danach wieder erreichbar.",
        "Unsere neue Telefonanlage läuft seit heute.",
        "Bei uns schneit es, der Bus kommt, wann er will.",
        "Es eilt nicht.",
        "Der Apfelkuchen beim letzten Besuch ist hier noch Gesprächsthema.",
    ),
    topics=(
        theirs(
            "clinic dental",
            "Dienstplan für {day}",
            "im Dienstplan für {day} stehen {n} Schichten, wir besetzen aber zwei weniger. Wo nehme ich die überzähligen heraus?",
            "unter Dienstplan, Übliche Woche, {day}. Ich habe die zwei Schichten markiert, löschen dürfen nur Sie.",
            "gefunden und gelöscht. Der Aushang stimmt jetzt.",
        ),
        theirs(
            "clinic dental",
            "Notfalltermine",
            "unsere {n} Notfalltermine sind morgens um {time} Uhr schon vergeben. Kann die Hälfte erst mittags freigegeben werden?",
            "ja, ab {day} öffnet die Hälfte erst um zwölf. Das gilt nur für {room}.",
            "die Mittagstermine haben bis drei gereicht. Danke.",
        ),
        theirs(
            "hotel",
            "Reisegruppe am {day}",
            "am {day} kommt eine Gruppe mit {n} Personen, Frühstück schon um halb sieben. Lässt sich der Küchendienst einmalig vorziehen?",
            "ja, ziehen Sie den Beginn an dem Tag auf sechs. Die übliche Woche bleibt, wie sie ist.",
            "erledigt, die Küche weiß Bescheid.",
        ),
        theirs(
            "hotel",
            "Saisonende",
            "zur Information: wir schließen nach dem {day} für {n} Tage und streichen die Gästezimmer im ersten Stock.",
            "danke, ich habe die Buchungsseite so lange auf Pause gestellt.",
        ),
        theirs(
            "",
            "Rechnung vom letzten Quartal",
            "unsere Buchhaltung braucht die Bestellnummer {n}-B auf der Rechnung. Können Sie sie noch einmal schicken?",
            "die berichtigte Rechnung liegt bei, Fälligkeit unverändert.",
            "angekommen und weitergeleitet.",
            enclosed="invoice.pdf",
        ),
        theirs(
            "",
            "Rückmeldung vom Empfang",
            "der Empfang lässt ausrichten: seit {day} keine Doppelbuchung mehr, {n} Termine am Tag.",
            "das gebe ich gern weiter, Sofia hat die Ansicht gezeichnet.",
        ),
        ours(
            "",
            "Kurze Notiz zu {day}",
            "so habe ich unser Gespräch verstanden: Sie beginnen mit {room}, {n} Tage lang, dann schauen wir gemeinsam darauf. Stimmt das?",
            "stimmt. Nur beginnen wir mit den Nachmittagen.",
            "ist notiert, nur nachmittags.",
        ),
        ours(
            "",
            "Neu seit heute Nacht",
            "ein Termin lässt sich jetzt verschieben, ohne ihn abzusagen. Der Patient bekommt eine Nachricht statt zweier.",
            "um {time} Uhr ausprobiert, es klappt.",
        ),
        ours(
            "",
            "Danke für den Besuch",
            "vielen Dank für die Stunde am Empfang. Ich habe {n} Dinge notiert, zwei sind schon behoben.",
        ),
    ),
    titles=("Praxismanagerin", "Empfangsleitung", "Verwaltung", "Hotelleitung", "Leitung Dienstplanung", "Buchhaltung"),
    wrote="Am {date} schrieb {name} <{address}>:",
    date="{d}.{m:02d}.{y} um {time}",
    weekdays=("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    months=("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"),
    leaving=(
        "Mein letzter Tag ist {day}",
        "nach guten Jahren verlasse ich {old}, mein letzter Tag ist {day}. Ab nächster Woche bin ich bei {new} und unter {address} zu erreichen.",
    ),
    arrived=(
        "Neue Adresse",
        "ich habe bei {new} angefangen, ab jetzt gilt diese Adresse. Die Telefonnummer bleibt gleich.",
    ),
    away=(
        "Abwesenheitsnotiz: {subject}",
        "vielen Dank für Ihre Nachricht. Ich bin bis {day} nicht im Haus und lese meine Mails danach wieder.",
    ),
)
