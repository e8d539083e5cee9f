"""Build the zip that is uploaded to Teams: ``python -m manifest.package`` (``make package``).

:func:`build` fills ``manifest.json`` in, draws the icons and writes ``almanac-<version>.zip``.
The same settings give the same bytes. The command line takes what it needs from its arguments,
which the Makefile fills from the environment, or from ``.env``.
Format: https://learn.microsoft.com/microsoft-365/extensibility/schema
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from pathlib import Path
from string import Template
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dotenv import dotenv_values

from manifest import icons

__all__ = ["build", "main", "manifest_text", "version"]

HERE = Path(__file__).parent
ROOT = HERE.parent
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can tell; a fixed one keeps the bytes the same."""


def version() -> str:
    """Return the project's version, which is the package's too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def manifest_text(app_id: str, public_url: str) -> str:
    """Return the filled-in manifest.

    Raises:
        ValueError: the id is no GUID, or the address is not plain https.
    """
    app_id, public_url = app_id.strip().lower(), public_url.strip().rstrip("/")
    address = urlsplit(public_url)
    if not GUID.fullmatch(app_id):
        raise ValueError("MICROSOFT_APP_ID must be the bot's application id, a GUID")
    if address.scheme != "https" or not address.hostname or address.path or address.query:
        raise ValueError("PUBLIC_URL must be https:// and a host name, nothing more")
    template = Template(
        (HERE / "manifest.json").read_text(encoding="utf-8").replace("$schema", "$$schema")
    )
    return template.substitute(
        APP_ID=app_id,
        PUBLIC_URL=public_url,
        PUBLIC_HOST=address.hostname,
        VERSION=version(),
    )


def build(out_dir: Path, app_id: str, public_url: str) -> Path:
    """Write the package into ``out_dir`` and return its path."""
    parts = {
        "manifest.json": manifest_text(app_id, public_url).encode(),
        "color.png": icons.colour_icon(),
        "outline.png": icons.outline_icon(),
    }
    out_dir.mkdir(parents=True, exist_ok=True)
    path = out_dir / f"almanac-{version()}.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = ZipInfo(name, LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, content)
    return path


def main(arguments: list[str] | None = None) -> int:
    """Build from the command line; 0 when the package is there."""
    saved = dotenv_values(ROOT / ".env")
    parser = argparse.ArgumentParser(prog="manifest.package", description="Build the Teams app.")
    parser.add_argument("--app-id", default="", help="MICROSOFT_APP_ID; else from .env")
    parser.add_argument("--public-url", default="", help="PUBLIC_URL; else from .env")
    parser.add_argument("--out", type=Path, default=ROOT / "build")
    given = parser.parse_args(arguments)
    try:
        path = build(
            given.out,
            given.app_id or saved.get("MICROSOFT_APP_ID") or "",
            given.public_url or saved.get("PUBLIC_URL") or "",
        )
    except ValueError as problem:
        print(f"No package: {problem}. Set it in .env or in the environment.", file=sys.stderr)
        return 1
    print(f"Upload this in Teams (Apps > Manage your apps > Upload an app): {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
