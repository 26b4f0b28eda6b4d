"""Fair consent, "Words": the notices, the question, the words around a choice."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from gatekeeper.app.engines import Keys, choose_engines
from gatekeeper.config import offered
from gatekeeper.config.fairness import word_lists
from gatekeeper.consent.fairness import KINDS, Unfairness
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import LanguageTag
from tests import catalogues as catalogue
from tests.browser.conftest import ALL, Face, Invite, configured
from tests.browser.guest import Guest
from tests.browser.reading import GRADES
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

Words = dict[str, dict[str, str]]
"""The product's words by language and key."""

LANGUAGES = [*catalogue.catalogues()]
FACTS = ("captured", "purpose", "processor", "recipients", "retention", "withdrawal")
ABOUT_A_CHOICE = re.compile(
    r"^(prompt|answer|sign|ends|gate|fact|invite|lobby\.(join\.note|choices|all|none)|honest|room\.sign)"
)


@cache
def built_in() -> tuple[Notice, ...]:
    """Every built-in notice in every language, as a small office would have them."""
    own: dict[str, dict[str, Any]] = {name: {} for name in ALL}
    configs = [
        configured(Path("nowhere")),
        configured(Path("nowhere"), features=own),
        *(
            configured(Path("nowhere"), features=own, ai={"base_url": at, "model": "m"})
            for at in ("http://localhost:1/v1", "https://ai.example.com/v1")
        ),
    ]
    return tuple(
        notice
        for config in configs
        for offer in offered(config, choose_engines(config, Keys()).runs)
        for notice in offer.notices.values()
    )


def texts(notice: Notice) -> list[str]:
    return [notice.meaning, *(getattr(notice, fact) for fact in FACTS)]


@pytest.fixture(scope="module")
def words() -> Words:
    return {language: dict(catalogue.said(language)) for language in LANGUAGES}


def choosing(words: Words, language: str) -> dict[str, str]:
    """The product's own words that stand around a choice."""
    return {k: v for k, v in words[language].items() if ABOUT_A_CHOICE.match(k)}


def said(words: Words, language: str) -> dict[str, str]:
    """All that is said to somebody who is about to choose."""
    notices = {
        f"{notice.feature}.{number}": text
        for notice in built_in()
        if notice.language == language
        for number, text in enumerate(texts(notice))
    }
    return choosing(words, language) | notices


def question(words: Words, notice: Notice) -> str:
    """The whole question about one feature, as it is read."""
    own = {k: v.replace("*", "") for k, v in words[notice.language].items()}
    title = own["prompt.title"].replace("{object}", notice.object)
    facts = [f"{own[f'fact.{fact}']}: {getattr(notice, fact)}." for fact in FACTS]
    body = [notice.meaning, own["prompt.everyone"], *facts, own["prompt.note"]]
    return " ".join([title, *body])


async def test_W1_everything_is_said_before_the_choice(
    face: Face, call: Invite, world: World
) -> None:
    room, _ = await world.room(*ALL)
    noor = await call("Noor", world.url)
    await noor.open(room)
    mara, tomas = await face("Tomas")
    await mara.ask("summary")
    await expect(tomas.prompt).to_be_visible()
    for place in (*[noor.card(feature) for feature in ALL], tomas.prompt):
        facts = await place.get_by_role("definition").all_inner_texts()
        assert len(facts) == len(FACTS)
        assert all(len(fact) > 2 for fact in facts)
        order = await place.evaluate(ORDER)
        assert order == ["DL", "BUTTON", "BUTTON"]
    for notice in built_in():
        assert all(texts(notice))


ORDER = "place => [...place.querySelectorAll('dl, button')].map(node => node.tagName)"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
async def test_W2_to_W4_no_word_of_a_choice_is_unfair(
    words: Words, language: str, kind: Unfairness
) -> None:
    """W2 is `vague`, W3 `pressing`, W4 `twice-not` and `legalese`."""
    listed = word_lists()[LanguageTag(language)]
    for key, text in said(words, language).items():
        found = [each for each in listed.find(text) if each.kind == kind]
        assert found == [], (key, text)


async def test_W4_a_child_of_twelve_can_read_every_question(words: Words) -> None:
    for notice in built_in():
        grade = GRADES[notice.language](question(words, notice))
        assert grade <= 7, f"{notice.feature}, {notice.language}: grade {grade:.1f}"


async def test_W5_every_notice_is_there_in_every_language() -> None:
    """Of the pages' words `tests/js/i18n` says it."""
    languages = Counter((n.feature, n.language) for n in built_in())
    assert languages.keys() == {(f, tag) for f in ALL for tag in LANGUAGES}
    assert len(set(languages.values())) == 1


async def test_W5_in_german_nothing_is_in_english(
    words: Words, invite: Invite, face: Face, world: World
) -> None:
    (mara,) = await face()
    noor = await invite("Noor", world.url)
    await noor.open(mara.room)
    await noor.page.get_by_label("Language").select_option("de")
    await expect(noor.page.get_by_role("heading", level=1)).to_have_text("Bereit?")
    await in_german(noor, words)
    await noor.enter()
    await mara.ask("summary")
    await expect(noor.prompt).to_be_visible()
    await in_german(noor, words)
    await noor.prompt.locator("button").last.click()
    await expect(noor.prompt).to_be_hidden()
    for tab in await noor.page.get_by_role("tab").all():
        await tab.click()
        await in_german(noor, words)


async def in_german(guest: Guest, words: Words) -> None:
    """The page says so, and no English words of ours are on it."""
    assert await guest.page.evaluate("document.documentElement.lang") == "de"
    text = await guest.page.locator("body").inner_text()
    english = {*words["en"].values()} - {*words["de"].values()}
    english |= {t for n in built_in() if n.language == "en" for t in texts(n)}
    english -= {t for n in built_in() if n.language == "de" for t in texts(n)}
    found = [
        each for each in english if len(each) > 12 and each.replace("*", "") in text
    ]
    assert found == []


async def test_W5_a_language_that_is_not_there_is_not_replaced_by_another(
    words: Words, call: Invite, checkout: World
) -> None:
    reader = await call("Noor", checkout.url)
    await reader.page.goto(f"{checkout.url}/promise")

    refusal = await reader.page.evaluate(
        """async () => {
          const {t} = await import('/static/i18n/words.js')
          try { return t('eo', 'lobby.join') } catch (error) { return error.name }
        }"""
    )

    assert refusal == "RangeError"
