"""Somebody who reads all that is asked in a room, in a window of many sizes."""

from dataclasses import dataclass
from typing import Any

from playwright.async_api import expect

from gatekeeper.config import Config
from gatekeeper.config.locales import locales, nearest
from gatekeeper.consent.notice import TEXTS
from gatekeeper.consent.types import FeatureId, SharedWith
from gatekeeper.consent.wording import fill, recipients
from tests.browser.conftest import ALL, PROCESSOR, Invite, configured, seated
from tests.browser.guest import Guest, answer
from tests.browser.opposite import Opposite
from tests.browser.sizes import SHARE, Size, measured, sizes, some_sizes
from tests.meeting.conftest import World

TIMES = 10
OWN = {"quotes": "summary", "recap": "compose"}
"""Features with the wording of what runs without a model."""
FEATURES = [*ALL, *OWN, "minutes"]

Seen = list[tuple[Size, Any]]
"""What was found at each size."""

QUESTION = f"""
async () => {{
  {SHARE}
  const room = location.pathname.split('/')[2]
  const {{features}} = await (await fetch(`/api/rooms/${{room}}`)).json()
  const notices = features.map(each => each.notices[document.documentElement.lang])
  const prompt = document.querySelector('consent-prompt')
  window.questions = () => {{
    const asked = notices.find(({{feature}}) => feature === prompt.dataset.feature)
    const found = notices.map(notice => {{
      prompt.show(notice)
      return look(prompt)
    }})
    prompt.show(asked)
    return found
  }}
  const look = prompt => {{
    const answers = [...prompt.querySelectorAll('button[data-answer]')]
    const scrollers = [...prompt.querySelectorAll('.prompt-text, .prompt-body')]
    const to = place => scrollers.forEach(each => (each.scrollTop = place(each)))
    const heading = share(prompt.querySelector('h2'))
    const {{top}} = prompt.querySelector('#ask-what').getBoundingClientRect()
    const {{top: end}} = prompt.querySelector('.prompt-foot').getBoundingClientRect()
    const first = answers.map(share)
    const lit = [...document.querySelectorAll('.sign button')].map(share)
    to(each => each.scrollHeight)
    const note = share(prompt.querySelector('.prompt-body > :last-child'))
    const last = answers.map(share)
    to(() => 0)
    const about = prompt.dataset.feature
    const meaning = top < end
    return {{about, heading, meaning, first, note, last, lit}}
  }}
}}
"""
"""Gives the page a function that asks every notice of the room in turn."""


def wording(language: str, feature: str) -> dict[str, str]:
    """A built-in notice that another feature may have, too."""
    locale = nearest(language)
    runs = {"operator": "Courtyard House"}
    known = runs | {
        "processor": PROCESSOR[language],
        "recipients": recipients(SharedWith.PRESENT, locale, runs),
        "kept": "7",
    }
    notice = fill(locale.by_rules[FeatureId(feature)], known)
    return {name: getattr(notice, name) for name in TEXTS}


def long(language: str) -> dict[str, str]:
    """A notice in which everything but the name is said ten times."""
    said = wording(language, "summary")
    short = {"name": "Minutes", "object": "minutes"}
    repeated = {name: " ".join([text] * TIMES) for name, text in said.items()}
    return {name: text[:480] for name, text in repeated.items()} | short


def house(data: Any) -> Config:
    base = configured(data).features
    given = {
        name: feature.model_dump(exclude_unset=True) for name, feature in base.items()
    }
    for name, like in OWN.items():
        notices = {language: wording(language, like) for language in locales()}
        given[name] = {"sink": "external", "kinds": ["audio"], "notices": notices}
    notices = {language: long(language) for language in locales()}
    given["minutes"] = {"sink": "external", "kinds": ["audio"], "notices": notices}
    return configured(data, features=given)


@dataclass
class Reader:
    """Somebody at a browser, whose window takes these sizes; Noor is opposite."""

    guest: Guest
    noor: Opposite
    hosts: bool
    sizes: list[Size]

    async def asked(self, feature: str) -> None:
        """The host asks; the question is there, and what asks it of every notice."""
        await (self.guest if self.hosts else self.noor).ask(feature)
        await expect(self.guest.prompt).to_be_visible()
        await self.guest.page.evaluate(QUESTION)

    async def on(self, feature: str) -> None:
        """Both allow what is asked for, and it is on."""
        await self.guest.reply("granted")
        await self.noor.choose(feature, "granted")
        await self.guest.sees_sign(feature, "on")

    async def end(self, feature: str) -> None:
        """Take back what is on, at the sign; two ends are left to choose from."""
        await self.guest.plate(feature).locator(answer("declined")).click()
        await expect(self.guest.page.locator("button[data-end]")).to_have_count(2)
        await self.guest.sees_sign(feature, "off")
        await self.noor.sees_sign(feature, "off")

    async def looked(self, look: str, some: bool = False) -> Seen:
        which = some_sizes() if some else self.sizes
        return [each async for each in measured(self.guest.page, which, look)]


async def at_the_door(
    world: World, invite: Invite, name: str, locale: str, hosts: bool = False
) -> Reader:
    """In the lobby of a room of their own."""
    room, secret = await world.room(*FEATURES)
    noor = await seated(world, room, "Noor", None if hosts else secret)
    guest = await invite(name, world.url, locale=locale)
    await guest.open(room, secret if hosts else None)
    return Reader(guest, noor, hosts, sizes() if hosts else some_sizes())
