"""Getting a machine ready, one `dev` at a time."""

from devtools import assets, system, venv
from devtools.places import Slot, say


def prepare(*, tests: bool) -> None:
    """Python environment and third-party page files; a second `dev` waits for the first."""
    slot = Slot.take("setup")
    if slot is None:
        say("另一个 dev 正在准备环境，等它完成……")
        slot = Slot.wait("setup")
    with slot:
        venv.ensure(tests=tests)
        assets.ensure()


def printing() -> int:
    """Pango and fonts for PDF; says what is missing and goes on."""
    with Slot.wait("printing"):
        for trouble in system.ensure_printing():
            say(trouble)
    return 0
