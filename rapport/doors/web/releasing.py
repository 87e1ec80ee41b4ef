"""After a restore: letting out what is held."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.accounts.holding import let_go_out

from .addresses import page_back
from .answering import go_to
from .entering import WebRequest


@require_POST
def release(request: WebRequest) -> HttpResponse:
    """What goes out of this workspace goes out again; one stays on the page one was on."""
    let_go_out(request.visit.by)
    return go_to(request, page_back(request), _("From now on mail goes out again."))
