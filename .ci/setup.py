"""Install what Almanac needs: ``python .ci/setup.py run`` for the demo, ``all`` for the tests too.

The Makefile calls it when a list of requirements is newer than the stamp that this leaves behind,
so a second ``make run`` does not come here at all. It uses the standard library of any Python 3,
since it has to tell people whose Python is too old. Whatever is missing is said in a sentence.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST_NODE = 20
NODE_ADVICE = "Get it at https://nodejs.org and run this again."
PARTS = {
    # what for: (Python requirements, folders with a package-lock.json)
    "run": ("requirements.txt", ["sandbox/playground"]),
    "all": ("tests/requirements.txt", ["sandbox/playground", "tests/browser", "tests/oidc"]),
}


class Missing(Exception):
    """Something that only the person at the keyboard can install."""


def main(what: str) -> int:
    """Install one of ``PARTS``; 0 when everything is there."""
    requirements, folders = PARTS[what]
    try:
        check_python()
        npm = find_npm()
        with ThreadPoolExecutor(max_workers=1) as beside:
            say(f"Node: packages into node_modules of {', '.join(folders)}")
            node = beside.submit(npm_installs, npm, folders)
            say("Python: packages into .venv")
            make_venv()
            pip_install(requirements)
            compile_program()
            node.result()
    except Missing as missing:
        print(f"\n{missing}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        command = " ".join(str(part) for part in failed.cmd[:4])
        print(f"\nThis did not work, see above: {command} ...", file=sys.stderr)
        return 1
    for stamp in ("run", what):
        (VENV / f"{stamp}.stamp").touch()
    say("Ready")
    return 0


def check_python() -> None:
    """Refuse an old Python, and one that cannot make environments."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file may meet any Python)
        raise Missing(f"Almanac needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    try:
        import ensurepip  # noqa: F401, PLC0415
        import venv  # noqa: F401, PLC0415
    except ImportError as err:
        raise Missing(
            "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"
        ) from err


def find_npm() -> str:
    """Return npm's path; the Playground and the browser tests are Node programs."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None:
        raise Missing(f"Node.js is missing (version {OLDEST_NODE} or newer). {NODE_ADVICE}")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    if int(version.stdout.lstrip("v").split(".")[0]) < OLDEST_NODE:
        raise Missing(
            f"Node.js {OLDEST_NODE} or newer is needed; this is {version.stdout.strip()}. "
            + NODE_ADVICE
        )
    if npm is None:
        raise Missing(f"npm is missing; it comes with Node.js. {NODE_ADVICE}")
    return npm


def make_venv() -> None:
    """Make the environment, or mend one whose Python has gone."""
    if PYTHON.exists():
        alive = subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False)
        if alive.returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def pip_install(requirements: str) -> None:
    """Bring .venv to exactly the pinned versions; quick when they are there."""
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-color"]
    command += ["--no-compile"]  # 24,000 modules, of which the program reads some hundreds
    command += ["--requirement", ROOT / requirements]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as pip:
        for line in pip.stdout:
            show_progress(line)
    show_progress("")
    if pip.returncode:
        raise subprocess.CalledProcessError(pip.returncode, command)


def compile_program() -> None:
    """Leave the bytecode beside it, also where Python is told to leave none: it starts sooner."""
    parts = ["app.py", "bot", "cards", "services", "sandbox"]
    command = [PYTHON, "-m", "compileall", "-q", "-x", "node_modules", *parts]
    subprocess.run(command, cwd=ROOT, check=True)
    # And that of the packages which the program reads.
    keeps = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}  # noqa: TID251  (for the child)
    command = [PYTHON, "-c", "import bot.production, sandbox.demo"]
    subprocess.run(command, cwd=ROOT, env=keeps, check=True)


def show_progress(line: str) -> None:
    """On a terminal, show which package is on its way; an empty line wipes that out again."""
    words = line.split()
    if sys.stdout.isatty() and (not words or words[0] == "Collecting"):
        print(f"\r    {' '.join(words[1:2]):60}", end="" if words else "\r", flush=True)


def npm_installs(npm: str, folders: list[str]) -> None:
    """Bring each folder to what its lock file says; beside pip, which reads other servers."""
    for folder in folders:
        npm_install(npm, ROOT / folder)


def npm_install(npm: str, folder: Path) -> None:
    """Install what the lock file says, unless that was done already."""
    lock, installed = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)


def say(sentence: str) -> None:
    """Show what is going on."""
    print(f"[almanac] {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "all"))
