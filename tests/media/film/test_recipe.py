from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from gatekeeper.media.film.recipe import Recipe

DIGEST = "0" * 64


def recipe(**changes: Any) -> dict[str, Any]:
    track = {
        "participant": "mara",
        "source": "camera",
        "path": "recordings/room/recording/one/mara-camera.webm",
        "sha256": DIGEST,
    }
    opening = {
        "opening": "one",
        "viewers": ["mara"],
        "began": "2026-11-21T10:30:00Z",
        "ended": "2026-11-21T10:40:00Z",
        "tracks": [track],
    }
    return {
        "room": "room",
        "feature": "recording",
        "language": "en",
        "format": "mp4",
        "names": {"mara": "Mara"},
        "openings": [opening],
        **changes,
    }


def test_the_same_recipe_has_the_same_digest_however_it_is_written() -> None:
    one = Recipe.model_validate(recipe())
    again = Recipe.model_validate_json(one.model_dump_json())

    assert one.digest == again.digest
    assert len(one.digest) == 64


@pytest.mark.parametrize(
    "change", [{"names": {}}, {"format": "webm"}, {"language": "de"}, {"openings": []}]
)
def test_whatever_is_seen_changes_the_digest(change: dict[str, Any]) -> None:
    one = Recipe.model_validate(recipe())

    assert Recipe.model_validate(recipe(**change)).digest != one.digest


def test_R19_present_a_part_has_its_own_tracks_and_people() -> None:
    said = recipe()
    (opening,) = said["openings"]
    later = "recordings/room/recording/one/mara-camera.2.webm"
    track = opening["tracks"][0] | {"path": later}
    part = opening | {"part": 2, "people": ["mara", "tom"], "tracks": [track]}
    whole = Recipe.model_validate(said | {"openings": [opening, part]})

    assert [(it.part, it.people) for it in whole.openings] == [
        (0, ()),
        (2, ("mara", "tom")),
    ]
    for wrong in (opening | {"part": 2}, part | {"part": 0}, part | {"part": 1}):
        with pytest.raises(ValidationError):
            Recipe.model_validate(said | {"openings": [wrong]})


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "recordings/room/recording/one/../one/mara-camera.webm",
        "recordings/room/recording/two/mara-camera.webm",
        "recordings/other/recording/one/mara-camera.webm",
        "recordings/room/recording/one/tom-camera.webm",
    ],
)
def test_a_recipe_names_nothing_but_its_own_tracks(path: str) -> None:
    bad = recipe()
    bad["openings"][0]["tracks"][0]["path"] = path

    with pytest.raises(ValidationError):
        Recipe.model_validate(bad)


@pytest.mark.parametrize(
    "change", [{"room": "../x"}, {"feature": ""}, {"format": "avi"}, {"extra": 1}]
)
def test_what_is_not_a_recipe_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Recipe.model_validate(recipe(**change))


def test_a_clock_that_was_set_back_makes_no_recipe_wrong() -> None:
    said = recipe()
    (opening,) = said["openings"]
    earlier = opening | {
        "opening": "two",
        "began": "2026-11-21T10:20:00Z",
        "ended": "2026-11-21T10:10:00Z",
        "tracks": [],
    }

    order = Recipe.model_validate(said | {"openings": [opening, earlier]}).openings

    assert [each.opening for each in order] == ["one", "two"]


def test_a_part_is_there_once() -> None:
    said = recipe()

    with pytest.raises(ValidationError):
        Recipe.model_validate(said | {"openings": [*said["openings"]] * 2})


def test_R19_present_there_is_one_cut_for_those_who_may_see_the_same() -> None:
    said = recipe()
    (first,) = said["openings"]
    openings = [
        first | {"part": part, "viewers": list(viewers), "tracks": []}
        for part, viewers in enumerate(("ab", "abcd", "acd", "abcd"))
    ]

    cuts = Recipe.model_validate(said | {"openings": openings}).cuts()

    assert [(cut.parts, cut.viewers) for cut in cuts] == [
        ((0, 1, 2, 3), ("a",)),
        ((0, 1, 3), ("b",)),
        ((1, 2, 3), ("c", "d")),
    ]


def test_the_data_directory_is_no_part_of_it(tmp_path: Path) -> None:
    assert str(tmp_path) not in Recipe.model_validate(recipe()).model_dump_json()
