"""Errors: each has a code of its own, a sentence in each language, and its place."""

import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import gatekeeper
from gatekeeper import errors
from gatekeeper.config.locales import locales
from gatekeeper.errors import GatekeeperError, PeerError, every

HOUSE = Path(gatekeeper.__file__).parent
FAULTS = [
    import_module(".".join(("gatekeeper", *file.relative_to(HOUSE).parts))[:-3])
    for file in sorted(HOUSE.rglob("faults.py"))
]
"""Where an area has errors that only it meets."""
WORDS = Path(__file__).parent.parent / "static" / "i18n"
CONSOLE = WORDS.parent / "console" / "texts"
PEER = list(every(PeerError))


def all_kinds(kind: type[GatekeeperError]) -> list[type[GatekeeperError]]:
    """It, and all that are kinds of it."""
    below = [each for k in kind.__subclasses__() for each in all_kinds(k)]
    return list(dict.fromkeys([kind, *below]))


def test_no_two_errors_share_a_code() -> None:
    codes = [kind.code for kind in PEER]

    assert len(PEER) > 30
    assert sorted(codes) == sorted(set(codes))


def test_an_error_without_a_code_is_only_a_name_for_its_kinds() -> None:
    bare = [kind.__name__ for kind in all_kinds(PeerError) if not hasattr(kind, "code")]

    assert bare == ["PeerError", "ModelFault"]


def test_a_code_that_is_anothers_is_refused_where_it_is_written() -> None:
    with pytest.raises(TypeError, match="NotHost"):
        type("Other", (PeerError,), {"code": "not-host"})


@pytest.mark.parametrize("language", locales())
def test_each_code_has_its_sentence_in_each_language(language: str) -> None:
    text = (WORDS / f"{language}.js").read_text("utf-8")
    written = set(re.findall(r"^  'fault\.([a-z-]+)':", text, re.MULTILINE))

    assert {kind.code for kind in PEER if of_pages(kind)} - written == set()


@pytest.mark.parametrize("file", sorted(CONSOLE.glob("*.js")), ids=lambda f: f.stem)
def test_each_code_of_the_console_has_its_sentence_there(file: Path) -> None:
    text = file.read_text("utf-8")
    written = set(re.findall(r"^  'fault\.([a-z-]+)':", text, re.MULTILINE))

    assert {kind.code for kind in PEER if of_the_console(kind)} - written == set()


def of_pages(kind: type[PeerError]) -> bool:
    """Whether people meet it in a room, or on the way there; programs read codes."""
    services = kind.__module__.startswith("gatekeeper.web.v1.")
    return not services and not of_the_console(kind)


def of_the_console(kind: type[PeerError]) -> bool:
    return kind.__module__.startswith("gatekeeper.web.admin.")


def test_each_error_says_in_english_what_helps() -> None:
    assert [kind.code for kind in PEER if not kind.detail.endswith(".")] == []


@pytest.mark.parametrize(
    "module", [errors, *FAULTS], ids=lambda module: module.__name__
)
def test_the_tree_at_the_top_of_the_file_is_the_tree(module: ModuleType) -> None:
    drawn = set(re.findall(r"`([A-Z][A-Za-z]+)`", module.__doc__ or ""))

    assert drawn == {
        kind.__name__
        for kind in all_kinds(GatekeeperError)
        if kind.__module__ == module.__name__
    }
