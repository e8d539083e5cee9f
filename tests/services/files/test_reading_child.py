"""The process that reads files brings little along: what it imports is there for each file."""

from __future__ import annotations

import subprocess
import sys

from services.files.file_reading import ROOT

HEAVY = {"services.storage.store", "services.search", "rapidfuzz", "openpyxl", "cryptography"}
ASKED = """
import sys
sys.path.insert(0, sys.argv[1])
import services.files.reading_child
print(*sorted(sys.modules))
"""


def test_the_reader_knows_nothing_of_the_store_and_the_search() -> None:
    told = subprocess.run(
        [sys.executable, "-I", "-c", ASKED, str(ROOT)], capture_output=True, text=True, check=True
    )
    loaded = set(told.stdout.split())
    assert "services.files.contact_fitting" in loaded
    assert not loaded & HEAVY
