"""
Whether `make screenshots` sees everything there is, and whether the documentation
shows what is there. No browser is started.
"""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.screenshots import scenes
from tests.screenshots.gallery import DOCS, SCENES, SHOWN, SPOKEN

ROOT = DOCS.parent
PICTURES = DOCS / "screenshots"
MOST = 25
"""Pictures that are tracked."""
BYTES = 80_000
"""Of each."""
PAGES = sorted(file.name for file in (ROOT / "static").glob("*.html"))
SECTIONS = re.findall(
    r"^  \['(\w+)', '\w+'\],$",
    (ROOT / "static/console/sections.js").read_text("utf-8"),
    re.MULTILINE,
)
REFERRED = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
PAPERS = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


def states(page: str) -> set[str]:
    return {
        state for each in SCENES.values() if page in each.pages for state in each.states
    }


def pictures() -> list[tuple[Path, str, Path]]:
    """Each picture that a paper shows: the paper, its words, the file."""
    return [
        (paper, words, (paper.parent / target).resolve())
        for paper in PAPERS
        for words, target in REFERRED.findall(paper.read_text("utf-8"))
        if "://" not in target
    ]


def test_each_scene_is_in_the_gallery() -> None:
    files = {file.stem for file in Path(scenes.__file__).parent.glob("*.py")}

    assert files - {"__init__"} == {*scenes.__all__}
    assert all(each.states and each.pages for each in SCENES.values())


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_seen_in_each_direction(page: str) -> None:
    seen = {
        tag for each in SCENES.values() if page in each.pages for tag in each.languages
    }

    assert states(page)
    assert {*SPOKEN} <= seen


def test_each_section_of_the_console_is_seen() -> None:
    assert len(SECTIONS) >= 8
    assert {f"console-{name}" for name in SECTIONS} <= states("admin.html")


def test_no_two_scenes_take_the_same_picture() -> None:
    taken = [
        (state, tag)
        for each in SCENES.values()
        for state in each.states
        for tag in each.languages
    ]

    assert len(taken) == len({*taken})


def test_what_is_shown_is_taken_and_there() -> None:
    taken = {
        (state, tag)
        for each in SCENES.values()
        for state in each.states
        for tag in each.languages
    }

    assert {(each.state, each.language) for each in SHOWN} <= taken
    assert {each.file for each in SHOWN} == {file.name for file in PICTURES.iterdir()}


def test_the_pictures_are_few_and_small() -> None:
    found = sorted(PICTURES.iterdir())

    assert 10 <= len(found) <= MOST
    assert {
        file.name: file.stat().st_size for file in found if file.stat().st_size > BYTES
    } == {}
    for file in found:
        with Image.open(file) as picture:
            picture.verify()


def test_each_picture_is_there_and_said_in_words() -> None:
    shown = pictures()

    assert [
        f"{paper.name}: {file}" for paper, _, file in shown if not file.exists()
    ] == []
    for paper, words, file in shown:
        assert len(words.split()) >= 5, (
            f"{paper.name} does not say what {file.name} shows"
        )


def test_each_picture_is_shown_somewhere() -> None:
    used = {file for _, _, file in pictures()}
    drawn = {
        f for f in DOCS.rglob("*") if f.suffix in (".png", ".webp", ".svg", ".jpg")
    }

    assert drawn - used == set()
