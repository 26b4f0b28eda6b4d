"""The configuration: the example is true, and a mistake is named with its fix."""

import tomllib
from pathlib import Path

import pytest

from gatekeeper.__main__ import main
from gatekeeper.config import Config, load
from gatekeeper.errors import ConfigInvalid

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"


def written(path: Path, text: str) -> Path:
    file = path / "gatekeeper.toml"
    file.write_text(text, "utf-8")
    return file


def test_the_example_is_what_holds_without_a_file() -> None:
    example, default = load(EXAMPLE), Config()

    assert example.model_dump(exclude={"features"}) == default.model_dump(
        exclude={"features"}
    )
    assert example.offered() == default.offered()


def test_the_example_names_every_key() -> None:
    given = tomllib.loads(EXAMPLE.read_text("utf-8"))

    for section, model in Config().model_dump(mode="json").items():
        if section != "features":
            assert set(given[section]) == set(model), section


def test_the_commented_features_of_the_example_are_good(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if "[features.transcript]" in line)
    wanted = ("# [", "# sink", "# kinds", "# processor")
    text = "\n".join(
        line.removeprefix("# ")
        for line in lines[start:]
        if line.startswith(wanted) or " = " in line
    )

    features = [offer.id for offer in load(written(tmp_path, text)).offered()]

    assert features == ["transcript", "minutes"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[server]\nprot = 1", "server.prot: there is no such key"),
        ("[server]\nport = 'x'", "server.port"),
        ("[server]\nport = 70000", "server.port"),
        ("[features.recording]\ngrant_for_all = true", "grant_for_all"),
        ("[features.minutes]\nsink = 'external'", "[features.minutes.notices.en]"),
        ("[features.transcript]", "features.transcript.sink is not set"),
        ("[features.transcript]\nsink = 'external'", "features.transcript.processor"),
        ("[meeting]\nask_again = 1", "meeting.ask_again"),
        ("nonsense", "not TOML"),
    ],
)
def test_a_mistake_names_file_key_and_fix(
    tmp_path: Path, text: str, named: str
) -> None:
    file = written(tmp_path, text)

    with pytest.raises(ConfigInvalid) as refused:
        load(file)

    assert str(file) in str(refused.value)
    assert named in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid, match=r"nowhere\.toml: cannot be read"):
        load(tmp_path / "nowhere.toml")


def test_checking_a_bad_file_exits_with_2_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "[serve]\nport = 1")

    assert main(["check", str(file)]) == 2
    assert "serve: there is no such key" in capsys.readouterr().err


def test_checking_an_unreachable_directory_exits_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    directory = tmp_path / "file" / "data"
    file = written(tmp_path, f"[data]\ndirectory = '{directory}'")

    assert main(["check", str(file)]) == 2
    assert "data.directory" in capsys.readouterr().err


def test_other_settings_are_another_notice() -> None:
    week = Config().offered()[0]
    month = Config.model_validate(
        {"features": {"recording": {"keep_for": "30 days"}}}
    ).offered()[0]
    named = Config.model_validate({"controller": {"name": "A co-op"}}).offered()[0]

    digests = {o.notices["en"].digest for o in (week, month, named)}  # type: ignore[index]

    assert len(digests) == 3
