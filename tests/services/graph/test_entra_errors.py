"""What Entra's refusals mean."""

from __future__ import annotations

from typing import Any

import pytest

from services.graph.entra_errors import raise_refusal
from services.model.errors import ConsentNeeded, Rejected, SignInNeeded, Unreachable


def test_a_success_passes() -> None:
    raise_refusal({"access_token": "…"})


@pytest.mark.parametrize("number", [700082, 70008, 700084, 50173, 50076])
def test_a_lost_grant_means_signing_in_again(number: int) -> None:
    with pytest.raises(SignInNeeded):
        raise_refusal({"error": "invalid_grant", "error_codes": [number]})


@pytest.mark.parametrize(
    "result",
    [
        {"error": "invalid_grant", "error_codes": [65001]},
        {"error": "invalid_grant", "suberror": "consent_required"},
        {"error": "access_denied", "error_description": "AADSTS65004: User declined to consent"},
        {"error": "consent_required"},
        {"error": "invalid_request", "error_description": "AADSTS90094: An administrator …"},
    ],
)
def test_a_missing_approval_is_its_own_case(result: dict[str, Any]) -> None:
    with pytest.raises(ConsentNeeded):
        raise_refusal(result)


@pytest.mark.parametrize("error", ["interaction_required", "login_required", "access_denied"])
def test_a_question_that_only_the_person_can_answer(error: str) -> None:
    with pytest.raises(SignInNeeded):
        raise_refusal({"error": error})


def test_a_busy_entra_is_asked_later() -> None:
    with pytest.raises(Unreachable):
        raise_refusal({"error": "temporarily_unavailable"})


def test_a_refused_app_is_nobodys_sign_in() -> None:
    with pytest.raises(Rejected) as caught:
        raise_refusal({"error": "invalid_client", "error_codes": [7000215]})
    assert caught.value.code == "invalid_client"
