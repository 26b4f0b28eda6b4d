import pytest

from gatekeeper.assistant.model.spoken import Spoken


def _spoken(text: str, size: int) -> str:
    spoken = Spoken()
    pieces = [spoken.feed(text[at : at + size]) for at in range(0, len(text), size)]
    return "".join(pieces) + spoken.rest()


@pytest.mark.parametrize(
    ("text", "aloud"),
    [
        ("<think>hm\n</think>\n\nYes.", "Yes."),
        ("<thinking>hm</thinking>Yes.", "Yes."),
        ("Yes.<think>hm</think> No.", "Yes. No."),
        ("<think></think>Yes.", "Yes."),
        ("<think>never ends", ""),
        ("<think>a < b</thin</think>Yes.", "Yes."),
        ("a < b, <b> and <thin", "a < b, <b> and <thin"),
        (" \n Yes. \n", "Yes. \n"),
        ("\ud83d\udc4d up", "👍 up"),
        ("half \ud83d", "half \ufffd"),
        ("half \udc4d.", "half \ufffd."),
    ],
)
def test_thoughts_are_left_out_however_they_are_cut(text: str, aloud: str) -> None:
    for size in range(1, len(text) + 1):
        assert _spoken(text, size) == aloud


def test_thoughts_are_noticed() -> None:
    spoken = Spoken()

    assert not spoken.thought
    spoken.feed("<think>hm")
    assert spoken.thought


def test_text_is_held_back_only_where_a_tag_may_begin() -> None:
    spoken = Spoken()

    assert spoken.feed("Yes <") == "Yes "
    assert spoken.feed("b") == "<b"
