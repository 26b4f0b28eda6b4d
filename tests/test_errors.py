"""Errors: each has a code of its own, a sentence in each language, and its place."""

import re
from pathlib import Path

import pytest

from gatekeeper import errors
from gatekeeper.errors import GatekeeperError, PeerError, every

WORDS = Path(__file__).parent.parent / "static" / "words"
PEER = list(every(PeerError))


def all_kinds(kind: type[GatekeeperError]) -> set[str]:
    """Those of the file; elsewhere there may be narrower ones, with the same code."""
    below = [k for k in kind.__subclasses__() if k.__module__ == errors.__name__]
    return {kind.__name__}.union(*(all_kinds(narrower) for narrower in below))


def test_no_two_errors_share_a_code() -> None:
    codes = [kind.code for kind in PEER]

    assert len(PEER) > 30
    assert sorted(codes) == sorted(set(codes))


def test_an_error_without_a_code_is_only_a_name_for_its_kinds() -> None:
    bare = all_kinds(PeerError) - {kind.__name__ for kind in PEER}

    assert bare == {"PeerError", "ModelFault"}


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_code_has_its_sentence_in_each_language(language: str) -> None:
    text = (WORDS / f"{language}.js").read_text("utf-8")
    written = set(re.findall(r"^  'fault\.([a-z-]+)':", text, re.MULTILINE))

    assert {kind.code for kind in PEER} - written == set()


def test_each_error_says_in_english_what_helps() -> None:
    assert [kind.code for kind in PEER if not kind.detail.endswith(".")] == []


def test_the_tree_at_the_top_of_the_file_is_the_tree() -> None:
    drawn = set(re.findall(r"`([A-Za-z]+)`", errors.__doc__ or "")) - {"code"}

    assert drawn == all_kinds(GatekeeperError)
