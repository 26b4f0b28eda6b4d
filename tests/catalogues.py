"""The client's words by language and key, as its own files say them."""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"
_READ = """
const [, root, folder] = process.argv
const {LANGUAGES} = await import(`${root}/i18n/languages.js`)
const read = async tag => [tag, (await import(`${root}/${folder}/${tag}.js`)).texts]
const all = await Promise.all(Object.keys(LANGUAGES).map(read))
console.log(JSON.stringify(Object.fromEntries(all)))
"""

Text = str | Mapping[str, str]
"""A text, or its forms by plural category."""


@cache
def catalogues(folder: str = "i18n") -> Mapping[str, Mapping[str, Text]]:
    """All of them, in the order in which they are offered."""
    command = ["node", "--input-type=module", "-e", _READ, STATIC.as_uri(), folder]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    read: dict[str, dict[str, Text]] = json.loads(ran.stdout)
    return read


def console() -> Mapping[str, Mapping[str, str]]:
    """What the console says besides; none of it counts."""
    every = catalogues("console/texts")
    return {
        tag: {key: text for key, text in texts.items() if isinstance(text, str)}
        for tag, texts in every.items()
    }


def said(language: str) -> Iterator[tuple[str, str]]:
    """Each text with its key; of one that counts, each form."""
    for key, text in catalogues()[language].items():
        forms = {"": text} if isinstance(text, str) else text
        yield from (
            (f"{key}.{form}" if form else key, it) for form, it in forms.items()
        )


def word(language: str, key: str) -> str:
    """A text that fills nothing in and counts nothing, without its marks."""
    text = catalogues()[language][key]
    assert isinstance(text, str), key
    return text.replace("*", "")


def anyhow(language: str, key: str) -> re.Pattern[str]:
    """Such a text whatever is filled in."""
    parts = re.split(r"\{\w+\}", word(language, key))
    # A name that is asked for by its role has plain spaces only.
    return re.compile(".*".join(r"\s".join(map(re.escape, p.split())) for p in parts))


def in_any(key: str) -> re.Pattern[str]:
    """The same in whichever language the page speaks."""
    return re.compile("|".join(anyhow(tag, key).pattern for tag in catalogues()))
