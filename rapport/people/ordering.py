"""What lists of people go by: the family name, where a script writes it last; else the name as it is written."""

from __future__ import annotations

from django.db.models import Case, F, Func, Q, TextField, Value, When

# Chinese, Japanese and Korean write the family name first; Indian, Thai, Burmese and Khmer names are not turned around.
_AS_WRITTEN = r"[\u0900-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ufaff]"
_PARTICLES = (
    "af al am auf av bin da das de del della den der di do dos du el ibn la las le los ten ter van vom von y zu zum zur"
)
# What stands behind a family name: "(Alan)", "Jr.", "PhD".
_BEHIND = r",? (?:[(\[].*|(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?)"
_FAMILY_LAST = rf"^(.+?) ((?:(?:{'|'.join(_PARTICLES.split())}) )*[^ (\[]*[^ (\[,])((?:{_BEHIND})*)$"


def as_listed(name: str, said: str) -> Case:
    """Of two columns, a folded name and what was said to list it by: "raman, priya" for "priya raman".

    Computed and kept by the database, so that whoever writes a name need not think of it.
    """
    turned = Func(F(name), Value(_FAMILY_LAST), Value(r"\2, \1\3"), function="regexp_replace", output_field=TextField())
    return Case(
        When(~Q(**{said: ""}), then=F(said)),
        When(Q(**{f"{name}__regex": _AS_WRITTEN}), then=F(name)),
        default=turned,
        output_field=TextField(),
    )
