"""
Features as hosts can ask for them, and notices as a joiner is shown them.

Rule 1: off is off before the answer is sent, and whether or not it could be written
down (design.md, rules 4 and 15).
Rule 2: nothing here lets anybody say yes for somebody: to offer a feature lets hosts
ask, and to put other words in force asks people afresh.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Literal, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from gatekeeper.config import OfferedFeature
from gatekeeper.config.fairness import is_judged
from gatekeeper.config.features import PROCESSOR, RECIPIENTS
from gatekeeper.consent.features import ASSISTANT, KEEPERS
from gatekeeper.consent.notice import TEXTS, Notice
from gatekeeper.consent.types import FeatureId, LanguageTag
from gatekeeper.errors import (
    ConfigInvalid,
    LedgerUnavailable,
    MalformedMessage,
    UnknownFeature,
)
from gatekeeper.meeting.switches import Switches
from gatekeeper.meeting.wordings import Wordings
from gatekeeper.storage.wordings import Wording as Kept
from gatekeeper.web.admin.mistakes import WordingMistake, mistakes_in, told
from gatekeeper.web.admin.wording import Wording
from gatekeeper.web.bodies import body
from gatekeeper.web.shape import Instant, Shape, said
from gatekeeper.wire.members import require_few_members

MOST = 50
"""Versions of a notice that are shown."""

State = Literal["offered", "off", "off-by-file", "unavailable"]
_Tag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")]
_Field = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,16}$")]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8000)]


class Words(Shape):
    """A notice as an admin writes it: fields in braces are filled in by the server."""

    name: str
    object: str
    meaning: str
    captured: str
    purpose: str
    processor: str
    recipients: str
    retention: str
    withdrawal: str


class NoticeInForce(Wording):
    """A notice as a joiner is shown it, and since when."""

    digest: str
    version: int
    """Counted from 1, by feature and language."""
    since: Instant
    own: bool
    """Whether an admin has put it; else it is the file's."""
    words: Words
    """To begin from, for another wording."""


class FeatureState(Shape):
    """A feature that is configured."""

    id: str
    state: State
    """`off`: an admin has switched it off; `off-by-file`: the configuration has."""
    off_since: Instant | None
    unavailable: str | None
    """Why it cannot run here, and what would help."""
    third_party: bool
    """Whether content leaves this server."""
    notices: dict[str, NoticeInForce]
    """By language."""


class Features(Shape):
    """`GET /api/admin/features`."""

    languages: tuple[str, ...]
    features: tuple[FeatureState, ...]


class Changed(Shape):
    """What has come of a change: the feature as it is now."""

    feature: FeatureState
    written: bool
    """Whether it is in the ledger already; else it will be, and holds all the same."""


class History(Shape):
    """`GET /api/admin/features/{feature}/history`: the newest first."""

    versions: tuple[NoticeInForce, ...]


class Draft(Shape):
    """`POST /api/admin/features/{feature}/draft`: what would be shown."""

    notices: dict[str, Wording]
    """By language; of one with a mistake there is none."""
    mistakes: tuple[WordingMistake, ...]
    unjudged: tuple[str, ...]
    """Languages without a list of words that are not fair: nobody has looked there."""


class Switch(BaseModel):
    """What somebody says to switch a feature off, or to offer it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    offered: bool


class Worded(BaseModel):
    """What somebody says to word a notice."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    notices: Annotated[
        dict[_Tag, Annotated[dict[_Field, _Text], Field(max_length=16)]],
        Field(min_length=1, max_length=16),
    ]


_Model = TypeVar("_Model", bound=BaseModel)


class AdminFeatures:
    """Handlers over switches and wordings."""

    def __init__(
        self,
        features: Mapping[FeatureId, OfferedFeature],
        switches: Switches,
        wordings: Wordings,
        languages: Sequence[LanguageTag],
    ) -> None:
        """`features`: those of the configuration, as they are just now."""
        self._languages = tuple(languages)
        self._features = features
        self._switches = switches
        self._wordings = wordings

    def offered(self) -> tuple[int, int]:
        """How many hosts can ask for, and of how many."""
        states = [self._standing(each) for each in self._features.values()]
        return states.count("offered"), len(states)

    async def list(self, request: web.Request) -> web.Response:
        """All of them."""
        return said(
            Features(
                languages=self._languages,
                features=tuple(map(self._state, self._features.values())),
            )
        )

    async def switch(self, request: web.Request) -> web.Response:
        """Switch one off everywhere, or offer it. Raises `LedgerUnavailable`."""
        feature = self._named(request)
        wanted = _read(Switch, await body(request))
        if wanted.offered:
            await self._switches.allow(feature.id)
            return self._changed(feature.id)
        try:
            await self._switches.forbid(feature.id)
        except LedgerUnavailable:
            return self._changed(feature.id, written=False)
        return self._changed(feature.id)

    async def word(self, request: web.Request) -> web.Response:
        """Put other words in force. Raises `LedgerUnavailable`."""
        feature = self._named(request)
        given = _read(Worded, await body(request))
        try:
            await self._wordings.put(feature.id, _by_tag(given))
        except ConfigInvalid as exc:
            return told(exc)
        return self._changed(feature.id)

    async def use_file(self, request: web.Request) -> web.Response:
        """Put the file's words in force again. Raises `LedgerUnavailable`."""
        feature = self._named(request)
        await self._wordings.use_file(feature.id)
        return self._changed(feature.id)

    async def draft(self, request: web.Request) -> web.Response:
        """What would be shown; nothing changes."""
        feature = self._named(request)
        given = _read(Worded, await body(request))
        texts = _by_tag(given)
        notices: Mapping[LanguageTag, Notice] = {}
        wrong: list[WordingMistake] = []
        while texts and not notices:
            try:
                notices = self._wordings.drafted(feature.id, texts)
            except ConfigInvalid as exc:
                found = mistakes_in(exc)
                mistaken = {each.language for each in found} & {*texts}
                wrong += found
                # What is wrong with all of them is told of none of them.
                texts = {t: texts[t] for t in texts if mistaken and t not in mistaken}
        return said(
            Draft(
                notices={tag: Wording(**asdict(notices[tag])) for tag in texts},
                mistakes=tuple(wrong),
                unjudged=tuple(tag for tag in _by_tag(given) if not is_judged(tag)),
            )
        )

    async def history(self, request: web.Request) -> web.Response:
        """Every wording there was, in one language. Raises `LedgerUnavailable`."""
        feature = self._named(request)
        language = LanguageTag(request.query.get("language", ""))
        if language not in self._languages:
            raise MalformedMessage("language: none that this server speaks.")
        versions = await self._wordings.history(feature.id, language)
        return said(
            History(versions=tuple(_kept(feature, each) for each in versions[:MOST]))
        )

    def _named(self, request: web.Request) -> OfferedFeature:
        found = self._features.get(FeatureId(request.match_info["feature"]))
        if found is None:
            raise UnknownFeature("This server does not offer that feature.")
        return found

    def _changed(self, feature: FeatureId, *, written: bool = True) -> web.Response:
        state = self._state(self._features[feature])
        return said(Changed(feature=state, written=written))

    def _standing(self, feature: OfferedFeature) -> State:
        if feature.id in self._switches.by_file:
            return "off-by-file"
        if feature.id in self._switches.off:
            return "off"
        return "offered" if feature.unavailable is None else "unavailable"

    def _state(self, feature: OfferedFeature) -> FeatureState:
        in_force = self._wordings.in_force(feature.id)
        return FeatureState(
            id=feature.id,
            state=self._standing(feature),
            off_since=self._switches.since.get(feature.id),
            unavailable=feature.unavailable,
            third_party=feature.third_party,
            notices={tag: _kept(feature, each) for tag, each in in_force.items()},
        )


def _kept(feature: OfferedFeature, wording: Kept) -> NoticeInForce:
    notice = wording.notice
    return NoticeInForce(
        **asdict(notice),
        digest=notice.digest,
        version=wording.version,
        since=wording.since,
        own=wording.given is not None,
        words=Words(**(wording.given or _to_begin_from(feature, notice))),
    )


def _to_begin_from(feature: OfferedFeature, notice: Notice) -> dict[str, str]:
    """The file's words, with what the server knows best left to it."""
    words = {name: getattr(notice, name) for name in TEXTS}
    if feature.sink in ASSISTANT:
        words["processor"] = PROCESSOR
    if feature.sink in KEEPERS:
        words["recipients"] = RECIPIENTS
    return words


def _by_tag(given: Worded) -> dict[LanguageTag, dict[str, str]]:
    return {LanguageTag(tag): dict(texts) for tag, texts in given.notices.items()}


def _read(model: type[_Model], raw: bytes) -> _Model:
    require_few_members(raw)
    try:
        return model.model_validate_json(raw)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_input=False)[0]
        pointer = "/" + "/".join(str(part) for part in first["loc"])
        raise MalformedMessage(f"{pointer}: {first['msg']}") from exc
