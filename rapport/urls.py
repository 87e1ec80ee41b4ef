"""Every address Rapport answers, by door."""

from __future__ import annotations

urlpatterns: list[object] = []
