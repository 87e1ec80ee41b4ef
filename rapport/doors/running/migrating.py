"""The schema brought up to the code. Each migration and the word that it ran are one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rapport.kit.failpoints import failpoint
from rapport.kit.postgres.planning import tell_planner
from rapport.kit.trouble import Conflict

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor

ALIAS = "owner"
ONE_AT_A_TIME = 727061  # the key of the lock by which two processes that begin at once do this one after the other


def steps_ahead() -> list[str]:
    """The migrations that have not run yet, as app.name, in their order. Conflict where a later Rapport was here."""
    from django.db import connections

    try:
        return [f"{migration.app_label}.{migration.name}" for migration, _back in _plan(_executor())]
    finally:
        connections[ALIAS].close()


def migrate() -> bool:
    """Bring the schema up to the code, as the owner; whether there was anything to do.

    Safe to stop and run again: a migration has run whole and is written down, or nothing of it is there.
    """
    if not steps_ahead():
        _tell_planner()  # a restored database does not know it any more
        return False
    with _nobody_else():
        failpoint("upgrade.after_lock")
        executor = _executor()  # asked again: whoever was here before us may have done it
        if plan := _plan(executor):
            _run(executor, plan)
        _tell_planner()
    return True


def _tell_planner() -> None:
    from django.db import connections

    owner: Any = connections[ALIAS]
    with owner.cursor() as cursor:
        tell_planner(cursor)
    owner.close()


def _run(executor: MigrationExecutor, plan: Sequence[Any]) -> None:
    from django.apps import apps
    from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal

    emit_pre_migrate_signal(0, False, ALIAS, plan=plan)
    executor.migrate(executor.loader.graph.leaf_nodes(), plan)
    failpoint("upgrade.after_schema")
    emit_post_migrate_signal(0, False, ALIAS, apps=apps, plan=plan)


def _executor() -> MigrationExecutor:
    from django.db import connections, transaction
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.state import ProjectState

    class Sparing(ProjectState):
        """After each operation Django makes every model anew that has to do with the one it changed: here all of them,
        which was nine tenths of a first start. A new model, an index, a constraint or a plain field changes none of the
        others; before a migration's own Python runs, Django itself makes all of them anew (`is_delayed`).
        """

        def _find_reload_model(self, app_label: str, model_name: str, delay: bool = False) -> Any:
            if not delay and model_name in self.apps.all_models[app_label]:
                return super()._find_reload_model(app_label, model_name)  # type: ignore[misc]
            self.is_delayed = True
            return {(app_label, model_name)}

    class InOneTransaction(MigrationExecutor):
        """Django writes down that a migration ran after its transaction where statements were put off to its end. A
        stop in between would let it run a second time, on tables that are there already.
        """

        def _create_project_state(self, *args: Any, **kwargs: Any) -> Any:
            state = super()._create_project_state(*args, **kwargs)  # type: ignore[misc]
            state.__class__ = Sparing
            return state

        def apply_migration(self, state: Any, migration: Any, *args: Any, **kwargs: Any) -> Any:
            """One migration, and the word that it ran."""
            if not migration.atomic:
                return super().apply_migration(state, migration, *args, **kwargs)
            with transaction.atomic(using=ALIAS):
                state = super().apply_migration(state, migration, *args, **kwargs)
            failpoint("upgrade.after_migration")
            return state

    return InOneTransaction(connections[ALIAS])


def _plan(executor: MigrationExecutor) -> Sequence[Any]:
    applied, known = executor.loader.applied_migrations, executor.loader.disk_migrations or {}
    later = sorted(f"{app}.{name}" for app, name in applied if app == "rapport" and (app, name) not in known)
    if later:
        raise Conflict(
            f"The database of this home was brought forward by a later Rapport ({later[-1]}). Start that version, "
            "or bring a backup from before it back with this one (rapport restore).",
            code="schema-ahead",
            unknown=later,
        )
    plan: Sequence[Any] = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return plan


@contextmanager
def _nobody_else() -> Iterator[None]:
    """The second of two waits here."""
    from django.db import connections

    owner = connections[ALIAS]
    try:
        with owner.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5min'; SET idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        yield
    finally:
        owner.close()
