"""`dev down`: end the running `dev up`, and whatever a dead one left behind."""

import json
import os
import signal
from pathlib import Path

from devtools.places import VAR, DevError, Slot, say
from devtools.postgres import stop_server
from devtools.processes import gone, started_at, sweep

FOLDERS = ("up", "services", "bench")


def down() -> int:
    """End all of it.  Nothing there: says so.  Tests that are running are left alone."""
    ended: list[str] = []
    for folder in sorted(path.parent for path in VAR.glob("*/lock")):
        slot = Slot.take(folder.name)
        if slot is None and folder.name in FOLDERS:
            ended += _ask_to_end(folder)
            slot = Slot.take(folder.name)
        if slot is None:
            continue
        with slot:
            ended += [f"{folder.name}/{name}" for name in sweep(folder)]
            if stop_server(folder):
                ended.append(f"{folder.name}/postgres")
            (folder / "env.json").unlink(missing_ok=True)
    say("已结束：" + "、".join(ended) if ended else "没有遗留的进程。")
    return 0


def _ask_to_end(folder: Path) -> list[str]:
    """The `dev` that holds this folder, asked to stop as by Ctrl-C."""
    record = folder / "dev.json"
    known = json.loads(record.read_text()) if record.exists() else {}
    pid, started = known.get("pid"), known.get("started")
    if not pid or not started or started_at(pid) != started:
        return []
    os.kill(pid, signal.SIGTERM)
    if not gone(pid, started, 60):
        raise DevError(f"dev {folder.name}（进程 {pid}）60 秒内没有结束。")
    return [f"dev {folder.name}"]
