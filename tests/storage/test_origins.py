"""Whose pages may show a service's rooms: origins, and nothing that looks like one."""

import pytest

from gatekeeper.storage.origins import LONGEST, origin_of


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("https://app.example.org", "https://app.example.org"),
        ("HTTPS://App.Example.ORG:443", "https://app.example.org"),
        ("https://app.example.org:8443", "https://app.example.org:8443"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
    ],
)
def test_an_origin_is_spelled_as_browsers_do(written: str, spelled: str) -> None:
    assert origin_of(written) == spelled


@pytest.mark.parametrize(
    "written",
    [
        "",
        "*",
        "null",
        "app.example.org",
        "https://",
        "https://*",
        "https://*.example.org",
        "https://app.example.org/",
        "https://app.example.org/page",
        "https://app.example.org?x",
        "https://app.example.org#x",
        "https://me@app.example.org",
        "https://app.example.org:99999",
        "https://app.example.org 'unsafe-inline'",
        "https://app.example.org;script-src",
        "https://app.example.org\r\nX: y",
        "https://[::1]",
        "https://bücher.example",
        "https://-app.example.org",
        "http://app.example.org",
        "http://localhost.example.org",
        "ws://localhost",
        "javascript://localhost",
        "https://" + "a" * LONGEST,
    ],
)
def test_what_is_no_origin_is_none(written: str) -> None:
    with pytest.raises(ValueError, match=r"must|is no"):
        origin_of(written)
