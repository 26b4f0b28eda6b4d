"""The languages: each is whole, and what is wrong with a file is named with its key."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

import gatekeeper
from gatekeeper.assistant.summary.document import SectionKind
from gatekeeper.config.locales import locales, nearest, read_locales, spoken
from gatekeeper.consent.features import ASSISTANT, BUILT_IN
from gatekeeper.consent.locale import KeptTexts, Locale
from gatekeeper.consent.plural import Category, Rules, category
from gatekeeper.consent.types import LanguageTag
from gatekeeper.consent.wording import kept, operator
from gatekeeper.errors import LocaleInvalid

SHIPPED = Path(gatekeeper.__file__).parent / "consent" / "locales"
TEXT = re.compile(r'(\w+) = "(.*?)"')
FORM = re.compile(rf"\.({'|'.join(get_args(Category))})$")


def lines(tag: str = "en") -> list[str]:
    return (SHIPPED / f"{tag}.toml").read_text("utf-8").splitlines()


def read(folder: Path, **files: list[str]) -> dict[LanguageTag, Locale]:
    """What is made of these files."""
    for tag, text in files.items():
        (folder / f"{tag}.toml").write_text("\n".join(text), "utf-8")
    return dict(read_locales(folder))


def refused(folder: Path, **files: list[str]) -> str:
    with pytest.raises(LocaleInvalid) as mistake:
        read(folder, **files)
    return str(mistake.value)


def texts(tag: str) -> Iterator[tuple[int, str, str]]:
    """Number of the line, key and text, of all that is said in a file."""
    table = ""
    for number, line in enumerate(lines(tag)):
        if head := re.match(r"\[([\w.]+)\]", line):
            table = f"{head[1]}."
        elif (said := TEXT.match(line)) and table != "plural.":
            yield number, table + said[1], said[2]


# ---- What is shipped ----------------------------------------------------------------


@pytest.mark.parametrize("tag", locales())
def test_W5_a_language_is_whole(tag: LanguageTag) -> None:
    locale = locales()[tag]

    assert locale.language == tag
    assert locale.notices.keys() == BUILT_IN.keys()
    assert locale.by_rules.keys() <= set(ASSISTANT)
    for headings in (locale.summary.possible, locale.summary.found):
        assert headings.keys() == {*get_args(SectionKind)}
    for wordings in (locale.notices, locale.by_rules):
        for feature, wording in wordings.items():
            assert (wording.feature, wording.language) == (feature, tag)


def test_the_languages_are_the_files_and_english_comes_first() -> None:
    files = {file.stem for file in SHIPPED.glob("*.toml")}

    assert set(locales()) == files
    assert next(iter(locales())) == "en"
    assert {file.suffix for file in SHIPPED.iterdir()} == {".toml"}


def test_W5_the_pages_speak_the_same_languages() -> None:
    pages = Path(__file__).parent.parent / "static" / "i18n"

    assert [tag for tag in locales() if not (pages / f"{tag}.js").is_file()] == []


def test_a_tag_is_looked_up_by_what_it_begins_with(tmp_path: Path) -> None:
    assert [spoken(tag) for tag in ("de-CH-1996", "DE", "de")] == [
        locales()[LanguageTag("de")]
    ] * 3
    assert [spoken(tag) for tag in ("deu", "d", "", "-", "eo-CH")] == [None] * 5
    assert [spoken(tag) for tag in ("de" + "-x" * 17, "de" + "-" * 8000)] == [None] * 2
    assert nearest("eo-CH") is locales()[LanguageTag("en")]


# ---- What is wrong with a file ------------------------------------------------------


@pytest.mark.parametrize("tag", [tag for tag in locales() if tag != "en"])
def test_whatever_a_file_lacks_is_named(tmp_path: Path, tag: str) -> None:
    """Each text of each language, left out; and said without what is filled in."""
    english, whole = lines(), lines(tag)
    said = list(texts(tag))
    assert len(said) > 90
    filled_in = 0
    for number, key, text in said:
        without = [*whole[:number], *whole[number + 1 :]]
        told = refused(tmp_path, en=english, xx=without)
        assert f"xx.toml: {FORM.sub('', key)}" in told, key
        if re.search(r"\{\w+", text):
            filled_in += 1
            unfilled = re.sub(r"\{.*?\}", "x", whole[number])
            changed = [*whole[:number], unfilled, *whole[number + 1 :]]
            if FORM.search(key) and not key.endswith(".other"):
                # a form may do without the number
                read(tmp_path, en=english, xx=changed)
                continue
            told = refused(tmp_path, en=english, xx=changed)
            assert "the fields in braces must be those of en.toml" in told, key
    assert filled_in > 20


MISTAKES = {
    "a key too many": ("[film]", "[film]\nfaster = 'x'", "film.faster"),
    "a table too many": ("[film]", "[films]\nx = 'x'\n[film]", "films"),
    "a notice too many": (
        "[notices.summary]",
        "[notices.dance]\nname = 'x'\n[notices.summary]",
        "notices.dance",
    ),
    "a heading too many": (
        "[summary.found]",
        "[summary.found]\nsongs = 'x'",
        "summary.found.songs: there is no such key",
    ),
    "no text but a number": ('paused = "Paused"', "paused = 7", "film.paused"),
    "nothing said": ('paused = "Paused"', 'paused = " "', "film.paused: says nothing"),
    "a field of its own": ('"Paused"', '"Paused {count}"', "film.paused: the fields"),
    "an open brace": ('"due: {due}"', '"due: {due"', "summary.due: "),
    "a brace for nothing": ('"due: {due}"', '"due: {due} {"', "summary.due: "),
    "a member of a field": ('"due: {due}"', '"due: {due.x}"', "summary.due: "),
    "a plural form too few": (
        'one = "{count} day',
        'other_one = "{count} day',
        "kept.days",
    ),
    "no rule for a form": ('one = "i = 1 and v = 0"', "", "kept.hours: must have"),
    "a form that takes nothing": (
        'one = "i = 1 and v = 0"',
        'one = "i = 1"\ntwo = "i = 2"',
        "kept.days: must have the forms one, two, other",
    ),
    "a rule that is none": ('"i = 1 and v = 0"', '"n is 1"', "'n is 1' is no plural"),
    "a rule for the rest": (
        'one = "i = 1 and v = 0"',
        'one = "i = 1"\nother = "i = 2"',
        "plural: `other` is what no rule takes",
    ),
    "a category that is none": ('one = "i = 1', 'single = "i = 1', "plural.single"),
    "a format that is none": ('"due: {due}"', '"due: {due:d}"', "summary.due: "),
    "a time as it comes": ("{first:%Y", "{first} {first:%Y", "summary.when: "),
    "not TOML": ("[film]", "[film", "cannot be read"),
}


@pytest.mark.parametrize(
    ("old", "new", "named"), MISTAKES.values(), ids=MISTAKES.keys()
)
def test_a_mistake_is_named_with_file_and_key(
    tmp_path: Path, old: str, new: str, named: str
) -> None:
    text = "\n".join(lines())
    assert old in text
    told = refused(tmp_path, en=lines(), xx=text.replace(old, new, 1).splitlines())

    assert [
        line for line in told.splitlines() if not line.startswith("xx.toml: ")
    ] == []
    assert named in told


def test_the_english_file_is_held_to_what_the_program_says(tmp_path: Path) -> None:
    text = "\n".join(lines())
    bare = re.sub(r"\[notices.compose\].*?\n\n", "", text, flags=re.DOTALL)

    assert refused(tmp_path, en=bare.splitlines()).startswith("en.toml: notices.comp")
    more = text.replace("[film]", "[film]\nfaster = 'x'")
    assert refused(tmp_path, en=more.splitlines()).startswith("en.toml: film.faster")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert "there is no en.toml" in refused(elsewhere, de=lines("de"))


def test_the_english_file_has_its_own_forms(tmp_path: Path) -> None:
    text = "\n".join(lines())
    for form in ("one", "other"):
        less = re.sub(rf'^{form} = "{{count}} d.*$', "", text, flags=re.MULTILINE)
        assert less != text
        told = refused(tmp_path, en=less.splitlines())
        assert told.startswith("en.toml: kept.days: must have the forms one, other.")


def test_a_file_that_is_not_called_like_a_language_is_named(tmp_path: Path) -> None:
    for name in ("de copy", "x", ".#de"):
        (tmp_path / f"{name}.toml").write_text("\n".join(lines("de")), "utf-8")
        assert refused(tmp_path, en=lines()).startswith(f"{name}.toml is not called")
        (tmp_path / f"{name}.toml").unlink()


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_bytes(b"name = '\xff'")

    assert refused(tmp_path, en=lines()).startswith("xx.toml: cannot be read")


# ---- Plural forms -------------------------------------------------------------------

RULES: dict[str, Rules] = {
    "ar": {
        "zero": "n = 0",
        "one": "n = 1",
        "two": "n = 2",
        "few": "n % 100 = 3..10",
        "many": "n % 100 = 11..99",
    },
    "cy": {
        "zero": "n = 0",
        "one": "n = 1",
        "two": "n = 2",
        "few": "n = 3",
        "many": "n = 6",
    },
    "ja": {},
    "lt": {
        "one": "n % 10 = 1 and n % 100 != 11..19",
        "few": "n % 10 = 2..9 and n % 100 != 11..19",
        "many": "f != 0",
    },
    "lv": {
        "zero": "n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19",
        "one": "n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11"
        " or v != 2 and f % 10 = 1",
    },
    "mt": {
        "one": "n = 1",
        "two": "n = 2",
        "few": "n = 0 or n % 100 = 3..10",
        "many": "n % 100 = 11..19",
    },
    "pl": {
        "one": "i = 1 and v = 0",
        "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
        "many": "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9"
        " or v = 0 and i % 100 = 12..14",
    },
    "br": {
        "one": "n % 10 = 1 and n % 100 != 11,71,91",
        "two": "n % 10 = 2 and n % 100 != 12,72,92",
        "few": "n % 10 = 3..4,9 and n % 100 != 10..19,70..79,90..99",
        "many": "n != 0 and n % 1000000 = 0",
    },
}
"""As CLDR has them."""
COUNTS = 250


def test_every_number_takes_the_form_that_a_browser_gives_it() -> None:
    """The rules above and those of the shipped files, against CLDR's as Node has it."""
    own: dict[str, Rules] = {tag: it.plural for tag, it in locales().items()}
    counted: dict[str, list[Category]] = {
        tag: [category(rules, count) for count in range(COUNTS)]
        for tag, rules in (RULES | own).items()
    }
    script = f"""
      const told = {{}}
      for (const tag of {json.dumps([*counted])}) {{
        const rules = new Intl.PluralRules(tag)
        told[tag] = Array.from({{length: {COUNTS}}}, (_, count) => rules.select(count))
      }}
      console.log(JSON.stringify(told))
    """
    node = subprocess.run(
        ["node", "-e", script],  # noqa: S607 - the one that `make test` put on the path
        check=True,
        capture_output=True,
        text=True,
    )

    assert counted == json.loads(node.stdout)


@pytest.mark.parametrize(
    "rule",
    ["", "n", "n =", "n = 1 and", "x = 1", "n % 0 = 1", "n = 1,", "n = 1..", "n == 1"],
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    for count in (0, 1):
        with pytest.raises(ValueError, match="is no plural rule"):
            category({"one": "n = 1", "few": rule}, count)


def test_a_language_with_six_forms_counts_in_all_of_them() -> None:
    forms: dict[Category, str] = {
        "zero": "{count} none",
        "one": "an hour",
        "two": "two hours",
        "few": "{count} few",
        "many": "{count} many",
        "other": "{count} other",
    }
    locale = replace(
        nearest("en"), plural=RULES["ar"], kept=KeptTexts(hours=forms, days=forms)
    )

    assert [kept(hours, locale) for hours in (1, 2, 3, 11, 100, 24, 5 * 24)] == [
        *("an hour", "two hours", "3 few", "11 many", "100 other"),
        *("an hour", "5 few"),
    ]


@pytest.mark.parametrize("tag", locales())
def test_who_runs_the_server_is_named_with_their_place(tag: LanguageTag) -> None:
    locale = locales()[tag]
    nobody = operator("", "", locale)
    somebody = operator("Courtyard House", "Example Town", locale)
    nowhere = operator("Courtyard House", "", locale)

    assert nobody["run_by"] == ""
    assert somebody["operator"] == nowhere["operator"] == "Courtyard House"
    assert "Example Town" in somebody["run_by"]
    for told in (somebody, nowhere):
        assert told.keys() == nobody.keys()
        assert "Courtyard House" in told["run_by"]
