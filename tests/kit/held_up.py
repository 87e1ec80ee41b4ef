"""What the tests of supervision hold up: `held_up.py <home> [falling]`. Not a test itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rapport.kit.house import House
from rapport.kit.postgres import Addresses, EmbeddedServer
from rapport.kit.supervision import Child, Supervisor
from rapport.kit.trouble import Trouble

# A child with a helper, which like a web server's worker hears of the end only from its parent.
WITH_A_HELPER = """
import signal, subprocess, sys
helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
def stop(*_):
    helper.terminate()
    sys.exit(helper.wait() and 0)
signal.signal(signal.SIGTERM, stop)
signal.pause()
"""


def children_of(addresses: Addresses) -> Sequence[Child]:
    """Two quiet children, or one that falls at once."""
    environment = {"RAPPORT_APP_DSN": addresses.app}
    if "falling" in sys.argv:
        return [Child("web", [sys.executable, "-c", "raise SystemExit(3)"], environment)]
    return [Child(name, [sys.executable, "-c", WITH_A_HELPER], environment) for name in ("web", "worker")]


if __name__ == "__main__":
    house = House(Path(sys.argv[1]))
    try:
        Supervisor(house, EmbeddedServer(house), children_of, say=lambda line: print(line, file=sys.stderr)).run()
    except Trouble as trouble:
        sys.exit(trouble.sentence)
