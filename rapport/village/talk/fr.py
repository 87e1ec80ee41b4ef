"""French."""

# ruff: noqa: E501 - a sentence stays whole on one line, so that it can be searched for

from __future__ import annotations

from rapport.village.talk.bank import Bank, ours, theirs

BANK = Bank(
    language="fr",
    hellos=("Bonjour {name},", "Bonjour,", "Bonjour à vous, {name},", "{name}, bonjour,"),
    byes=("Bien à vous,", "Bonne journée,", "Cordialement,", "À bientôt,", "Merci et à bientôt,"),
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi"),
    rooms=("la salle 2", "le cabinet du fond", "la salle jaune", "le bureau 4", "la petite salle"),
    asides=(
        "Je suis joignable jusqu’à {time} si un appel est plus simple.",
        "Je ne travaille pas le mercredi, je réponds le lendemain.",
        "Rien d’urgent de notre côté.",
        "Le standard a changé de numéro, le mien reste le même.",
        "La salle d’attente est enfin repeinte.",
        "Je rentre de Bretagne, il a plu {n} heures sans arrêt.",
    ),
    topics=(
        theirs(
            "clinic dental",
            "Planning de {day}",
            "Le planning de {day} affiche {n} gardes et nous en assurons deux de moins. Où puis-je retirer celles qui sont en trop ?",
            "Dans Planning, Semaine type, {day}. Je les ai signalées, vous seule pouvez les supprimer.",
            "C’est fait. La feuille affichée est juste maintenant.",
        ),
        theirs(
            "clinic",
            "Matinée de vaccination",
            "Nous ouvrons {n} créneaux de vaccination {day} à partir de {time}, cinq minutes chacun. Comment les créer sans double agenda ?",
            "En une seule consultation à deux fauteuils. Le brouillon est prêt, les patients ne le voient pas encore.",
            "Ouvert à midi, complet à seize heures.",
        ),
        theirs(
            "hotel",
            "Groupe de {n} personnes",
            "Un groupe de {n} cyclistes arrive {day} et demande le petit déjeuner à six heures. Peut-on avancer la cuisine pour un seul jour ?",
            "Oui, déplacez le début de cette journée. La semaine type ne change pas.",
            "C’est avancé, la cuisine l’a vu.",
        ),
        theirs(
            "hotel",
            "Ménage et départs tardifs",
            "Depuis {day}, le départ tardif décale bien le ménage. Les équipes ont gagné {n} minutes par étage.",
            "Merci de ce retour, je le transmets à Sofia.",
        ),
        theirs(
            "",
            "Facture du trimestre",
            "Notre comptable demande le numéro de commande {n}-C sur la facture. Pourriez-vous la renvoyer ?",
            "Voici la facture corrigée, l’échéance ne change pas.",
            "Bien reçue, elle est transmise.",
            enclosed="invoice.pdf",
        ),
        theirs(
            "",
            "Fermeture {day}",
            "Nous serons fermés {day} pour les travaux. {n} rendez-vous ont été déplacés, tous les patients sont prévenus.",
            "Merci, je l’ai indiqué sur votre page de réservation.",
        ),
        ours(
            "",
            "Compte rendu de {day}",
            "Voici ce que j’ai retenu : vous commencez par {room} pendant {n} jours, puis nous regardons ensemble. Est-ce bien cela ?",
            "Oui, mais seulement les après-midis.",
            "C’est corrigé, les après-midis seulement.",
        ),
        ours(
            "",
            "Nouveau depuis cette nuit",
            "On peut désormais déplacer un rendez-vous sans l’annuler. La personne reçoit un seul message.",
            "Essayé à {time}, cela fonctionne.",
        ),
        ours(
            "",
            "Merci pour votre accueil",
            "Merci pour l’heure passée à l’accueil. J’ai noté {n} points, deux sont déjà corrigés.",
        ),
    ),
    titles=(
        "Responsable d’accueil",
        "Directrice adjointe",
        "Secrétaire médicale",
        "Responsable planning",
        "Comptable",
        "Gérant",
    ),
    wrote="Le {date}, {name} <{address}> a écrit :",
    date="{weekday} {d} {month} {y} à {time}",
    weekdays=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    months=("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    leaving=(
        "Mon dernier jour est {day}",
        "Après de belles années, je quitte {old} ; mon dernier jour est {day}. La semaine prochaine je rejoins {new}, à l’adresse {address}.",
    ),
    arrived=("Nouvelle adresse", "J’ai commencé chez {new}. Voici mon adresse, le téléphone ne change pas."),
    away=(
        "Réponse automatique : {subject}",
        "Merci de votre message. Je suis absente jusqu’à {day} et vous répondrai à mon retour.",
    ),
)
