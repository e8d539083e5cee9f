"""Measure the search of contacts: ``python -m bench.search`` (part of ``make bench``; two minutes).

100,000 contacts in ten languages and 2,000 questions whose answers follow from how they were made.
*Recall at 5*: of those that are right, or the five of them that have room, the part that is among
the first five. *MRR*: the mean of one divided by the place of the first right one. rapidfuzz takes
a tenth of a second for each question, so it is asked one in ten, and once.

All others are asked three times, everything before anything again, and of each question's three
times the middle one counts: what a neighbour on the core takes is not ours. *CPU* is the time of
the thread that searches.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from statistics import fmean, median, quantiles
from typing import NamedTuple

from bench.report import markdown
from bench.search.contenders import Almanac, Contender, Fts5, Rapidfuzz
from bench.search.questions import KINDS, WITH_SLIPS, Asked, asked
from bench.search.samples import Sample, samples

__all__ = ["main"]

CONTACTS, QUESTIONS = 100_000, 2_000
FIRST = 5
SPARED = 10
"""rapidfuzz is asked one question in so many."""
ROUNDS = 3
TYPED = ("mar", "joh", "han", "ber", "and", "kra", "sch", "nov", "pet", "ele")
TIMES = 100
HEADINGS = ("questions", "number")
CELLS = ("recall at 5", "MRR")
TIMED = ("contender", "questions", "p50 ms", "p99 ms", "CPU p50 ms", "CPU p99 ms")


@dataclass(slots=True)
class Scores:
    """What one contender did with some questions."""

    recall: list[float] = field(default_factory=list)
    mrr: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


class Answer(NamedTuple):
    """What was found, and how long it took in milliseconds."""

    found: Sequence[str]
    wall: float
    cpu: float


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(prog="bench.search", description="Measure the search.")
    parser.add_argument("--contacts", type=int, default=CONTACTS)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--alone", action="store_true", help="ours alone")
    parser.add_argument("--misses", type=int, default=0, help="show so many that were not found")
    parser.add_argument("--slowest", type=int, default=0, help="show so many that take longest")
    given = parser.parse_args(arguments)
    people = list(samples(given.contacts))
    questions = asked(people, given.questions)
    contacts = [one.contact for one in people]
    ours = Almanac(contacts)
    gc.collect()
    gc.freeze()  # what the questions are made of is nobody's to look through while they are asked
    told = {ours.name: _asked(ours, questions)}
    if given.misses:
        _show_misses(ours, questions, people, given.misses)
    if given.slowest:
        _show_slowest(ours, questions, given.slowest)
    megabytes = ours.mib * 2**20 / 10**6
    print(f"\nThe index of {given.contacts:,} contacts takes {megabytes:.1f} MB.\n")
    three = _three_letters(ours)
    del ours
    gc.collect()
    if not given.alone:
        told[Fts5.name] = _asked(Fts5(contacts), questions)
        told[Rapidfuzz.name] = _asked(Rapidfuzz(contacts), questions[::SPARED], rounds=1)
    print(markdown((*HEADINGS, *_headings(told)), _quality(told, questions)))
    print()
    print(markdown(TIMED, [*_times(told), *three]))
    return 0


def _asked(
    contender: Contender, questions: Sequence[Asked], rounds: int = ROUNDS
) -> dict[str, Scores]:
    scores: defaultdict[str, Scores] = defaultdict(Scores)
    answers = [[_answer(contender, one.text) for one in questions] for _ in range(rounds)]
    for one, some in zip(questions, zip(*answers, strict=True), strict=True):
        own, found = scores[one.kind], some[0].found
        own.wall.append(median([each.wall for each in some]))
        own.cpu.append(median([each.cpu for each in some]))
        own.recall.append(_recall(found, one.right))
        own.mrr.append(_reciprocal(found, one.right))
    return scores


def _answer(contender: Contender, text: str) -> Answer:
    began = time.perf_counter(), time.thread_time()
    found = contender.look(text)
    wall, cpu = time.perf_counter() - began[0], time.thread_time() - began[1]
    return Answer(found, 1000 * wall, 1000 * cpu)


def _recall(found: Sequence[str], right: frozenset[str]) -> float:
    return len(right.intersection(found[:FIRST])) / min(FIRST, len(right))


def _reciprocal(found: Sequence[str], right: frozenset[str]) -> float:
    return next((1 / place for place, id in enumerate(found, 1) if id in right), 0.0)


def _headings(told: dict[str, dict[str, Scores]]) -> list[str]:
    return [f"{name}: {cell}" for name in told for cell in CELLS]


def _quality(
    told: dict[str, dict[str, Scores]], questions: Sequence[Asked]
) -> list[tuple[str, ...]]:
    numbers = {kind.name: sum(one.kind == kind.name for one in questions) for kind in KINDS}
    rows = [(kind, f"{many:,}", *_cells(told, [kind])) for kind, many in numbers.items()]
    return [*rows, ("all", f"{len(questions):,}", *_cells(told, list(numbers)))]


def _cells(told: dict[str, dict[str, Scores]], kinds: Sequence[str]) -> list[str]:
    cells = []
    for scores in told.values():
        own = [scores[kind] for kind in kinds if kind in scores]
        for each in ("recall", "mrr"):
            values = [value for one in own for value in getattr(one, each)]
            cells.append(f"{fmean(values):.3f}" if values else "")
    return cells


def _times(told: dict[str, dict[str, Scores]]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, scores in told.items():
        for which, wanted in (("without typos", False), ("with typos", True)):
            own = [one for kind, one in scores.items() if (kind in WITH_SLIPS) is wanted]
            wall = [value for one in own for value in one.wall]
            cpu = [value for one in own for value in one.cpu]
            rows.append((name, which, *_middle_and_end(wall), *_middle_and_end(cpu)))
    return rows


def _middle_and_end(values: Sequence[float]) -> tuple[str, str]:
    return f"{median(values):.2f}", f"{quantiles(values, n=100)[98]:.2f}"


def _three_letters(ours: Contender) -> list[tuple[str, ...]]:
    scores = _asked(ours, [Asked("", text, frozenset("-")) for text in TYPED * TIMES])[""]
    times = (*_middle_and_end(scores.wall), *_middle_and_end(scores.cpu))
    return [(ours.name, "three letters", *times)]


def _show_slowest(ours: Contender, questions: Sequence[Asked], most: int) -> None:
    took = sorted(((_answer(ours, one.text).cpu, one) for one in questions), key=itemgetter(0))
    for cpu, one in took[: -most - 1 : -1]:
        print(f"{cpu:.2f} ms: {one.kind}: {one.text!r}")


def _show_misses(
    ours: Contender, questions: Sequence[Asked], people: Sequence[Sample], most: int
) -> None:
    names = {str(one.contact.id): f"{one.contact.content.name} ({one.firm})" for one in people}
    missed = [one for one in questions if _recall(ours.look(one.text), one.right) < 1]
    for one in missed[:most]:
        found = [names[id] for id in ours.look(one.text)[:FIRST]]
        right = [names[id] for id in one.right][:2]
        print(f"{one.kind}: {one.text!r} is {right}, found {found}")


if __name__ == "__main__":
    sys.exit(main())
