import pytest

from services.model.web_links import link_name, web_link


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("engines.example", "https://engines.example"),
        ("http://engines.example/a?b=c#d", "http://engines.example/a?b=c#d"),
        ("HTTPS://Engines.example", "HTTPS://Engines.example"),
        ("engines.example:8080/x", "https://engines.example:8080/x"),
        ("münchen.example", "https://münchen.example"),
    ],
)
def test_an_address_is_completed(written: str, whole: str) -> None:
    assert web_link(written) == whole


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)"),
        *("data:text/html,x", "file:///etc/passwd", "vbscript:x", "mailto:a@b.example"),
        *("//evil.example", "https://", "https://localhost", "intranet", "https://[", "https://."),
        *("https://bank.example@evil.example", "https://a.example:99999", "https://a.example:0"),
        *("https://a.example/\u202egnp.exe", "https://a b.example", "https://a.example/<script>"),
        "https://a.example/" + "x" * 2_000,
    ],
)
def test_anything_else_is_no_address(written: str) -> None:
    assert web_link(written) is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.linkedin.com/in/ada", "LinkedIn"),
        ("https://de.linkedin.com/in/ada", "LinkedIn"),
        ("https://x.com/ada", "X"),
        ("https://notx.com/ada", "notx.com"),
        ("https://www.engines.example/ada", "engines.example"),
        ("nothing", ""),
    ],
)
def test_a_link_is_called_by_its_network_or_host(url: str, name: str) -> None:
    assert link_name(url) == name
