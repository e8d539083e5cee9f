"""Finding contacts and events while somebody types: :class:`Search` is the door.

:mod:`services.spelling` folds words so that accents, cases and alphabets do not matter,
:mod:`wanted` reads what was typed, :mod:`entries` says what is found by what. :mod:`index` is one
book's index in memory, made of pieces (:mod:`segment`): there :mod:`patterns` and :mod:`letters`
find :mod:`lines` by :mod:`grams`, :mod:`ranking` puts them in order, :mod:`slips` knows words that
are nearly the same and :mod:`almost` whose names they are, :mod:`listing` is the list of everybody,
:mod:`packing` keeps bodies small. :mod:`shelf` keeps the indexes in step with their ledgers,
reading :mod:`ahead`, and within their room. :mod:`stored` begins with what was indexed before and
hands on what is new, :mod:`tiers` says when: that is sealed, never the truth, and the only thing of
this that is ever written to a disk.
"""

from __future__ import annotations

from services.search.listing import Listing
from services.search.search import Search

__all__ = ["Listing", "Search"]
