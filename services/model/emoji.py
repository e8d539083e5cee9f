"""What counts as one emoji: a character as people see it, of however many code points.

https://www.unicode.org/reports/tr51/#def_emoji_sequence; wider than the list of Unicode, so that
next year's are taken as well.
"""

from __future__ import annotations

import re

__all__ = ["is_emoji"]

_BASE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf\u2934\u2935"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
)
_ONE = f"{_BASE}[\ufe0f\U0001f3fb-\U0001f3ff]*[\U000e0020-\U000e007f]*"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_KEY = "[0-9#*]\ufe0f?\u20e3"
_EMOJI = re.compile(f"{_FLAG}|{_KEY}|{_ONE}(?:\u200d{_ONE}){{0,9}}")


def is_emoji(text: str) -> bool:
    """Whether a text is one emoji and nothing else."""
    return len(text) <= 40 and _EMOJI.fullmatch(text) is not None
