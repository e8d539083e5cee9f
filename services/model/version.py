"""Which version of the program this is: ``help`` says it, so that people can tell whom they ask.

The same as the project's and the app package's, which :mod:`manifest.package` reads.
"""

from __future__ import annotations

__all__ = ["VERSION"]

VERSION = "0.1.0"
