"""The areas that are measured name modules and tests that are there, and their page tells of each."""

from __future__ import annotations

from tests.proving.areas import AREAS

from .code import HOME, PACKAGE, none


def test_every_module_and_test_of_an_area_is_there() -> None:
    gone = [f"rapport/{one}" for area in AREAS for one in area.modules if not list(PACKAGE.glob(f"{one}.py"))]
    gone += [f"tests/{one}" for area in AREAS for one in area.tests if not (HOME / "tests" / one).exists()]
    none(gone, "tests/proving/areas.py names what is gone: name what took its place.")


def test_no_module_or_test_stands_in_an_area_twice() -> None:
    twice = [one for area in AREAS for some in (area.modules, area.tests) for one in some if some.count(one) > 1]
    none(twice, "Named twice in tests/proving/areas.py:")


def test_the_page_tells_of_every_area() -> None:
    page = (HOME / "docs/build/proving.md").read_text("utf-8")
    none([one.name for one in AREAS if f"| {one.name} | {one.what} |" not in page], "Say in docs/build/proving.md:")
