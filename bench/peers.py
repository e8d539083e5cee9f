"""The other frameworks, in an environment of their own under ``build/``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["install_peers"]

REQUIREMENTS = Path(__file__).parent / "requirements-peers.txt"


def install_peers(venv: Path) -> Path:
    """Return the Python of the environment, which is made when it is missing or out of date."""
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = venv / "installed.stamp"
    if stamp.exists() and stamp.stat().st_mtime >= REQUIREMENTS.stat().st_mtime:
        return python
    print("installing the other frameworks into", venv, flush=True)
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", REQUIREMENTS],
        check=True,
    )
    stamp.touch()
    return python
