"""What lists of people go by: the family name, where a script writes it last; else the name as it is written."""

from __future__ import annotations

from django.db.models import Case, F, Func, Q, TextField, Value, When

from .splitting import AS_WRITTEN

_PARTICLES = (
    "af al am auf av bin da das de del della den der di do dos du el ibn la las le los ten ter van vom von y zu zum zur"
)
# What stands behind a family name: "(Alan)", "Jr.", "PhD".
_BEHIND = r",? (?:[(\[].*|(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?)"
_FAMILY_LAST = rf"^(.+?) ((?:(?:{'|'.join(_PARTICLES.split())}) )*[^ (\[]*[^ (\[,])((?:{_BEHIND})*)$"


def as_listed(name: str, said: str, filed: str) -> Case:
    """Of three columns, a folded name, what was said to list it by, and what `filed_as` makes of it: "raman, priya" for
    "priya raman".

    Computed and kept by the database, so that also a name that came without thinking of it is found in its place.
    """
    turned = Func(F(name), Value(_FAMILY_LAST), Value(r"\2, \1\3"), function="regexp_replace", output_field=TextField())
    return Case(
        When(~Q(**{said: ""}), then=F(said)),
        When(~Q(**{filed: ""}), then=F(filed)),
        When(Q(**{f"{name}__regex": AS_WRITTEN}), then=F(name)),
        default=turned,
        output_field=TextField(),
    )
