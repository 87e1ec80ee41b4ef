"""The table of agreement: python -m tests.corpora"""

from __future__ import annotations

from tests.conftest import SHARED

from . import libical
from .agreement import HEADING
from .test_agreement import SOURCES

if __name__ == "__main__":
    print(HEADING)
    for measure in (*SOURCES.values(), libical.measure):
        print(measure(SHARED).line)
