"""Every address Rapport answers, by door."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/", include("rapport.doors.api.urls")),
    path("", include("rapport.doors.web.urls")),
]

handler400 = "rapport.doors.troubles.not_understood"
handler404 = "rapport.doors.web.troubles.not_found"
handler500 = "rapport.doors.troubles.broken"
