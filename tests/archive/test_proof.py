"""
From the page afterwards to a machine without the server: what one has said was in a
meeting, and that in the log.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import aiohttp

from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.signed import verify as verify_signed
from gatekeeper.config import Config
from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.meeting_proof import Places
from gatekeeper.evidence.tlog.checkpoint import Checkpoint
from gatekeeper.evidence.tlog.inclusion import InclusionProof
from gatekeeper.evidence.tlog.note import Verifier, decoded
from gatekeeper.evidence.tlog.tree import check_consistency
from tests.archive.past import Human, Meeting
from tests.archive.test_own import config, members, no_films, past
from tests.meeting.conftest import World, start

__all__ = ["config", "no_films", "past"]


async def page(world: World, past: Meeting, who: Human) -> aiohttp.ClientSession:
    """The browser of somebody who has opened the page."""
    http = aiohttp.ClientSession(
        f"{world.url}/api/rooms/{past.room}/after/",
        cookie_jar=aiohttp.CookieJar(unsafe=True),
    )
    said = {"capability": past.capability(who)}
    async with http.post("session", json=said) as answer:
        assert answer.status == 204
    return http


async def saved(http: aiohttp.ClientSession, to: Path) -> None:
    """All receipts, and the proof, from the page."""
    async with http.get("mine") as answer:
        held = members(await answer.read())
    receipts = [text for name, text in held.items() if name.endswith(".jws")]
    (to / "receipts.txt").write_bytes(b"\n".join(receipts) + b"\n")
    async with http.get("proof?download") as answer:
        assert answer.status == 200
        assert ".tlog-proof" in answer.headers["Content-Disposition"]
        (to / "proof").write_bytes(await answer.read())


async def log(world: World, what: str) -> str:
    async with world.http.get(f"{world.url}/log/{what}") as answer:
        assert answer.status == 200, await answer.text()
        return await answer.text()


def verify(where: Path, *more: str) -> tuple[int, str]:
    """What the command says in a folder without data or configuration."""
    done = subprocess.run(
        [sys.executable, "-m", "gatekeeper", "verify", "receipts.txt", *more],
        cwd=where,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


async def test_what_somebody_said_is_shown_to_be_in_the_log_without_the_server(
    past: Meeting, config: Config, tmp_path: Path
) -> None:
    async with start(config) as world:
        async with await page(world, past, past.people[0]) as http:
            await saved(http, tmp_path)
        (tmp_path / "keys").write_text(await log(world, "keys"))

    code, said = verify(tmp_path, "--proof", "proof", "--log-key", "keys")
    assert code == 0, said
    assert re.search(
        r"good: \w+ allowed .* in the log localhost/log/\w{8}, leaf 0", said
    )

    known = InclusionProof.read((tmp_path / "proof").read_text("utf-8"))
    keys = [Verifier.read(each) for each in (tmp_path / "keys").read_text().split()]
    for why, other in WRONG.items():
        beside = Beside(log_keys=keys, proofs=[other(known)])
        found = next(verify_signed(Held.of(tmp_path / "receipts.txt"), beside))
        assert found.told == f"is not shown to be in the log: {why}"


WRONG: dict[str, Callable[[InclusionProof], InclusionProof]] = {
    "the proof is of other entries": lambda proof: replace(
        proof, extra=Places(meeting=Places.read(proof.extra).meeting, entries={}).text()
    ),
    "the proof is of another meeting": lambda proof: replace(
        proof, extra=Places(meeting=RoomId("other"), entries={}).text()
    ),
    "it is no proof of a meeting as it should be spelled": lambda proof: replace(
        proof, extra=None
    ),
    "the proof is too long": lambda proof: replace(proof, path=(bytes(32),)),
    "there is no leaf 1 among 1": lambda proof: replace(proof, index=1),
}


async def test_nothing_of_another_is_in_a_proof(
    past: Meeting, config: Config, tmp_path: Path
) -> None:
    ana, ben, _ = past.people
    async with start(config) as world, await page(world, past, ana) as http:
        await saved(http, tmp_path)
    proof = InclusionProof.read((tmp_path / "proof").read_text("utf-8"))
    assert proof.extra is not None

    assert ben.mark.encode() not in proof.extra
    assert b"seq" not in proof.extra
    paths = re.findall(rb'"path":\[(.*?)\]', proof.extra)
    assert {path.count(b",") for path in paths} == {7}, "all as long"


async def test_before_there_is_a_seal_there_is_no_proof(config: Config) -> None:
    async with start(config) as world:
        room, secret = await world.room("recording")
        ann = await world.person(room, "Ann")
        welcome = await ann.join(host=secret)
        async with aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True)
        ) as http:
            after = f"{world.url}/api/rooms/{room}/after"
            said = {"capability": welcome["after"]}
            async with http.post(f"{after}/session", json=said) as answer:
                assert answer.status == 204
            async with http.get(f"{after}/proof") as answer:
                assert answer.status == 404
            async with http.get(after) as answer:
                assert (await answer.json())["proof"] is None


async def test_the_log_is_open_to_anybody_who_watches(
    past: Meeting, config: Config
) -> None:
    async with start(config) as world:
        keys = [Verifier.read(each) for each in (await log(world, "keys")).split()]
        before = Checkpoint.read(await log(world, "checkpoint"), keys)
        room, secret = await world.room("recording")
        ann = await world.person(room, "Ann")
        await ann.join(host=secret)
        await ann.say(type="end")
        after = before
        while after.size == before.size:
            after = Checkpoint.read(await log(world, "checkpoint"), keys)
        grown = f"{world.url}/log/consistency?from={before.size}&to={after.size}"
        async with world.http.get(grown) as answer:
            path = [decoded(each) for each in (await answer.json())["proof"]]
        check_consistency(before.size, after.size, path, before.root, after.root)
        assert after.size == 2, "a meeting in which nothing was on is a leaf too"
        async with world.http.get(f"{world.url}/log/inclusion?leaf=1&size=2") as answer:
            assert len((await answer.json())["proof"]) == 1


NOT_THERE = [
    "consistency",
    "consistency?from=0&to=1",
    "consistency?from=2&to=1",
    "consistency?from=1&to=99",
    "consistency?from=-1&to=1",
    "consistency?from=1&to=1e9",
    "consistency?from=1&to=99999999999999999999",
    "inclusion?leaf=1&size=1",
    "inclusion?leaf=0&size=9",
    "inclusion?leaf=%D9%A1&size=1",
]


async def test_what_the_log_has_not_is_said(past: Meeting, config: Config) -> None:
    async with start(config) as world:
        for query in NOT_THERE:
            async with world.http.get(f"{world.url}/log/{query}") as answer:
                assert answer.status == 400, query
                assert (await answer.json())["code"] == "malformed"
