"""Spanish."""

# ruff: noqa: E501 - a sentence stays whole on one line, so that it can be searched for

from __future__ import annotations

from rapport.village.talk.bank import Bank, ours, theirs

BANK = Bank(
    language="es",
    hellos=("Hola, {name}:", "Buenos días, {name}:", "Hola:", "Buenas, {name}:"),
    byes=("Un saludo,", "Saludos,", "Un abrazo,", "Muchas gracias,", "Hasta pronto,"),
    days=("el lunes", "el martes", "el miércoles", "el jueves", "el viernes"),
    rooms=("la sala 2", "la consulta 3", "el aula pequeña", "la sala de arriba", "el aula 5"),
    asides=(
        "Estoy hasta las {time} por si es más fácil hablar.",
        "Esta semana hay fiestas en el barrio y cerramos antes.",
        "No corre prisa.",
        "Ya tenemos el aire acondicionado arreglado, después de {n} días.",
        "Los viernes solo leo el correo a mediodía.",
    ),
    topics=(
        theirs(
            "clinic",
            "Turnos de noche",
            "En los turnos de {day} salen {n} y nosotros cubrimos dos menos. ¿Dónde quito los que sobran?",
            "En Turnos, Semana habitual. Los he marcado, solo tú puedes borrarlos.",
            "Borrados. La hoja del tablón ya está bien.",
        ),
        theirs(
            "clinic",
            "Citas perdidas",
            "Os paso los datos: {n} citas perdidas en marzo, menos que el mes anterior. El aviso con dos días es el que funciona.",
            "Gracias por compartirlos. En {place} vieron lo mismo.",
        ),
        theirs(
            "school",
            "Tutorías {day}",
            "Las tutorías son {day}, con {n} profesores y diez minutos cada una. ¿Cómo evitamos las colas del año pasado?",
            "Dejando libre uno de cada cinco huecos. Te he preparado un borrador.",
            "Acabamos a las {time}, por primera vez.",
        ),
        theirs(
            "school",
            "Cambio de aula",
            "Hemos pasado química a {room} {day} a las {time}. El aviso llegó a todos a la vez.",
            "Estupendo, me alegro de que saliera a la primera.",
        ),
        theirs(
            "",
            "Factura del trimestre",
            "Administración pide el número de pedido {n}-D en la factura. ¿Nos la puedes enviar otra vez?",
            "Va la factura corregida, con el mismo vencimiento.",
            "Recibida y enviada a administración.",
            enclosed="invoice.pdf",
        ),
        ours(
            "",
            "Notas de la reunión",
            "Esto es lo que apunté: empezáis con {room} durante {n} días y luego lo vemos juntos. ¿Es correcto?",
            "Correcto, pero solo por las tardes.",
            "Corregido: solo tardes.",
        ),
        ours(
            "",
            "Novedades de esta noche",
            "Ya se puede mover una cita sin cancelarla. La persona recibe un solo mensaje.",
            "Probado a las {time}, va bien.",
        ),
        ours(
            "", "Gracias por la visita", "Gracias por la hora en recepción. Apunté {n} cosas y dos ya están arregladas."
        ),
    ),
    titles=(
        "Responsable de recepción",
        "Coordinadora",
        "Jefe de estudios",
        "Administración",
        "Directora",
        "Secretaría",
    ),
    wrote="El {date}, {name} <{address}> escribió:",
    date="{weekday}, {d} {month} {y} a las {time}",
    weekdays=("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    months=("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
    leaving=(
        "Mi último día",
        "Después de unos buenos años dejo {old}; mi último día es {day}. La semana que viene empiezo en {new} y mi correo será {address}.",
    ),
    arrived=("Nueva dirección", "Ya he empezado en {new}. Esta es mi dirección; el teléfono es el mismo."),
    away=(
        "Respuesta automática: {subject}",
        "Gracias por tu mensaje. Estoy fuera hasta {day} y contestaré a la vuelta.",
    ),
)
