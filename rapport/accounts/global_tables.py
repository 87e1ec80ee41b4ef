"""Tables that belong to no one workspace, each with its reason. The catalogue test fails for any other exception."""

from __future__ import annotations

GLOBAL_TABLES: dict[str, str] = {
    "workspace": "read at sign-in, before a workspace is entered",
    "user": "one person may sign in to several workspaces",
    "membership": "read at sign-in, to learn which workspaces there are",
    "one_time_link": "opened by somebody who is not signed in",
    "outgoing_mail": "a link to sign in is of no one workspace, and workers ask for all what is to be sent",
    "sign_in_attempt": "counts guesses by people who are not signed in",
    "agenda": "by which workers learn whose turn it is",
    "account_emailaddress": "sign-in (allauth)",
    "account_emailconfirmation": "sign-in (allauth)",
    "mfa_authenticator": "second factors, asked for at sign-in (allauth)",
    "usersessions_usersession": "sessions one can list and end (allauth)",
    "auth_group": "Django's own, unused",
    "auth_group_permissions": "Django's own, unused",
    "auth_permission": "Django's own, unused",
    "django_content_type": "Django's own",
    "django_migrations": "Django's own: which migrations ran",
    "django_session": "sessions",
}
