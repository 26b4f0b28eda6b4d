"""
`docs/notices.md` has every built-in notice in every language, word for word.

Write it anew: `python -m tests.test_notices >docs/notices.md`.
"""

from collections.abc import Iterator
from pathlib import Path

from gatekeeper.app.engines import Keys, choose_engines
from gatekeeper.config import Config, offered
from gatekeeper.config.locales import locales
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import LanguageTag
from tests.catalogues import catalogues, word

DOC = Path(__file__).parents[1] / "docs" / "notices.md"
FACTS = ("captured", "purpose", "processor", "recipients", "retention", "withdrawal")
RIGHT_TO_LEFT = ("ar",)
HEAD = """\
# The notices

What everybody reads before they choose, in every language that there is, word for
word. Another word is another notice, with another digest, and people are asked
afresh. So the server of a club says it that keeps everything for seven days; first
without a model that writes, then of each feature that a model changes. Each
question ends with two answers of one weight, *Allow* and *Don't allow*.

An admin's own words take the place of these: `config.example.toml`, `[features]`.
Another language is another file in `gatekeeper/consent/locales/`
([architecture.md](architecture.md)); it passes the word lists of
`gatekeeper/consent/unfair/`, as an admin's own words do, and the reading measures
of `tests/browser/test_words.py`.
"""


def built_in() -> Iterator[Notice]:
    """Each once, in the order of the languages that pages offer."""
    house = {
        "controller": {"name": "Elbe Club", "place": "Hamburg"},
        "speech": {
            "engine": "http",
            "base_url": "http://localhost:9000/v1",
            "model": "small-whisper",
        },
    }
    model = {"base_url": "https://ai.example.org/v1", "model": "large-model"}
    configs = [Config.model_validate(house | more) for more in ({}, {"ai": model})]
    told = [
        notice
        for config in configs
        for offer in offered(config, choose_engines(config, Keys()).runs)
        for notice in offer.notices.values()
    ]
    for tag in catalogues():
        yield from dict.fromkeys(each for each in told if each.language == tag)


def written() -> str:
    """The page."""
    parts = [HEAD]
    for tag in catalogues():
        turned = tag in RIGHT_TO_LEFT
        parts.append(f"\n## {locales()[LanguageTag(tag)].name} (`{tag}`)\n")
        parts.append('\n<div dir="rtl" lang="ar">\n' if turned else "")
        for notice in (each for each in built_in() if each.language == tag):
            title = word(tag, "prompt.title").replace("{object}", notice.object)
            parts.append(f"\n### {title}\n\n{notice.name}. {notice.meaning}\n\n")
            parts += [
                f"- {word(tag, f'fact.{fact}')}: {getattr(notice, fact)}\n"
                for fact in FACTS
            ]
        parts.append("\n</div>\n" if turned else "")
    return "".join(parts)


def test_the_page_has_every_notice_word_for_word() -> None:
    assert DOC.read_text("utf-8") == written()
    assert {notice.language for notice in built_in()} == {*locales()}


if __name__ == "__main__":
    print(written(), end="")  # noqa: T201
