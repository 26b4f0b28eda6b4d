"""Fair consent, "Words": the notices, the question, the words around a choice."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from gatekeeper.app.engines import Keys, choose_engines
from gatekeeper.config import offered
from gatekeeper.consent.notice import Notice
from tests.browser.conftest import ALL, Face, Invite, Regulars, configured
from tests.browser.guest import Guest
from tests.browser.reading import flesch_kincaid, wiener
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

Words = dict[str, dict[str, str]]
"""The product's words by language and key."""

FACTS = ("captured", "purpose", "processor", "recipients", "retention", "withdrawal")
ABOUT_A_CHOICE = re.compile(
    r"^(prompt|answer|sign|ends|gate|fact|lobby\.(join\.note|choices|all|none)|honest|room\.sign)"
)

VAGUE = {
    "en": r"\b(may|might|could|will) be (record|captur|film|us|shar|process)\w*"
    r"|acknowledg\w*|by (joining|continuing|using|staying)|implied"
    r"|you (agree|understand) that",
    "de": r"\b(könnte\w*|möglicherweise|eventuell|gegebenenfalls|ggf)\b|zur kenntnis"
    r"|kann (aufge|gefilmt|erfasst)\w*|mit (deiner|ihrer) teilnahme"
    r"|stillschweigend|bestätig\w*",
}
PRESSING = {
    "en": r"\bplease\b|recommend\w*|help (us|your|the) |your team|everyone else"
    r"|others (have|did)|\bthank|\bsorry\b|unfortunately|improv\w*|better experience"
    r"|most people|don.t miss|hurry|just \w+ left|are you sure|great\b|best\b|!",
    "de": r"\bbitte\b|empf(ehl|ohl)\w*|hilf \w+|dein team|alle anderen"
    r"|schon zugestimmt|\bdank|leider|verbesser\w*|die meisten|verpass\w*|beeil\w*"
    r"|bist du sicher|\btoll|\bsuper\b|!",
}
EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
TWICE_NOT = {
    "en": r"\b(not|never|don.t|doesn.t|nobody|nothing)\b[^.,:;?]*"
    r"\b(not|never|don.t|doesn.t|nobody|nothing|without|un(?:less|til))\b",
    "de": r"\b(nicht|nie|niemand\w*|nichts|kein\w*)\b[^.,:;?]*"
    r"\b(nicht|nie|niemand\w*|nichts|kein\w*|ohne)\b",
}
LEGALESE = {
    "en": r"herein|hereby|pursuant|there(of|in|to)\b|whereas|notwithstanding|shall\b"
    r"|GDPR|data subject|legitimate interest|third part(y|ies)|terms (of|and)"
    r"|processing\b|hereunder",
    "de": r"hiermit|gemäß|im Sinne|nachfolgend|vorbehaltlich|DSGVO|Verarbeitung\b"
    r"|Dritte\b|berechtigtes Interesse|betroffene Person|Nutzungsbedingung"
    r"|Einwilligung\w*",
}


def built_in() -> list[Notice]:
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
    return [
        notice
        for config in configs
        for offer in offered(config, choose_engines(config, Keys()).runs)
        for notice in offer.notices.values()
    ]


def texts(notice: Notice) -> list[str]:
    return [notice.meaning, *(getattr(notice, fact) for fact in FACTS)]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def words(regulars: Regulars, world: World) -> Words:
    async with regulars.outing() as call:
        reader = await call("Noor", world.url)
        await reader.page.goto(f"{world.url}/promise")
        read: Words = await reader.page.evaluate(
            """async () => ({
              en: {...(await import('/static/i18n/en.js')).texts},
              de: {...(await import('/static/i18n/de.js')).texts},
            })"""
        )
        return read


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


@pytest.mark.parametrize("language", ["en", "de"])
async def test_W2_words_are_in_the_present_and_ask(words: Words, language: str) -> None:
    for key, text in said(words, language).items():
        assert not re.search(VAGUE[language], text, re.IGNORECASE), (key, text)


@pytest.mark.parametrize("language", ["en", "de"])
async def test_W3_words_do_not_press_or_praise(words: Words, language: str) -> None:
    for key, text in said(words, language).items():
        assert not re.search(PRESSING[language], text, re.IGNORECASE), (key, text)
        assert not EMOJI.search(text), (key, text)


@pytest.mark.parametrize("language", ["en", "de"])
async def test_W4_words_are_plain(words: Words, language: str) -> None:
    for key, text in said(words, language).items():
        assert not re.search(TWICE_NOT[language], text, re.IGNORECASE), (key, text)
        assert not re.search(LEGALESE[language], text), (key, text)


async def test_W4_a_child_of_twelve_can_read_every_question(words: Words) -> None:
    measures = {"en": flesch_kincaid, "de": wiener}
    for notice in built_in():
        grade = measures[notice.language](question(words, notice))
        assert grade <= 7, f"{notice.feature}, {notice.language}: grade {grade:.1f}"


async def test_W5_every_language_is_whole(words: Words) -> None:
    assert words["en"].keys() == words["de"].keys()
    fields = re.compile(r"\{\w+\}")
    for key, text in words["en"].items():
        assert sorted(fields.findall(text)) == sorted(fields.findall(words["de"][key]))
        assert words["de"][key].strip()
    languages = Counter((n.feature, n.language) for n in built_in())
    assert languages.keys() == {(f, tag) for f in ALL for tag in ("de", "en")}
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
    words: Words, call: Invite, world: World
) -> None:
    reader = await call("Noor", world.url)
    await reader.page.goto(f"{world.url}/promise")

    refusal = await reader.page.evaluate(
        """async () => {
          const {t} = await import('/static/i18n/words.js')
          try { return t('fr', 'lobby.join') } catch (error) { return error.name }
        }"""
    )

    assert refusal == "RangeError"
