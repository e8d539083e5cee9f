"""Contents for hypothesis: few values, so that sides often meet and often clash."""

from __future__ import annotations

from hypothesis import strategies as st

from services.model.events import EventContent, Importance, Sensitivity, SeriesException, ShowAs
from services.model.recurrence import Pattern, Rule, Weekday
from tests._builders import BERLIN, NEW_YORK, all_day, an_event_content, timed

__all__ = ["contents"]

_START = timed("2026-11-20T12:30")
_WEEKLY = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,), count=5)
_CANCELLED = SeriesException(timed("2026-11-27T12:30").start, None)

_singles = st.sampled_from(
    [_START, timed("2026-11-20T13:00"), timed("2026-11-20T06:30", zone=NEW_YORK), all_day()]
)
_times = st.one_of(
    _singles.map(lambda when: {"when": when}),
    st.sampled_from(
        [
            {"when": _START, "rule": _WEEKLY},
            {"when": _START, "rule": _WEEKLY, "exceptions": (_CANCELLED,)},
            {"when": timed("2026-11-20T12:30", zone=BERLIN), "rule": _WEEKLY},
        ]
    ),
)


@st.composite
def contents(draw: st.DrawFn) -> EventContent:
    """A content of which any group may differ from another draw's, or only be spelled so."""
    return an_event_content(
        **draw(_times),
        title=draw(st.sampled_from(["Lunch", " Lunch", "Dinner"])),
        place=draw(st.sampled_from(["", "Quay 3", "Quay 3 "])),
        text=draw(st.sampled_from(["", "a\n\n**b**", "a\n**b**", "- c"])),
        show_as=draw(st.sampled_from([ShowAs.BUSY, ShowAs.FREE])),
        sensitivity=draw(st.sampled_from([Sensitivity.NORMAL, Sensitivity.PRIVATE])),
        reminder_minutes=draw(st.sampled_from([None, 15])),
        importance=draw(st.sampled_from([Importance.NORMAL, Importance.HIGH])),
        tags=draw(st.sampled_from([(), ("fair",), ("print", "Fair"), ("fair", "print")])),
    )
