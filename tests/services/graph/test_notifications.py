"""Notices, which anybody may post."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.graph.notifications import MOST, Notification, is_genuine, parse
from services.graph.subscriptions import secret_hash
from services.model.accounts import Subscription
from services.model.errors import Unreadable
from tests._fakes import NOON

NOTICE = {"subscriptionId": "s-1", "clientState": "secret", "tenantId": "T-1", "changeType": "x"}
SUBSCRIPTION = Subscription(id="s-1", secret_hash=secret_hash("secret"), expires_at=NOON)


def body(*entries: Any) -> bytes:
    return json.dumps({"value": entries}).encode()


def test_one_post_may_tell_of_several_subscriptions() -> None:
    found = parse(body(NOTICE, NOTICE, NOTICE | {"subscriptionId": "s-2"}))
    assert [each.subscription_id for each in found] == ["s-1", "s-2"]
    assert found[0] == Notification("s-1", "secret", "t-1")


def test_of_a_post_without_end_so_many_are_read() -> None:
    found = parse(body(*({"subscriptionId": f"s-{number}"} for number in range(MOST + 1))))
    assert [each.subscription_id for each in found] == [f"s-{number}" for number in range(MOST)]


def test_a_lifecycle_notice_says_what_it_is() -> None:
    (found,) = parse(body(NOTICE | {"lifecycleEvent": "missed"}))
    assert found.lifecycle == "missed"


def test_what_is_no_notice_is_passed_over() -> None:
    assert parse(body(7, None, {}, {"subscriptionId": 5}, NOTICE)) == [
        Notification("s-1", "secret", "t-1")
    ]


DEEP = b'{"value": [' + b"[" * 100_000


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"{}", b'{"value": {}}', b"\xff", b'{"value": ["\\ud800"]}', DEEP],
    ids=["nothing", "list", "object", "no list", "no text", "half a letter", "deep"],
)
def test_what_is_no_collection_is_refused(text: bytes) -> None:
    with pytest.raises(Unreadable, match="notification"):
        parse(text)


def test_only_the_subscriptions_own_secret_proves_a_notice() -> None:
    notice = Notification("s-1", "secret", "t-1")
    assert is_genuine(notice, SUBSCRIPTION)
    assert not is_genuine(replace(notice, client_state="guess"), SUBSCRIPTION)
    assert not is_genuine(replace(notice, client_state="ü"), SUBSCRIPTION)
    assert not is_genuine(replace(notice, subscription_id="s-2"), SUBSCRIPTION)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*NOTICE, "value"]), inner)
    ),
    max_leaves=8,
)


@given(JSON)
def test_no_post_is_too_strange(value: Any) -> None:
    try:
        parse(json.dumps(value).encode())
    except Unreadable as err:
        assert err.why == "notification"
