"""A notice's bytes are canonical JSON, and importing the core loads nothing else."""

import subprocess
import sys
from dataclasses import asdict

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.consent.notice import TEXTS as WORDING
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import FeatureId, LanguageTag

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def notice(texts: list[str]) -> Notice:
    return Notice(FeatureId(texts[0]), LanguageTag(texts[1]), *texts[2:])


@given(st.lists(TEXTS, min_size=11, max_size=11))
def test_the_bytes_of_a_notice_are_rfc_8785(texts: list[str]) -> None:
    assert notice(texts).canonical() == rfc8785.dumps(asdict(notice(texts)))


def test_the_wording_of_a_notice_is_all_but_what_it_is_of_and_in_which_language() -> (
    None
):
    said = "name object meaning captured purpose processor recipients"

    assert (*said.split(), "retention", "withdrawal") == WORDING


def test_half_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(UnicodeEncodeError):
        notice(["\ud83d"] * 11).canonical()


def test_the_core_needs_the_standard_library_alone() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _LOADED], check=True, capture_output=True, text=True
    )

    assert said.stdout.split() == ["gatekeeper"]


_LOADED = """
import sys
before = set(sys.modules)
import gatekeeper.consent.gate, gatekeeper.consent.wording, gatekeeper.consent.features
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(loaded - sys.stdlib_module_names))
"""
