"""How many years of school a text asks for."""

import re

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


def _sentences(text: str) -> int:
    return sum(bool(_WORD.search(part)) for part in _SENTENCE.split(text))


def _english(word: str) -> int:
    """Syllables by vowel groups; an e at the end is mute."""
    plain = re.sub(r"(?<![aeioul])e(s|d)?$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def _german(word: str) -> int:
    """Syllables by vowel groups, in which au, ei, eu, äu and ie are one."""
    return max(1, len(re.findall(r"au|ei|eu|äu|ie|ai|[aeiouyäöü]", word.lower())))
