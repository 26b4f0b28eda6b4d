"""The configuration: the example is true, and a mistake is named with its fix."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from gatekeeper.app.cli import main
from gatekeeper.app.engines import Keys, choose_engines
from gatekeeper.config import Config, OfferedFeature, load, offered
from gatekeeper.config.features import NoticeText
from gatekeeper.config.locales import locales
from gatekeeper.consent.notice import TEXTS
from gatekeeper.consent.types import FeatureId, LanguageTag, NoticeDigest, SharedWith
from gatekeeper.errors import ConfigInvalid

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"


def written(path: Path, text: str) -> Path:
    file = path / "gatekeeper.toml"
    file.write_text(text, "utf-8")
    return file


def offers(config: Config) -> tuple[OfferedFeature, ...]:
    return offered(config, choose_engines(config, Keys()).runs)


def test_the_example_is_what_holds_without_a_file() -> None:
    example, default = load(EXAMPLE), Config()

    assert example.model_dump(exclude={"features"}) == default.model_dump(
        exclude={"features"}
    )
    assert offers(example) == offers(default)


def test_the_example_names_every_key() -> None:
    text = EXAMPLE.read_text("utf-8")
    given = tomllib.loads(
        re.sub(
            "^# (model_dir|key_file|tls_certificate|tls_key|redirect_port|logo"
            "|deletions|keep_for)",
            r"\1",
            text,
            flags=re.MULTILINE,
        )
    )

    for section, model in Config().model_dump(mode="json").items():
        if section != "features":
            assert set(given[section]) == set(model), section


def test_the_commented_features_of_the_example_are_good(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    start = lines.index("# [features.transcript]")
    wanted = ("# [", "# sink", "# kinds", "# third_party", "# processor")
    text = "[meeting]\nlanguages = ['en', 'de']\n" + "\n".join(
        line.removeprefix("# ")
        for line in lines[start:]
        if line.startswith(wanted) or " = " in line
    )

    features = [offer.id for offer in offers(load(written(tmp_path, text)))]

    assert features == ["recording", "transcript", "summary", "compose", "minutes"]


def test_whatever_the_example_says_can_be_left_out(tmp_path: Path) -> None:
    """One line or one table less, or nothing but it: all the same."""
    lines = EXAMPLE.read_text("utf-8").splitlines()
    tables = [n for n, line in enumerate(lines) if line.startswith("[")]
    keys = [n for n, line in enumerate(lines) if re.match(r"[a-z_]+ = ", line)]
    ends = [*tables[1:], len(lines)]
    parts = [[n] for n in keys] + [
        list(range(start, end)) for start, end in zip(tables, ends, strict=True)
    ]
    assert len(parts) > 50

    whole = load(EXAMPLE)
    for part in parts:
        table = max(n for n in tables if n <= part[0])
        less = [line for n, line in enumerate(lines) if n not in part]
        alone = [lines[table], *(lines[n] for n in part if n != table)]
        for text in (less, alone):
            config = load(written(tmp_path, "\n".join(text)))
            said = "\n".join(lines[n] for n in part)
            same = {"features"}
            assert config.model_dump(exclude=same) == whole.model_dump(exclude=same)
            assert offers(config) == offers(whole), said


def test_a_feature_is_left_out_by_saying_so(tmp_path: Path) -> None:
    file = written(tmp_path, "[features.summary]\nenabled = false")

    assert [offer.id for offer in offers(load(file))] == [
        *("recording", "transcript", "compose")
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[ai]\nbase_url = 'http://c'\nmodel = 'm'\nkey_file", "ai.key_file"),
        ("[speech]\nkey_file", "speech.key_file"),
        (
            "[[ice.servers]]\nurls = 'turn:t'\nusername = 'u'\ncredential_file",
            "credential_file",
        ),
        ("[[ice.servers]]\nurls = 'turn:t'\nsecret_file", "secret_file"),
    ],
)
def test_a_secret_that_others_can_read_is_refused_with_what_mends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, key: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret", "utf-8")
    data = f"[data]\ndirectory = '{tmp_path / 'data'}'\n"
    file = written(tmp_path, f"{data}{text} = '{secret}'")

    for mode in (0o640, 0o604, 0o620, 0o666):
        secret.chmod(mode)
        assert main(["check", str(file)]) == 2
        said = capsys.readouterr().err
        assert key in said
        assert f"chmod 600 {secret}" in said
        assert "s3cret" not in said
    for mode in (0o600, 0o400):
        secret.chmod(mode)
        assert main(["check", str(file)]) == 0


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[server]\nprot = 1", "server.prot: there is no such key"),
        ("[server]\nport = 'x'", "server.port"),
        ("[server]\nport = 70000", "server.port"),
        ("[features.recording]\ngrant_for_all = true", "grant_for_all"),
        ("[features.minutes]\nsink = 'external'", "[features.minutes.notices.en]"),
        ("[features.stream]", "features.stream has no notice in en, ar, de, es, fr"),
        ("[features.transcript]\nsink = 'compose'", "features.transcript.sink"),
        ("[features.summary]\nprocessor.en = 'Elves'", "features.summary.processor"),
        ("[features.summary]\nkinds = ['screen']", "features.summary.kinds"),
        ("[ai]\nmodel = 'x'", "ai.base_url and ai.model go together"),
        ("[ai]\ncontext_tokens = 10", "ai.context_tokens"),
        ("[speech]\nengine = 'magic'", "speech.engine"),
        ("[features.transcript]\nsink = 'external'", "features.transcript.processor"),
        ("[meeting]\nask_again = 1", "meeting.ask_again"),
        ("[features.recording]\nshared_with = 'all'", "recording.shared_with"),
        ("[features.compose]\nshared_with = 'present'", "compose.shared_with"),
        (
            "[features.recording]\nsink = 'external'\nshared_with = 'meeting'",
            "recording.shared_with: nothing of it is kept here",
        ),
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


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[ai]\nbase_url = 'ftp://x'\nmodel = 'm'", "ai.base_url: write an address"),
        ("[ai]\nbase_url = 'http://a:b@c'\nmodel = 'm'", "ai.base_url: put the key"),
        (
            "[ai]\nbase_url = 'http://c'\nmodel = 'm'\nkey_file = '/nowhere/key'",
            "ai.key_file: /nowhere/key cannot be read",
        ),
        (
            "[speech]\nengine = 'http'\nbase_url = 'here'\nmodel = 'm'",
            "speech.base_url",
        ),
    ],
)
def test_equipment_that_cannot_be_used_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, named: str
) -> None:
    data = f"[data]\ndirectory = '{tmp_path / 'data'}'\n"

    assert main(["check", str(written(tmp_path, data + text))]) == 2
    assert named in capsys.readouterr().err


def test_a_feature_that_cannot_run_is_named_with_the_fix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"[data]\ndirectory = '{tmp_path / 'data'}'\n[speech]\nengine = 'none'"

    assert main(["check", str(written(tmp_path, text))]) == 0
    said = capsys.readouterr().out
    assert "transcript cannot run here." in said
    assert "[speech] engine" in said


def digests(feature: str, **sections: dict[str, Any]) -> set[NoticeDigest]:
    found = {o.id: o for o in offers(Config.model_validate(sections))}
    return {notice.digest for notice in found[FeatureId(feature)].notices.values()}


@pytest.mark.parametrize(
    ("feature", "sections"),
    [
        ("recording", {"features": {"recording": {"keep_for": "30 days"}}}),
        ("recording", {"controller": {"name": "A co-op"}}),
        ("transcript", {"features": {"transcript": {"keep_for": "1 day"}}}),
        ("recording", {"features": {"recording": {"shared_with": "meeting"}}}),
        ("transcript", {"features": {"transcript": {"shared_with": "meeting"}}}),
        ("summary", {"features": {"summary": {"shared_with": "meeting"}}}),
        ("transcript", {"speech": {"engine": "whisper", "model_dir": "base"}}),
        ("summary", {"speech": {"engine": "whisper", "model_dir": "base"}}),
        ("summary", {"ai": {"base_url": "http://localhost:1/v1", "model": "a"}}),
        ("compose", {"ai": {"base_url": "http://localhost:1/v1", "model": "a"}}),
    ],
)
def test_other_settings_are_another_notice(
    feature: str, sections: dict[str, Any]
) -> None:
    plain: dict[str, Any] = {
        name: {} for name in ("recording", "transcript", "summary", "compose")
    }
    given = sections | {"features": plain | sections.get("features", {})}

    assert not digests(feature, **given) & digests(feature, features=plain)


KEEPING = ("recording", "transcript", "summary")


@pytest.mark.parametrize("feature", KEEPING)
@pytest.mark.parametrize("rules", [True, False])
def test_R19_present_who_gets_it_is_said_in_each_notice(
    feature: str, rules: bool
) -> None:
    ai = {} if rules else {"base_url": "http://localhost:1/v1", "model": "a"}
    said = {}
    for shared in SharedWith:
        features = {name: {"shared_with": shared} for name in KEEPING}
        found = {
            offer.id: offer
            for offer in offers(Config.model_validate({"features": features, "ai": ai}))
        }
        offer = found[FeatureId(feature)]
        assert offer.shared_with is shared
        said[shared] = {tag: n.recipients for tag, n in offer.notices.items()}

    here, wide = said[SharedWith.PRESENT], said[SharedWith.MEETING]
    assert here[LanguageTag("en")].startswith("You get what you were there for")
    assert here[LanguageTag("de")].startswith("Du bekommst das, wobei du dabei warst")
    assert "everybody who was there for any part" in wide[LanguageTag("en")]
    assert "alle, die irgendwann dabei waren" in wide[LanguageTag("de")]
    for words in (here, wide):
        assert "the people who run this server" in words[LanguageTag("en")]
        assert "wer diesen Server betreibt" in words[LanguageTag("de")]


def test_R19_present_what_another_program_keeps_is_not_promised() -> None:
    features = {"recording": {"sink": "external"}}
    (offer,) = offers(Config.model_validate({"features": features}))

    words = offer.notices[LanguageTag("en")].recipients
    assert words == "The people who are in it, and the people who run this server"


def test_an_own_notice_says_all_that_a_notice_says() -> None:
    assert tuple(NoticeText.model_fields) == TEXTS


def own(recipients: str) -> dict[str, str]:
    """A notice of an admin's."""
    names = ("name", "object", "meaning", "captured", "purpose", "processor")
    rest = dict.fromkeys((*names, "retention", "withdrawal"), "x")
    return rest | {"recipients": recipients}


def test_R19_present_an_own_notice_says_it_where_everybody_gets_all() -> None:
    def recording(recipients: str, **more: str) -> dict[str, Any]:
        notice = own(recipients)
        feature: dict[str, Any] = {"notices": {"en": notice, "de": notice}}
        return {"features": {"recording": feature | more}}

    with pytest.raises(ValidationError, match="recipients must hold"):
        Config.model_validate(recording("Us", shared_with="meeting"))
    with pytest.raises(ValidationError, match="nothing of it is kept here"):
        Config.model_validate(recording("Us: {recipients}", sink="external"))
    for shared, words in (("present", "You get"), ("meeting", "All of it goes to")):
        given = recording("{recipients}.", shared_with=shared)
        (offer,) = offers(Config.model_validate(given))
        assert offer.notices[LanguageTag("en")].recipients.startswith(words)
    (offer,) = offers(Config.model_validate(recording("Us")))
    assert offer.notices[LanguageTag("en")].recipients == "Us"


def test_a_notice_names_engine_model_and_host() -> None:
    here = {"base_url": "http://127.0.0.1:11434/v1", "model": "apertus"}
    there = {"base_url": "https://ai.example.com/v1", "model": "apertus"}
    near, far = (
        {o.id: o for o in offers(Config.model_validate({"ai": ai}))}
        for ai in (here, there)
    )
    summary, compose = FeatureId("summary"), FeatureId("compose")
    english = LanguageTag("en")

    assert "apertus on this server" in near[summary].notices[english].processor
    assert "moonshine-voice 0.1.0" in near[summary].notices[english].processor
    assert not near[summary].third_party
    assert "apertus at ai.example.com" in far[compose].notices[english].processor
    assert "cannot be called back" in far[compose].notices[english].processor
    assert far[summary].third_party
    assert far[compose].third_party


def test_without_a_model_a_feature_has_another_name() -> None:
    rules = {o.id: o for o in offers(Config())}
    names = {name: o.notices[LanguageTag("en")].name for name, o in rules.items()}

    assert names == {
        "recording": "Recording",
        "transcript": "Transcript",
        "summary": "Highlights",
        "compose": "Chat recap",
    }


def test_no_key_is_shown_by_what_holds_it(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("sk-marker", "utf-8")
    (tmp_path / "key").chmod(0o600)
    ai = {
        "base_url": "http://localhost:1/v1",
        "model": "m",
        "key_file": tmp_path / "key",
    }
    config = Config.model_validate({"ai": ai})
    equipment = choose_engines(config, Keys(speech="sk-marker"))

    assert equipment.endpoint is not None
    assert equipment.endpoint.key == "sk-marker"
    assert "sk-marker" not in f"{config!r} {equipment!r}"


OWN = "[features.minutes]\nsink = 'external'\nkinds = ['audio']\n"


def own_notice(tag: str) -> str:
    """A notice of that feature in one language."""
    said = "".join(f"{key} = '{key} in {tag}'\n" for key in TEXTS)
    return f"[features.minutes.notices.{tag}]\n{said}"


def test_W5_meetings_are_offered_in_the_languages_that_are_wished_for(
    tmp_path: Path,
) -> None:
    text = "[meeting]\nlanguages = ['fr', 'en']\n" + OWN
    features = offers(
        load(written(tmp_path, text + own_notice("fr") + own_notice("en")))
    )

    assert {tuple(feature.notices) for feature in features} == {("fr", "en")}
    (minutes,) = (each for each in features if each.id == "minutes")
    told = {tag: minutes.notice(tag).language for tag in ("fr-CA", "en", "de", "eo")}
    assert told == {"fr-CA": "fr", "en": "en", "de": "fr", "eo": "en"}
    with pytest.raises(ConfigInvalid, match=r"has no notice in en\. Add"):
        load(written(tmp_path, text + own_notice("fr")))
    with pytest.raises(ConfigInvalid, match=r"meeting\.languages"):
        load(written(tmp_path, "[meeting]\nlanguages = ['tlh']"))


def test_W5_of_languages_that_are_not_said_all_are_offered() -> None:
    assert Config().languages == tuple(locales())
    for feature in offers(Config()):
        assert tuple(feature.notices) == tuple(locales())
