"""What the built-in features touch and keep, as people are told of them."""

from gatekeeper.consent.features import ASSISTANT, BUILT_IN, KEEPERS, WORDS

TOLD = {
    "recording": "audio video screen screen-audio, kept as media",
    "transcript": "audio, kept as words, by an engine",
    "summary": "audio, kept as words, by an engine",
    "compose": "chat, kept as nothing, by an engine, drafts",
}
"""By name, in the order in which they are offered."""


def test_what_each_touches_and_what_stays_of_it() -> None:
    said = {
        name: ", ".join(
            [
                " ".join(each.kinds),
                f"kept as {each.keeps}",
                *(["by an engine"] if each.assistant else []),
                *(["drafts"] if each.drafts else []),
            ]
        )
        for name, each in BUILT_IN.items()
    }

    assert said == TOLD
    assert list(said) == list(TOLD)
    assert all(each.id == name for name, each in BUILT_IN.items())


def test_who_keeps_what_is_read_from_the_same_table() -> None:
    assert ASSISTANT == ("transcript", "summary", "compose")
    assert KEEPERS == ("recording", "transcript", "summary")
    assert WORDS == ("transcript", "summary")
