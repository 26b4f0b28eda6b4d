"""`gatekeeper films`: which films there are, and how far those are that are made."""

import argparse
import time

from gatekeeper.app.cli.command import Commands, add_config
from gatekeeper.config import load
from gatekeeper.media.film.standing import FilmOnDisk, films_on_disk

_AT_REST = ("ready", "stopped", "failed")


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("films", help="list films, and how far they are")
    add_config(parser)
    parser.add_argument(
        "--watch", action="store_true", help="go on until none is being made"
    )
    parser.set_defaults(run=_films)


def _films(options: argparse.Namespace) -> int:
    data = load(options.config).data.directory
    while True:
        films = films_on_disk(data)
        for film in films:
            print(_film_line(film))  # noqa: T201
        if not options.watch or all(f.state.state in _AT_REST for f in films):
            print(f"{len(films)} films.")  # noqa: T201
            return 0
        time.sleep(1)


def _film_line(on_disk: FilmOnDisk) -> str:
    """The films of a meeting: where they are, how far, and what there is of them."""
    state, done, films = on_disk.state
    parts = [on_disk.room, on_disk.feature, state]
    if state != "ready":
        filled = round(done * 20)
        parts.append(f"[{'#' * filled}{'.' * (20 - filled)}] {done:.0%}")
    for film in films.films if films else ():
        minutes, seconds = divmod(round(film.seconds), 60)
        parts.append(f"{film.name} {minutes}:{seconds:02} {film.bytes / 1e6:.1f} MB")
    return "  ".join(parts)
