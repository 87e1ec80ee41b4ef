"""To undo a verb asks what the verb asks."""

from __future__ import annotations

import ast

from .code import none, sources

# Verbs that ask for nothing but to write, in whatever has happened since: so their undo need not ask either.
WRITING_IS_ENOUGH = {
    "affiliation.remove": "Who is at home cannot be removed from there.",
    "fact.forget": "Whoever may write notes and forgets facts.",
    "fact.note": "Whoever may write notes and forgets facts.",
    "import.start": "Its own entry: whoever began it may undo it, as `import.undo` asks.",
    "interaction.log": "Its own entry: whoever told of it.",
    "note.add": "Its own entry: whoever wrote it.",
    "organization.add-domain": "Never home's, which is said in Team.",
    "organization.merge": "To merge takes what to write takes; never home.",
    "organization.remove-domain": "Never home's; one that speaks for home by now stays there.",
    "organization.rename": "Whoever may write calls it by another name.",
    "people.place": "Nobody who is at home is placed so.",
    "people.tag": "Whoever may write puts tags on and takes them off.",
    "people.untag": "Whoever may write puts tags on and takes them off.",
    "person.add": "Stays done where they signed in since.",
    "person.edit": "Whoever may write says who somebody is.",
    "person.remove": "Who signs in is not removed; who comes back signs in nowhere.",
    "person.tag": "Whoever may write puts tags on and takes them off.",
    "person.untag": "Whoever may write puts tags on and takes them off.",
    "today.done": "Its own entry, of one's own Today.",
    "today.later": "Its own entry, of one's own Today.",
    "today.not-needed": "Its own entry, of one's own Today.",
    "today.reopen": "Its own entry, of one's own Today.",
    "view.save": "Its own entry: whoever keeps the list.",
    "wish.{_kind}": "Whoever may write notes a wish and lifts it.",
    "wish.lift-{_kind}": "Whoever may write notes a wish and lifts it.",
}


def test_an_undo_asks_what_its_verb_asks() -> None:
    asking_nothing = {verb: place for verb, place, asks in _undos() if not asks}
    none(
        [f"{place}: {verb}" for verb, place in asking_nothing.items() if verb not in WRITING_IS_ENOUGH],
        "Give `undoes` an `allowed` that asks what the verb asks now: whoever did it may manage no more, and whom it is"
        " about may have joined. Where to write is enough, add the verb to WRITING_IS_ENOUGH with the reason.",
    )
    none(
        sorted(WRITING_IS_ENOUGH.keys() - asking_nothing.keys()),
        "These ask by themselves now, or are gone: take them off WRITING_IS_ENOUGH.",
    )


def _undos() -> list[tuple[str, str, bool]]:
    """Each verb that is registered with a way back, where, and whether `allowed` is named."""
    return [
        (_words(call.args[0]), source.at(call), any(one.arg == "allowed" for one in call.keywords))
        for source in sources()
        for call, name in source.calls()
        if name == "undoes"
    ]


def _words(verb: ast.expr) -> str:
    return verb.value if isinstance(verb, ast.Constant) else ast.unparse(verb).removeprefix("f").strip("'\"")
