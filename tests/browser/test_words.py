"""Fair consent, "Words": the notices, the question, the words around a choice."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from gatekeeper.app.engines import Keys, choose_engines
from gatekeeper.config import offered
from gatekeeper.consent.notice import Notice
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
    r"^(prompt|answer|sign|ends|gate|fact|lobby\.(join\.note|choices|all|none)|honest|room\.sign)"
)

VAGUE = {
    "en": r"\b(may|might|could|will) be (record|captur|film|us|shar|process)\w*"
    r"|acknowledg\w*|by (joining|continuing|using|staying)|implied"
    r"|you (agree|understand) that",
    "de": r"\b(könnte\w*|möglicherweise|eventuell|gegebenenfalls|ggf)\b|zur kenntnis"
    r"|kann (aufge|gefilmt|erfasst)\w*|mit (deiner|ihrer) teilnahme"
    r"|stillschweigend|bestätig\w*",
    "fr": r"\b(pourrai\w+|peut[- ]être|éventuellement|le cas échéant)\b"
    r"|(peut|peuvent|pourra) être (enregistr|film|capt|partag|trait)\w*"
    r"|pren\w+ acte|accus\w+ réception|tacite\w*|implicite\w*"
    r"|en (participant|rejoignant|continuant|entrant)|vous (acceptez|comprenez) que",
    "es": r"\b(podría\w*|quizás?|tal vez|posiblemente|eventualmente|en su caso)\b"
    r"|(puede|pueden|podrá) ser (grab|film|capt|compart|trat)\w*|acus\w+ recibo"
    r"|\btom\w+ nota|al (participar|entrar|unirse|continuar)|implícit\w*|tácit\w*"
    r"|usted (acepta|entiende|reconoce) que",
    "ar": r"ربما|قد [تي]\w+|من الممكن أن|بمجرد|بمشاركتك|باستمرارك|بدخولك|ضمني\w*"
    r"|(تقر|تدرك|تفهم) (بأن|أن)",
}
PRESSING = {
    "en": r"\bplease\b|recommend\w*|help (us|your|the) |your team|everyone else"
    r"|others (have|did)|\bthank|\bsorry\b|unfortunately|improv\w*|better experience"
    r"|most people|don.t miss|hurry|just \w+ left|are you sure|great\b|best\b|!",
    "de": r"\bbitte\b|empf(ehl|ohl)\w*|hilf \w+|dein team|alle anderen"
    r"|schon zugestimmt|\bdank|leider|verbesser\w*|die meisten|verpass\w*|beeil\w*"
    r"|bist du sicher|\btoll|\bsuper\b|!",
    "fr": r"\bveuillez\b|s\u2019il (vous|te) plaît|recommand\w*|conseill\w*|aidez"
    r"|votre équipe|tous les autres|ont déjà|\bmerci|désolé|malheureusement"
    r"|amélior\w*|meilleure expérience|la plupart|ne manquez|dépêch\w*|plus que \d"
    r"|êtes-vous sûr|génial|\bsuper\b|parfait|!",
    "es": r"por favor|recom(iend|end)\w*|aconsej\w*|ayude|su equipo|todos los demás"
    r"|ya (lo )?han|\bgracias|lo siento|lamentablemente|\bmejor(ar|a)\b"
    r"|mejor experiencia|la mayoría|no se pierda|dese prisa|quedan \d|está segur\w*"
    r"|genial|estupend\w*|perfecto|[!¡]",
    "ar": r"من فضلك|يرجى|نرجو|رجاء|نوصي|ننصح|يوصى|موصى|ساعد|فريقك|\bشكر|(?<!ت)عذر|آسف"
    r"|وافق (الجميع|الآخرون)|بقية الحاضرين|للأسف|تحسين|تجربة أفضل|معظم|تفوت|أسرع"
    r"|متأكد|رائع|ممتاز|!",
}
EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
TWICE_NOT = {
    "en": r"\b(not|never|don.t|doesn.t|nobody|nothing)\b[^.,:;?]*"
    r"\b(not|never|don.t|doesn.t|nobody|nothing|without|un(?:less|til))\b",
    "de": r"\b(nicht|nie|niemand\w*|nichts|kein\w*)\b[^.,:;?]*"
    r"\b(nicht|nie|niemand\w*|nichts|kein\w*|ohne)\b",
    # Of "ne ... pas" and "no ... nada" the two words are one denial.
    "fr": r"\b(pas|jamais|rien|personne|aucune?)\b[^.,:;?]*"
    r"\b(pas|jamais|rien|personne|aucune?|sans)\b",
    "es": r"\bno\b[^.,:;?]*\b(no|sin)\b"
    r"|\b(nadie|nada|nunca|ningun\w*)\b[^.,:;?]*\bno\b",
    "ar": r"(?<!\w)[وف]?(لا|لم|لن|ليس\w*|غير|بلا|بدون)\b[^.،:؛؟]*"
    r"(?<!\w)[وف]?(لا|لم|لن|ليس\w*|غير|بلا|بدون|إلا)\b",
}
LEGALESE = {
    "en": r"herein|hereby|pursuant|there(of|in|to)\b|whereas|notwithstanding|shall\b"
    r"|GDPR|data subject|legitimate interest|third part(y|ies)|terms (of|and)"
    r"|processing\b|hereunder",
    "de": r"hiermit|gemäß|im Sinne|nachfolgend|vorbehaltlich|DSGVO|Verarbeitung\b"
    r"|Dritte\b|berechtigtes Interesse|betroffene Person|Nutzungsbedingung"
    r"|Einwilligung\w*",
    "fr": r"ci-après|conformément|aux termes|nonobstant|dûment|RGPD|\btraitement\b"
    r"|\btiers\b|intérêt légitime|personne concernée|conditions générales"
    r"|conditions d\u2019utilisation|consentement",
    "es": r"por la presente|de conformidad|en virtud|RGPD|\btratamiento\b|\bterceros\b"
    r"|interés legítimo|\binteresado\b|condiciones (de uso|generales)|consentimiento",
    "ar": r"بموجب|وفقًا|عملًا ب|المشار إليه|اللائحة العامة|معالجة البيانات"
    r"|طرف ثالث|أطراف ثالثة|مصلحة مشروعة|صاحب البيانات|شروط (الاستخدام|الخدمة)|آنفًا",
}

PLANTED = {
    "VAGUE": {
        "en": "The meeting may be recorded.",
        "de": "Das Gespräch wird möglicherweise aufgezeichnet.",
        "fr": "La réunion peut être enregistrée.",
        "es": "La reunión puede ser grabada.",
        "ar": "قد يتم تسجيل الاجتماع.",
    },
    "PRESSING": {
        "en": "Help your team: everyone else has said yes",
        "de": "Hilf deinem Team und erlaube es bitte",
        "fr": "Aidez votre équipe\u00a0: tous les autres ont déjà dit oui",
        "es": "Ayude a su equipo: todos los demás ya han dicho que sí",
        "ar": "ساعد فريقك: وافق الجميع",
    },
    "TWICE_NOT": {
        "en": "Nothing is kept unless you do not say no",
        "de": "Niemand sieht es nicht",
        "fr": "Rien n\u2019est jamais gardé sans vous",
        "es": "No se graba si usted no lo permite",
        "ar": "لا يُسجل شيء لم توافق عليه",
    },
    "LEGALESE": {
        "en": "Pursuant to GDPR you are the data subject",
        "de": "Gemäß DSGVO bist du die betroffene Person",
        "fr": "Conformément au RGPD, vous êtes la personne concernée",
        "es": "En virtud del RGPD usted es el interesado",
        "ar": "وفقًا للائحة العامة أنت صاحب البيانات",
    },
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
async def test_W2_words_are_in_the_present_and_ask(words: Words, language: str) -> None:
    for key, text in said(words, language).items():
        assert not re.search(VAGUE[language], text, re.IGNORECASE), (key, text)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_W3_words_do_not_press_or_praise(words: Words, language: str) -> None:
    for key, text in said(words, language).items():
        assert not re.search(PRESSING[language], text, re.IGNORECASE), (key, text)
        assert not EMOJI.search(text), (key, text)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_W4_words_are_plain(words: Words, language: str) -> None:
    for key, text in said(words, language).items():
        assert not re.search(TWICE_NOT[language], text, re.IGNORECASE), (key, text)
        assert not re.search(LEGALESE[language], text), (key, text)


async def test_W4_a_child_of_twelve_can_read_every_question(words: Words) -> None:
    for notice in built_in():
        grade = GRADES[notice.language](question(words, notice))
        assert grade <= 7, f"{notice.feature}, {notice.language}: grade {grade:.1f}"


async def test_W5_every_notice_is_there_in_every_language() -> None:
    """Of the pages' words `tests/js/i18n` says it."""
    languages = Counter((n.feature, n.language) for n in built_in())
    assert languages.keys() == {(f, tag) for f in ALL for tag in LANGUAGES}
    assert len(set(languages.values())) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLANTED)
async def test_W2_to_W4_the_lists_catch_what_they_are_for(
    name: str, language: str
) -> None:
    lists = {
        "VAGUE": VAGUE,
        "PRESSING": PRESSING,
        "TWICE_NOT": TWICE_NOT,
        "LEGALESE": LEGALESE,
    }
    assert re.search(lists[name][language], PLANTED[name][language], re.IGNORECASE)


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
