"""An admin's own words are held to fair-consent W2 to W4, as the built-in ones are."""

import json
import tomllib
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest

from gatekeeper.app.cli import main
from gatekeeper.config import fairness, parse
from gatekeeper.config.fairness import WHY, read, unfair, word_lists
from gatekeeper.config.features import Feature, NoticeText
from gatekeeper.config.locales import locales
from gatekeeper.config.words import LONGEST, wrongs
from gatekeeper.consent.fairness import KINDS, Unfairness
from gatekeeper.consent.fairness import pattern as compiled
from gatekeeper.consent.notice import TEXTS
from gatekeeper.consent.types import LanguageTag
from gatekeeper.errors import ConfigInvalid, LocaleInvalid
from tests.meeting.conftest import MINUTES

SHIPPED = files("gatekeeper.consent") / "unfair"
LISTS = dict(read(SHIPPED))
LINES = [
    (tag, kind, pattern, example)
    for tag, lists in LISTS.items()
    for kind, lines in lists.items()
    for pattern, example in lines.items()
]
EN = LanguageTag("en")


def notice(tag: LanguageTag, **own: str) -> NoticeText:
    """A fair one of that language, but for what is given."""
    built_in = locales()[tag].notices["recording"]  # type: ignore[index]
    said = {name: getattr(built_in, name) for name in TEXTS}
    return NoticeText.model_validate(said | {"recipients": "\u2026"} | own)


def faults(tag: LanguageTag, **own: str) -> list[str]:
    feature = Feature.model_validate(
        {"sink": "external", "kinds": ["audio"], "notices": {tag: notice(tag, **own)}}
    )
    return wrongs("own", feature, [tag])  # type: ignore[arg-type]


def test_each_language_has_a_list_of_every_kind() -> None:
    assert LISTS.keys() == locales().keys()
    for tag, lists in LISTS.items():
        assert {*lists} == {*KINDS}, tag
        assert all(lists.values()), tag


def test_a_fair_notice_is_let_pass_in_each_language() -> None:
    for tag in LISTS:
        assert faults(tag) == []


@pytest.mark.parametrize(
    ("tag", "kind", "pattern", "example"), LINES, ids=[str(each[:3]) for each in LINES]
)
def test_W2_to_W4_each_line_is_found_in_each_text_however_it_is_written(
    tag: LanguageTag, kind: Unfairness, pattern: str, example: str
) -> None:
    """In capitals only where capitals mean nothing: some lines are names of laws."""
    assert compiled(pattern).search(example), "its own example"
    written = {
        example,
        unicodedata.normalize("NFD", example),
        example.replace(" ", "\u00a0 \n"),
        f"{{kept}}. {example} {{operator}}",
    }
    if "(?-i:" not in pattern:
        written |= {example.upper(), example.lower()}
    for text in written:
        found = [each.kind for each in word_lists()[tag].find(text)]
        assert kind in found, text
    for field in TEXTS:
        told = [line for line in faults(tag, **{field: example}) if WHY[kind] in line]
        assert told, field
        assert told[0].startswith(f'features.own.notices.{tag}.{field}: "')


@pytest.mark.parametrize("tag", LISTS)
def test_W3_a_face_presses_in_every_language(tag: LanguageTag) -> None:
    for face in "\N{SMILING FACE WITH SMILING EYES}\N{HEAVY BLACK HEART}":
        (told,) = faults(tag, meaning=f"A {face}")
        assert WHY["pressing"] in told


def test_what_the_server_fills_in_and_whom_a_provider_is_called_is_no_wording() -> None:
    assert [*unfair(EN, "By {please}")] == []
    assert [*unfair(EN, "Best Notes GmbH in Hamburg", "Best Notes GmbH")] == []
    assert len([*unfair(EN, "Best Notes GmbH, the best", "Best Notes GmbH")]) == 1


def own(**changes: str) -> str:
    said = MINUTES | {"recipients": "Those present"} | changes
    lines = "\n".join(f"{key} = {json.dumps(text)}" for key, text in said.items())
    return (
        '[meeting]\nlanguages = ["en"]\n[features.own]\nsink = "external"\n'
        f'kinds = ["audio"]\n[features.own.notices.en]\n{lines}\n'
    )


def test_a_file_with_unfair_words_is_refused_with_line_key_and_fix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = own(purpose="Please say yes", meaning="All may be recorded")
    with pytest.raises(ConfigInvalid) as refused:
        parse(tomllib.loads(text))
    assert "features.own.notices.en.purpose" in str(refused.value)
    file = tmp_path / "gatekeeper.toml"
    file.write_text(text, "utf-8")

    assert main(["check", str(file), "--json"]) == 2

    told = {p["key"]: p for p in json.loads(capsys.readouterr().out)["problems"]}
    lines = text.splitlines()
    for field, words in (("purpose", "Please"), ("meaning", "may be recorded")):
        found = told[f"features.own.notices.en.{field}"]
        assert f'"{words}"' in found["problem"]
        assert lines[found["line"] - 1].startswith(f"{field} =")


def test_who_processes_a_built_in_feature_is_said_fairly_too() -> None:
    summary = {"sink": "external", "processor": {"en": "The best machine"}}
    given = {"meeting": {"languages": ["en"]}, "features": {"summary": summary}}
    with pytest.raises(ConfigInvalid, match=r'features.summary.processor.en.*"best"'):
        parse(given)


def test_a_language_without_a_list_is_let_pass_and_that_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(fairness, "word_lists", dict)
    file = tmp_path / "gatekeeper.toml"
    file.write_text(own(purpose="Please say yes"), "utf-8")

    assert main(["check", str(file)]) == 0
    assert (
        "Nobody has looked whether the words of own are fair in en"
        in capsys.readouterr().out
    )
    assert main(["check", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unjudged"] == {"own": ["en"]}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("vague = 1 2", "cannot be read"),
        ("[vague]", "must have the tables"),
        ("\n".join(f"[{k}]\n'(' = \"\"" for k in KINDS), "unterminated"),
    ],
)
def test_a_list_that_cannot_be_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, why: str
) -> None:
    (tmp_path / "unfair").mkdir()
    (tmp_path / "unfair" / "pt.toml").write_text(text, "utf-8")
    monkeypatch.setattr(fairness, "files", lambda _: tmp_path)

    with pytest.raises(LocaleInvalid, match=why) as refused:
        word_lists.__wrapped__()
    assert "unfair/pt.toml" in str(refused.value)


def test_the_longest_text_is_judged_at_once() -> None:
    """Patterns with a gap in them are at most as slow as the text is long, squared."""
    for tag in LISTS:
        for piece in ("nobody ", "no ", "nicht ", "pas ", "\u0644\u0627 ", "a" * 40):
            assert sum(1 for _ in unfair(tag, piece * (LONGEST // len(piece)))) < 9
