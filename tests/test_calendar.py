"""A calendar file says to a reader of its own what was meant, whatever that was."""

import json
import random
import subprocess
from pathlib import Path

import icalendar

CALENDAR = Path(__file__).parents[1] / "static" / "room" / "calendar.js"
_WRITE = """
const {calendarFile} = await import(process.argv[1])
const said = JSON.parse(await new Response(process.stdin).text())
const [made, start, end] = [1e12, 2e12, 2e12 + 5_400_000].map(each => new Date(each))
const about = {uid: 'x@y', made, start, end, language: 'ar', link: 'https://a.example/m/x'}
const files = said.map(text => calendarFile({...about, title: text, description: text}))
console.log(JSON.stringify(files))
"""
PIECES = (
    *"aZ09 ,;:\\\"'=\t",
    *("\n", "\\n", "\\,", "BEGIN:VEVENT", "\nEND:VCALENDAR", "é", "€", "السقف"),
    *("\N{ROCKET}", "\u200d", "\u2068", "e\u0301", "-" * 60, " " * 60),
)


def test_what_is_written_is_read() -> None:
    chance = random.Random(5545)  # noqa: S311 - not secret: which texts are tried
    said = [
        "".join(chance.choices(PIECES, k=chance.randint(0, 60))) for _ in range(300)
    ]
    command = ["node", "--input-type=module", "-e", _WRITE, CALENDAR.as_uri()]
    ran = subprocess.run(
        command, input=json.dumps(said), check=True, capture_output=True, text=True
    )
    for text, written in zip(said, json.loads(ran.stdout), strict=True):
        calendar = icalendar.Calendar.from_ical(written)
        (event,) = calendar.events
        assert not calendar.errors
        assert not event.errors
        assert [str(event[name]) for name in ("SUMMARY", "DESCRIPTION")] == [text] * 2
        assert (event.end - event.start).total_seconds() == 5400
