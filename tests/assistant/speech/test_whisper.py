"""The second engine, through its real loader."""

from pathlib import Path

import pytest

from gatekeeper.assistant.speech.settings import EngineSettings
from gatekeeper.assistant.speech.whisper import Whisper, missing
from tests.assistant.speech import tiny_whisper, voices
from tests.assistant.speech.conftest import Listener, recogniser, say

OPENING = "We have three things to settle today."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_whisper.make(tmp_path_factory.mktemp("whisper") / "tiny")


async def test_a_model_in_a_folder_writes_down_what_is_said(folder: Path) -> None:
    async with recogniser(EngineSettings("whisper", folder)) as ours:
        ann = Listener()
        say(ann.listen(ours), voices.spoken(OPENING) + voices.silence(0.8))
        await ann.until(lambda: bool(ann.said))

    assert ann.text == tiny_whisper.SAYS


def test_nobody_spoke_is_no_words(folder: Path) -> None:
    whisper = Whisper(EngineSettings("whisper", folder))

    assert whisper.recognise(bytearray(voices.silence(2.0))) == ""


@pytest.mark.parametrize(
    "name", ["model.bin", "config.json", "tokenizer.json", "preprocessor_config.json"]
)
def test_an_incomplete_folder_is_refused(
    folder: Path, tmp_path: Path, name: str
) -> None:
    for file in folder.iterdir():
        if file.name != name:
            (tmp_path / file.name).symlink_to(file)

    assert missing(tmp_path) == [name]
    with pytest.raises(FileNotFoundError):
        Whisper(EngineSettings("whisper", tmp_path))


def test_a_name_is_not_looked_up_anywhere() -> None:
    with pytest.raises(FileNotFoundError):
        Whisper(EngineSettings("whisper", Path("small")))
