"""The part of Cosmos DB's query language that the store uses, and not a word more.

``parse(text)`` gives a query that can be asked over items; whatever it does not know raises
:class:`Unknown`, which the fake service answers with 400. It never guesses: a comparison with
something that is absent, or of another type, is *undefined*, as in the service, and so is what is
made of it (``NOT`` of undefined is undefined, not true).

    query     = SELECT (* | path {, path}) FROM c [WHERE any] [ORDER BY path [ASC | DESC]]
    any       = all {OR all}
    all       = one {AND one}
    one       = NOT one | ( any ) | IS_DEFINED(path) | ARRAY_CONTAINS(path, value)
              | path IN (value {, value}) | path (= | != | < | <= | > | >=) value
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]
Values = Mapping[str, Any]
Test = Callable[[Item, Values], bool | None]
"""``None`` = undefined."""
Value = Callable[[Item, Values], Any]

_TOKEN = re.compile(r"\s*(@\w+|c\.\w+|\w+|<=|>=|!=|[=<>(),*])")
# fmt: off
_KEYWORDS = {
    "ARRAY", "AS", "ASC", "BETWEEN", "BY", "CASE", "CAST", "CONVERT", "CROSS", "DESC", "DISTINCT",
    "ELSE", "END", "ESCAPE", "EXISTS", "FALSE", "FOR", "FROM", "GROUP", "HAVING", "IN", "INNER",
    "INSERT", "INTO", "IS", "JOIN", "LEFT", "LIKE", "LIMIT", "NOT", "NULL", "OFFSET", "ON", "OR",
    "ORDER", "OUTER", "OVER", "RIGHT", "SELECT", "SET", "THEN", "TOP", "TRUE", "UDF", "UNDEFINED",
    "UPDATE", "VALUE", "WHEN", "WHERE", "WITH",
}
# fmt: on
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ABSENT = object()


class Unknown(Exception):
    """Not in the part that is imitated, or not in the language at all."""


@dataclass(frozen=True, slots=True)
class Query:
    fields: tuple[str, ...]
    """Empty = all."""
    where: Test
    order_by: str | None
    descending: bool
    parameters: frozenset[str]

    def ask(self, items: Iterable[Item], values: Values) -> list[dict[str, Any]]:
        if self.parameters != set(values):
            raise Unknown("parameters in the text and beside it differ")
        found = [item for item in items if self.where(item, values) is True]
        if self.order_by is not None:
            if any(self.order_by not in item for item in found):
                raise Unknown("ordered by what is not always there")
            found.sort(key=operator.itemgetter(self.order_by), reverse=self.descending)
        return [self._shape(item) for item in found]

    def _shape(self, item: Item) -> dict[str, Any]:
        if not self.fields:
            return dict(item)
        return {name: item[name] for name in self.fields if name in item}


def parse(text: str) -> Query:
    return _Parser(_tokens(text)).query()


def _tokens(text: str) -> list[str]:
    tokens, end = [], 0
    while end < len(text.rstrip()):
        match = _TOKEN.match(text, end)
        if match is None:
            raise Unknown(f"at {text[end : end + 20]!r}")
        tokens.append(match[1])
        end = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = [*tokens, ""]
        self._at = 0
        self._parameters: set[str] = set()

    def query(self) -> Query:
        self._take("SELECT")
        fields = () if self._comes("*") else tuple(self._listed(self._path))
        self._take("FROM")
        self._take("c")
        where = self._any() if self._comes("WHERE") else _all([])
        order_by, descending = None, False
        if self._comes("ORDER"):
            self._take("BY")
            order_by = self._path()
            descending = self._comes("DESC") or (self._comes("ASC") and False)
        self._take("")
        return Query(fields, where, order_by, descending, frozenset(self._parameters))

    def _any(self) -> Test:
        tests = [self._all()]
        while self._comes("OR"):
            tests.append(self._all())
        return tests[0] if len(tests) == 1 else _any(tests)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._comes("AND"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else _all(tests)

    def _one(self) -> Test:
        if self._comes("NOT"):
            return _not(self._one())
        if self._comes("("):
            inner = self._any()
            self._take(")")
            return inner
        if self._comes("IS_DEFINED"):
            (name,) = self._arguments(self._path)
            return lambda item, values: name in item
        if self._comes("ARRAY_CONTAINS"):
            return self._array_contains()
        return self._comparison()

    def _array_contains(self) -> Test:
        self._take("(")
        name = self._path()
        self._take(",")
        value = self._value()
        self._take(")")

        def test(item: Item, values: Values) -> bool | None:
            held = item.get(name)
            return value(item, values) in held if isinstance(held, list) else None

        return test

    def _comparison(self) -> Test:
        name = self._path()
        if self._comes("IN"):
            tests = [_compared("=", name, value) for value in self._arguments(self._value)]
            return _any(tests)
        sign = self._next()
        if sign not in _COMPARE:
            raise Unknown(f"{sign!r} after a property")
        return _compared(sign, name, self._value())

    def _value(self) -> Value:
        token = self._next()
        if not token.startswith("@"):
            raise Unknown("a value that is not bound")
        name = token
        self._parameters.add(name)
        return lambda item, values: values[name]

    def _path(self) -> str:
        token = self._next()
        name = token.removeprefix("c.")
        if name == token or name.upper() in _KEYWORDS:
            raise Unknown(f"{token!r} is no property")
        return name

    def _arguments(self, read: Callable[[], Any]) -> list[Any]:
        self._take("(")
        read_all = self._listed(read)
        self._take(")")
        return read_all

    def _listed(self, read: Callable[[], Any]) -> list[Any]:
        listed = [read()]
        while self._comes(","):
            listed.append(read())
        return listed

    def _comes(self, word: str) -> bool:
        if self._tokens[self._at] != word:
            return False
        self._at += 1
        return True

    def _take(self, word: str) -> None:
        if not self._comes(word):
            raise Unknown(f"{self._tokens[self._at]!r} instead of {word!r}")

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]


def _compared(sign: str, name: str, value: Value) -> Test:
    def test(item: Item, values: Values) -> bool | None:
        left, right = item.get(name, _ABSENT), value(item, values)
        if type(left) is not type(right):
            return None
        return _COMPARE[sign](left, right)

    return test


def _not(test: Test) -> Test:
    def negated(item: Item, values: Values) -> bool | None:
        answer = test(item, values)
        return None if answer is None else not answer

    return negated


def _any(tests: list[Test]) -> Test:
    def test(item: Item, values: Values) -> bool | None:
        answers = [each(item, values) for each in tests]
        return True if True in answers else None if None in answers else False

    return test


def _all(tests: list[Test]) -> Test:
    def test(item: Item, values: Values) -> bool | None:
        answers = [each(item, values) for each in tests]
        return False if False in answers else None if None in answers else True

    return test
