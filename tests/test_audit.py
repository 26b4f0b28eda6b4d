"""The audit of what is pinned: red for what is known, never for a missing network."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests import audit

TODAY = date(2026, 11, 29)
NOWHERE = "http://127.0.0.1:1/"


@contextmanager
def osv(answer: Any) -> Iterator[str]:
    """A service that answers so; a function is given what was asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = answer(asked["queries"]) if callable(answer) else answer
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def audited(service: str, today: date = TODAY) -> tuple[int, str]:
    said: list[str] = []
    code = audit.audit(audit.ROOT, service, today, said.append)
    return code, "\n".join(said)


def nothing(queries: list[Any]) -> Any:
    return {"results": [{} for _ in queries]}


def against_aiohttp(queries: list[Any]) -> Any:
    return {
        "results": [
            {"vulns": [{"id": "GHSA-x"}]} if q["package"]["name"] == "aiohttp" else {}
            for q in queries
        ]
    }


def test_all_that_is_pinned_is_asked_about() -> None:
    packages = audit.pinned(audit.ROOT)

    names = {(of, name) for of, name, _ in packages}
    assert {("PyPI", "aiohttp"), ("PyPI", "moonshine-voice"), ("PyPI", "mypy")} < names
    assert {("npm", "typescript"), ("npm", "oidc-provider")} < names
    pins = sum((audit.ROOT / lock).read_text().count("==") for lock in audit.LOCKS)
    assert len([of for of, _, _ in packages if of == "PyPI"]) > pins / 4
    with osv(nothing) as service:
        assert audited(service) == (
            0,
            f"audit: nothing is known against {len(packages)} packages.",
        )


def test_what_is_known_is_red_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with osv(against_aiohttp) as service:
        code, said = audited(service)
        assert code == 1
        assert "PyPI aiohttp" in said
        assert "https://osv.dev/GHSA-x" in said

        monkeypatch.setattr(audit, "ACCEPTED", {"GHSA-x": "not in our use of it"})
        assert audited(service)[0] == 0


@pytest.mark.parametrize(
    "answer", [b"", b"<html>", {}, [], {"results": []}, {"results": [None]}]
)
def test_an_answer_that_is_none_is_no_all_clear(answer: Any) -> None:
    with osv(answer) as service:
        code, said = audited(service)
    assert code == 0
    assert "cannot be asked" in said


def test_without_a_network_it_says_so_and_how_old_the_locks_are() -> None:
    code, said = audited(NOWHERE, max(audit.resolved(audit.ROOT).values()))

    assert code == 0
    assert "cannot be asked" in said
    assert "WARNING" not in said


def test_locks_that_nobody_looked_at_for_long_are_warned_of_and_not_red() -> None:
    later = max(audit.resolved(audit.ROOT).values()) + timedelta(days=audit.OLD + 1)

    code, said = audited(NOWHERE, later)

    assert code == 0
    assert said.count("WARNING") == len(audit.LOCKS)
    assert "CONTRIBUTING.md" in said


def test_a_lock_without_its_date_is_refused(tmp_path: Path) -> None:
    for lock in audit.LOCKS:
        (tmp_path / lock).parent.mkdir(exist_ok=True)
        (tmp_path / lock).write_text("aiohttp==3.14.5\n")

    with pytest.raises(ValueError, match="Resolved on"):
        audit.resolved(tmp_path)
