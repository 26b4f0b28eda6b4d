"""How many years of school a text asks for."""

import re
from collections.abc import Callable

_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|:\s")
_WORD = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")


def flesch_kincaid(text: str) -> float:
    """The school grade that English text asks for (Kincaid et al., 1975)."""
    words, sentences = _WORD.findall(text), _sentences(text)
    syllables = sum(_english(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def wiener(text: str) -> float:
    """The school grade by the first Wiener Sachtextformel (Bamberger, Vanecek 1984)."""
    words, sentences = _WORD.findall(text), _sentences(text)
    counts = [_german(word) for word in words]

    def share(of: int) -> float:
        return 100 * of / len(words)

    many = share(sum(count >= 3 for count in counts))
    long = share(sum(len(word) > 6 for word in words))
    one = share(sum(count == 1 for count in counts))
    length = len(words) / sentences
    return 0.1935 * many + 0.1672 * length + 0.1297 * long - 0.0327 * one - 0.875


def kandel_moles(text: str) -> float:
    """The school grade that French text asks for (Kandel, Moles 1958)."""
    words, sentences = _WORD.findall(text), _sentences(text)
    syllables = sum(_french(word) for word in words)
    ease = 207 - 1.015 * len(words) / sentences - 73.6 * syllables / len(words)
    return _grade(ease)


def fernandez_huerta(text: str) -> float:
    """The school grade that Spanish text asks for (Fernández Huerta 1959)."""
    words, sentences = _WORD.findall(text), _sentences(text)
    syllables = sum(_spanish(word) for word in words)
    ease = 206.84 - 1.02 * len(words) / sentences - 60 * syllables / len(words)
    return _grade(ease)


def al_heeti(text: str) -> float:
    """The school grade that Arabic text asks for, by its letters (Al-Heeti 1984)."""
    words = [re.sub("[\u064b-\u0652\u0640]", "", word) for word in _WORD.findall(text)]
    return 4.414 * sum(map(len, words)) / len(words) - 13.468


GRADES: dict[str, Callable[[str], float]] = {
    "en": flesch_kincaid,
    "de": wiener,
    "fr": kandel_moles,
    "es": fernandez_huerta,
    "ar": al_heeti,
}
"""How it is measured in each language."""


def _grade(ease: float) -> float:
    """The school grade of a reading ease (Flesch 1949): 80 is the end of the sixth."""
    return (140 - ease) / 10


def _sentences(text: str) -> int:
    return sum(bool(_WORD.search(part)) for part in _SENTENCE.split(text))


def _english(word: str) -> int:
    """Syllables by vowel groups; an e at the end is mute."""
    plain = re.sub(r"(?<![aeioul])e(s|d)?$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def _german(word: str) -> int:
    """Syllables by vowel groups, in which au, ei, eu, äu and ie are one."""
    return max(1, len(re.findall(r"au|ei|eu|äu|ie|ai|[aeiouyäöü]", word.lower())))


def _french(word: str) -> int:
    """Syllables by vowel groups; an e at the end is mute, and so is -es and -ent."""
    plain = re.sub(r"(?<=[^aeiouyéèêàâîôûù])(e|es|ent)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouyéèêëàâîïôûùüœæ]+", plain)))


def _spanish(word: str) -> int:
    """Syllables by vowels; a weak one beside another is no syllable of its own."""
    groups = re.findall(r"[aeiouáéíóúü]+", word.lower())
    return max(1, sum(len(re.findall("[aeoáéíóú]", g)) or 1 for g in groups))
