"""What members are called: by the person they are here. Before they gave a name their address is all an account has."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from .models import Person


def member_name(path: str = "") -> Coalesce:
    """Within a query what the member at this path is called: "noted_by"; empty where there is none."""
    at = f"{path}__" if path else ""
    here = Subquery(Person.objects.filter(id=OuterRef(f"{at}person_id")).values("name")[:1])
    account = NullIf(f"{at}user__name", Value(""))
    return Coalesce(here, account, f"{at}user__email", Value(""), output_field=TextField())
