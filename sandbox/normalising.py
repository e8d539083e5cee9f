"""What Exchange may make of an event before it keeps it: the same in another spelling.

A client that compares what it sent with what it reads sees changes that nobody made
(failure mode F32). Ordered by ``NOW * -> normalise``; off by default, so that tests of values stay
plain. Reads always show bodies as whole HTML pages: that is :mod:`sandbox.graph.event_json`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from tzlocal.windows_tz import tz_win

from sandbox.items import Content

__all__ = ["as_it_came", "normalised"]

_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_HARMFUL = re.compile(r"(?is)<(script|style|object|iframe)\b.*?</\1\s*>|<!--.*?-->")
_HANDLER = re.compile(r"(?i)\s(on\w+=(\"[^\"]*\"|'[^']*'|[^\s>]+)|href=[\"']?javascript:[^\s>]*)")
_LONG = re.compile(r"(.{40,76}?) ")


def as_it_came(content: Content) -> Content:
    """Change nothing."""
    return content


def normalised(content: Content) -> Content:
    """Return an event with whole minutes, Windows zone names, tidied HTML and trimmed titles."""
    rule = content.recurrence
    return replace(
        content,
        start=_whole_minute(content.start),
        end=_whole_minute(content.end),
        start_zone=_windows_name(content.start_zone),
        end_zone=_windows_name(content.end_zone),
        recurrence=replace(rule, zone=_windows_name(rule.zone)) if rule else None,
        plain={
            **content.plain,
            "subject": str(content.plain["subject"]).strip(),
            "body": _tidied(content.plain["body"]),
        },
    )


def _whole_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _windows_name(zone: str) -> str:
    return str(tz_win.get(zone, zone))


def _tidied(body: dict[str, str]) -> dict[str, str]:
    """Spell tags small, breaks without a slash, spaces once, and put it all into a ``div``.

    What could do harm goes: scripts, comments, handlers of clicks, links that are programs.
    """
    if body["contentType"] == "text" or not body["content"] or "<html" in body["content"]:
        return dict(body)
    text = _HARMFUL.sub("", body["content"])
    text = _TAG.sub(lambda tag: _small(_HANDLER.sub("", tag[0])), text)
    text = re.sub(r"\s+", " ", text).strip()
    # An emoji becomes its number, and long lines are broken wherever they have a space.
    text = "".join(f"&#{ord(sign)};" if ord(sign) > 0xFFFF else sign for sign in text)
    parts = re.split(r"(<[^>]*>)", text)
    text = "".join(part if part[:1] == "<" else _LONG.sub("\\1\r\n", part) for part in parts)
    # Once is enough: what was tidied before stays as it is.
    wrapped = text if text.startswith("<div>") else f"<div>{text}</div>"
    return {**body, "content": wrapped}


def _small(tag: str) -> str:
    name = re.match(r"</?[A-Za-z][\w:-]*", tag)
    head = name[0] if name else ""
    return head.lower() + re.sub(r"\s*/>$", ">", tag[len(head) :])
