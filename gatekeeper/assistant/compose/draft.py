"""
A draft: the model's answer as a text that its person could send.

Rule: what the model adds of its own accord goes: fences and quotation marks around the
text, links that nobody wrote, characters that nobody sees.
"""

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing

from gatekeeper.assistant.compose.prompt import (
    ChatWords,
    DraftPrompt,
    DraftWish,
    NamesBack,
    draft_prompt,
)
from gatekeeper.assistant.model.clean import LinkFilter
from gatekeeper.assistant.model.client import ModelClient
from gatekeeper.assistant.model.faults import ModelAnswerUnusable

MOST_DRAFT = 4000
"""Characters."""
CUT = "…"
"""Stands at the end of a draft that stopped before it was whole."""


async def draft(
    client: ModelClient,
    wish: DraftWish,
    lines: Sequence[ChatWords],
    names: Mapping[str, str],
) -> AsyncGenerator[str, None]:
    """
    The draft in pieces, none of them empty. Raises `ModelFault`.

    `lines` are in order of time; `names` holds what to call whom, by `ChatWords.who`.
    Close it (`aclosing`), or cancel its task, to stop the model.
    """
    context = client.endpoint.context_tokens
    prompt = draft_prompt(wish, lines, names, context_tokens=context)
    text = _Text(prompt, names)
    answer = client.stream(prompt.messages, max_tokens=prompt.max_tokens)
    async with aclosing(answer):
        async for piece in answer:
            if ready := text.feed(piece):
                yield ready
            if text.full:
                break
    if ready := text.rest(cut=answer.cut or text.full):
        yield ready
    if not text.characters:
        raise ModelAnswerUnusable


class _Text:
    """Takes the answer in pieces, gives the draft in pieces."""

    def __init__(self, prompt: DraftPrompt, names: Mapping[str, str]) -> None:
        self._inside = Inside()
        self._links = LinkFilter(prompt.links)
        self._names = NamesBack(
            {label: names.get(who, label) for label, who in prompt.labels.items()}
        )
        self.characters = 0
        self.full = False

    def feed(self, piece: str) -> str:
        inside = self._inside.feed(piece)
        return self._bounded(self._names.feed(self._links.feed(inside)))

    def rest(self, *, cut: bool) -> str:
        if self.full:
            return CUT
        linked = self._links.feed(self._inside.rest()) + self._links.rest()
        last = self._bounded(self._names.feed(linked) + self._names.rest()).rstrip()
        return last + CUT if cut and self.characters else last

    def _bounded(self, text: str) -> str:
        if not self.characters:
            text = text.lstrip()
        text = text[: MOST_DRAFT - len(CUT) - self.characters]
        self.characters += len(text)
        self.full = self.characters >= MOST_DRAFT - len(CUT)
        return text


_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "»": "«", "\u2018": "\u2019"}
_OPENING_FENCE = re.compile(r"`{3,}[^\n`]*\n")


class Inside:
    """
    The text inside of a code fence or quotation marks that surround all of it.

    Takes it in pieces. Quoted text is held back until it shows whether it is quoted to
    its end; white space and backticks at the end until something follows them.
    """

    def __init__(self) -> None:
        self._held = ""
        self._fenced = False
        self._begun = False

    def feed(self, piece: str) -> str:
        """What can be said by now."""
        self._held = (
            self._held + piece if self._begun else (self._held + piece).lstrip()
        )
        if not self._begun and not self._begins():
            return ""
        whole = re.sub(r"[\s`]+\Z", "", self._held)
        self._held = self._held[len(whole) :]
        return whole

    def rest(self) -> str:
        """What was held back and belongs to the text; call it once, at the end."""
        text = self._held.rstrip()
        if self._fenced:
            text = text.rstrip("`").rstrip()
        elif not self._begun and len(text) > 1 and text[-1] == _QUOTES.get(text[0]):
            text = text[1:-1].strip()
        self._held = ""
        return text

    def _begins(self) -> bool:
        """Whether it is clear how the text begins; takes an opening fence away."""
        if "```".startswith(self._held[:3]):
            fence = _OPENING_FENCE.match(self._held)
            if fence is None:
                return False
            self._held, self._fenced = self._held[fence.end() :], True
        elif (closing := _QUOTES.get(self._held[0])) is not None:
            _, found, after = self._held[1:].partition(closing)
            if not found or not after.strip():
                return False
        self._begun = True
        return True
