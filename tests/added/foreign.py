"""A language from outside: each English text in guillemets, and plurals of its own."""

import re
from pathlib import Path

import gatekeeper

TAG, NAME = "pt", "Portuguese"
LOCALES = Path(gatekeeper.__file__).parent / "consent" / "locales"


def translated() -> str:
    """The file of this language."""
    english = (LOCALES / "en.toml").read_text("utf-8")
    texts = re.sub(r'^(\w+) = "(.*?)"', r'\1 = "«\2»"', english, flags=re.MULTILINE)
    named = texts.replace('name = "«English»"', f'name = "{NAME}"', 1)
    # CLDR's rule, so far as it is for numbers below a million.
    return re.sub(r'one = "«i = 1 and v = 0»"', 'one = "i = 0,1"', named, count=1)


def is_foreign(text: str) -> bool:
    return text.startswith("«") and text.endswith("»")
