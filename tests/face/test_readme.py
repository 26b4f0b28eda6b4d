"""The README's code works as it stands there."""

import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

README = Path(__file__).parents[2] / "README.md"
(CODE,) = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)


async def test_what_it_embeds_answers_beside_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[web.Application] = []
    monkeypatch.setattr(web, "run_app", made.append)
    monkeypatch.chdir(tmp_path)
    exec(CODE, {"__name__": "readme"})  # noqa: S102 - that is what is tested
    (app,) = made
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        async with aiohttp.ClientSession() as http:
            host: dict[str, Any] = {"headers": {"Host": "meet.example.org"}}
            async with http.get(f"{url}/api/features", **host) as answer:
                assert len((await answer.json())["features"]) == 4
            async with http.get(url) as answer:
                assert await answer.text() == "yours"
    finally:
        await runner.cleanup()

    assert (tmp_path / "data" / "ledger.sqlite3").is_file()
