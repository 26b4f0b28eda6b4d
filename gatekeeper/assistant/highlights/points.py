"""
What is worth reading: TextRank over TF-IDF, stretch by stretch of the meeting.

R. Mihalcea and P. Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004. Each line
votes for those that share its rarer words; a quota for each stretch keeps one lively
half hour from taking all places. Works in any language: it knows words, not grammar.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gatekeeper.assistant.model.clean import visible
from gatekeeper.assistant.summary.machine import to_machine
from gatekeeper.assistant.summary.numbers import numbers
from gatekeeper.assistant.summary.tokens import STOP, stem, tokens
from gatekeeper.assistant.transcript.lines import TranscriptLine

_STRETCH = 30
"""Lines of one stretch, about."""
_MOST_STRETCHES = 12
_QUOTA = 2
"""Points from one stretch."""
_DAMPING = 0.85
_ROUNDS = 30
_SETTLED = 1e-6
_SHORTEST, _LONGEST = 6, 60
"""Words; a shorter line says little, a longer one is no longer pointed."""
_ALIKE = 0.5
_CAREFUL = 4000
"""Characters of one line that are looked at."""

_REASON = re.compile(
    r"\b(?:because|since|therefore|so that|the reason|problem|risk|issue|cost|costs|"
    r"weil|deshalb|daher|grund|problem|risiko|kostet|kosten)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\b(?:good morning|morning|hello|hi|hey|thanks|thank you|goodbye|bye|welcome|"
    r"sorry|guten morgen|guten tag|hallo|danke|tschüss|willkommen)\b",
    re.IGNORECASE,
)
_FOR_NUMBERS, _FOR_REASON, _FOR_ASKING, _FOR_GREETING = 1.25, 1.2, 0.5, 0.3


@dataclass(slots=True)
class _Candidate:
    at: int
    vector: dict[str, float]
    score: float


def points(lines: Sequence[TranscriptLine], taken: set[int]) -> list[int]:
    """The places of the lines worth reading, in order; none that is `taken`."""
    vectors = [_counts(line) for line in lines]
    spread = Counter(word for counts in vectors for word in counts)
    chosen: list[_Candidate] = []
    for stretch in _stretches(len(lines)):
        ranked = _ranked(lines, vectors, spread, stretch)
        left = _QUOTA
        for one in ranked:
            if left and one.at not in taken and not _repeats(one, chosen):
                chosen.append(one)
                left -= 1
    return sorted(one.at for one in chosen)


def _counts(line: TranscriptLine) -> Counter[str]:
    if line.erased or to_machine(visible(line.text)[:_CAREFUL]):
        return Counter()
    said = tokens(line.text[:_CAREFUL])
    return Counter(stem(token) for token in said if token not in STOP)


def _stretches(count: int) -> Iterator[range]:
    parts = min(_MOST_STRETCHES, max(1, round(count / _STRETCH)))
    for part in range(parts):
        yield range(part * count // parts, (part + 1) * count // parts)


def _ranked(
    lines: Sequence[TranscriptLine],
    vectors: Sequence[Counter[str]],
    spread: Counter[str],
    stretch: range,
) -> list[_Candidate]:
    """The lines of a stretch, the best first."""
    found = []
    for at in stretch:
        length = len(list(tokens(lines[at].text[:_CAREFUL])))
        if vectors[at] and _SHORTEST <= length <= _LONGEST:
            vector = _unit(vectors[at], spread, len(lines))
            found.append(_Candidate(at, vector, 0.0))
    for one, rank in zip(found, _rank([one.vector for one in found]), strict=True):
        one.score = rank * _weight(lines[one.at].text[:_CAREFUL])
    return sorted(found, key=lambda one: (-one.score, one.at))


def _unit(counts: Counter[str], spread: Counter[str], of: int) -> dict[str, float]:
    """TF-IDF, with length 1."""
    raw = {
        word: (1 + math.log(count)) * math.log(1 + of / spread[word])
        for word, count in counts.items()
    }
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {word: value / length for word, value in raw.items()}


def _rank(vectors: Sequence[dict[str, float]]) -> list[float]:
    """PageRank by power iteration over cosine similarities."""
    if not vectors:
        return []
    edges, count = _edges(vectors), len(vectors)
    totals = [sum(edge.values()) for edge in edges]
    ranks = [1 / count] * count
    for _ in range(_ROUNDS):
        fresh = [(1 - _DAMPING) / count] * count
        for at, edge in enumerate(edges):
            for other, weight in edge.items():
                fresh[other] += _DAMPING * ranks[at] * weight / totals[at]
        change = sum(abs(a - b) for a, b in zip(ranks, fresh, strict=True))
        ranks = fresh
        if change < _SETTLED:
            break
    return ranks


def _edges(vectors: Sequence[dict[str, float]]) -> list[dict[int, float]]:
    """For each its cosine similarity to each other that shares a word."""
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    edges: list[dict[int, float]] = [defaultdict(float) for _ in vectors]
    for at, vector in enumerate(vectors):
        for word, value in vector.items():
            for other, theirs in holders[word]:
                edges[at][other] += value * theirs
                edges[other][at] += value * theirs
            holders[word].append((at, value))
    return edges


def _weight(text: str) -> float:
    weight = 1.0
    if numbers(text):
        weight *= _FOR_NUMBERS
    if _REASON.search(text):
        weight *= _FOR_REASON
    if text.rstrip().endswith("?"):
        weight *= _FOR_ASKING
    if _GREETING.search(text):
        weight *= _FOR_GREETING
    return weight


def _repeats(one: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    return any(
        sum(value * other.vector.get(word, 0) for word, value in one.vector.items())
        > _ALIKE
        for other in chosen
    )
