"""Runs the scripts in `tests/meetings/`, which are written for people to read."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.consent.effects import (
    Admit,
    Ask,
    Close,
    Effect,
    Grant,
    Lapse,
    Open,
    RecordGrant,
    RecordOpening,
    RecordWithdrawal,
)
from gatekeeper.consent.gate import Gate
from gatekeeper.consent.types import FeatureId, ParticipantId
from tests.consent.people import notice, yes

SCRIPTS = sorted((Path(__file__).parent.parent / "meetings").glob("*.txt"))


def spoken(effect: Effect) -> str:
    match effect:
        case Close(feature):
            return f"close {feature}"
        case Open(feature):
            return f"open {feature}"
        case Lapse(feature):
            return f"tell everyone that answers about {feature} have lapsed"
        case RecordOpening(feature, grants):
            names = " and ".join(grant.participant for grant in grants)
            verb = "allow" if len(grants) > 1 else "allows"
            return f"write down that {names} {verb} {feature}"
        case RecordGrant(grant):
            return f"write down that {grant.participant} allows {grant.feature}"
        case RecordWithdrawal(grant):
            return f"write down that {grant.participant} takes {grant.feature} back"
        case Admit(participant):
            return f"let {participant} in"
        case Ask(feature, None):
            return f"ask everyone about {feature}"
        case Ask(feature, to):
            return f"ask {to} about {feature}"


def new_gate(*features: FeatureId) -> Gate:
    return Gate({feature: [notice(feature)] for feature in features})


class Stage:
    """Acts out one script on a gate, or on what takes the same events."""

    def __init__(
        self, features: list[str], make: Callable[..., Any] = new_gate
    ) -> None:
        self.version = {FeatureId(f): 1 for f in features}
        self.gate = make(*self.version)

    def act(self, line: str) -> Any:
        words = line.split()
        who, verb = ParticipantId(words[0]), words[1]
        if who == "the":
            return self._office(words[1], words[2], FeatureId(words[-1]))
        feature = FeatureId(words[-1])
        match verb:
            case "joins":
                host = "as the host" in line
                return self.gate.join(who, self._answers(who, line), host=host)
            case "comes":
                host = "as the host" in line
                return self.gate.replace(who, self._answers(who, line), host=host)
            case "allows":
                return self.gate.grant(yes(who, feature, self.version[feature]))
            case "refuses":
                return self.gate.decline(who, feature)
            case "leaves":
                return self.gate.leave(who)
            case "knocks":
                return []
            case "loses":
                return self.gate.lose(who)
            case "is":
                return self.gate.regain(who)
            case _:
                raise AssertionError(f"nobody knows how to act out: {line}")

    def _office(self, who: str, verb: str, feature: FeatureId) -> Any:
        match who, verb:
            case "host", "asks":
                return self.gate.request(feature, ask=True)
            case "host", "removes":
                return self.gate.remove(ParticipantId(feature))
            case "host", "refuses":
                return self.gate.turn_away()
            case "host", "stops":
                return self.gate.cancel(feature)
            case "recording" | "transcript", "has":
                return self.gate.expire(FeatureId(who))
            case "admin", "forbids":
                return self.gate.forbid(feature)
            case "admin", "rewords":
                self.version[feature] += 1
                return self.gate.reword(
                    feature, [notice(feature, self.version[feature])]
                )
            case _:
                raise AssertionError(f"the {who} cannot {verb}")

    def _answers(self, who: ParticipantId, line: str) -> dict[FeatureId, Grant | None]:
        answers: dict[FeatureId, Grant | None] = {}
        for verb, name in re.findall(r"(allowing|refusing) (\S+)", line):
            feature = FeatureId(name)
            answers[feature] = yes(who, feature) if verb == "allowing" else None
        return answers


def written(script: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """The features that are offered, then each event with what has to follow."""
    lines = [
        line.split("#")[0].rstrip()
        for line in script.read_text("utf-8").splitlines()
        if line.split("#")[0].strip()
    ]
    assert lines[0].startswith("offered:")
    told = [line.partition("|") for line in lines[1:]]
    events = [(event.strip(), expected.strip()) for event, _, expected in told]
    return lines[0].removeprefix("offered:").split(), events


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_meeting_goes_as_written(script: Path) -> None:
    features, events = written(script)
    stage = Stage(features)

    for event, expected in events:
        done = "; ".join(spoken(e) for e in stage.act(event)) or "nothing"
        assert done == expected, f"{script.name}: {event}"


def test_there_are_scripts() -> None:
    assert len(SCRIPTS) >= 6
