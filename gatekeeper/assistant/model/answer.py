"""Answer: what is said aloud in a reply, up to its proper end."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from typing import Self

from gatekeeper.assistant.model.faults import (
    ModelAnswerTooLarge,
    ModelAnswerUnusable,
    ModelBroken,
)
from gatekeeper.assistant.model.refusal import Refusal, in_answer
from gatekeeper.assistant.model.reply import Chunk
from gatekeeper.assistant.model.spoken import Spoken

MOST_CHARACTERS = 2**20
"""Of one answer, with the thoughts that stand in it."""
_CUT = ("length", "content_filter")


@dataclass(slots=True)
class Ending:
    """What is known of an answer once it has ended."""

    cut: bool = False
    """Whether it stopped before it was whole."""
    thought: bool = False
    """Whether there were thoughts in it, or beside it."""


class Answer(AsyncIterator[str]):
    """An answer as it arrives: iterate over it, and close it (`aclosing`)."""

    def __init__(self, begin: Callable[[Ending], AsyncGenerator[str, None]]) -> None:
        self._ending = Ending()
        self._pieces = begin(self._ending)

    @property
    def cut(self) -> bool:
        """Whether it stopped before it was whole; known once it has ended."""
        return self._ending.cut

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> str:
        return await anext(self._pieces)

    async def aclose(self) -> None:
        """Stop the model, if it is still speaking."""
        await self._pieces.aclose()


async def aloud(
    chunks: AsyncIterator[Chunk], ending: Ending
) -> AsyncGenerator[str, None]:
    """The spoken text of one reply, in pieces. Raises `Refusal`, `ModelFault`."""
    spoken, characters, chunk = Spoken(), 0, None
    ending.cut = ending.thought = False
    async for chunk in chunks:
        if chunk.error is not None:
            raise in_answer(chunk.error)
        characters += len(chunk.text)
        if characters > MOST_CHARACTERS:
            raise ModelAnswerTooLarge
        if piece := spoken.feed(chunk.text):
            yield piece
        ending.thought |= chunk.thought or spoken.thought
        if chunk.finish is not None:
            break
    if chunk is None or chunk.finish is None:
        raise _unfinished(begun=chunk is not None)
    ending.cut = chunk.finish in _CUT
    if piece := spoken.rest():
        yield piece


def _unfinished(*, begun: bool) -> Refusal:
    """The refusal in a reply that stops without saying that it is whole."""
    if not begun:
        return Refusal("no event", ModelAnswerUnusable)
    refusal = Refusal("no end", ModelBroken)
    refusal.may_repeat = True
    return refusal
