"""
Offer: a browser's SDP, checked against what the permit covers, and the answer.

Rule 1: an offer that is not exactly what was asked for is refused whole.
Rule 2: the answer takes VP8 and Opus, receives only, and names no third party.
"""

import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiortc import RTCDtlsParameters, RTCIceCandidate, RTCIceParameters
from aiortc.sdp import MediaDescription, SessionDescription, candidate_to_sdp

from gatekeeper.consent.types import MediaKind, SourceKind
from gatekeeper.errors import MalformedMessage
from gatekeeper.media.tap.sdp import thinned

MAX_CANDIDATES = 24
"""More than any browser has. Whether they are used at all: see `reach`."""
_UFRAG = re.compile(r"[A-Za-z0-9+/]{4,256}")
_PASSWORD = re.compile(r"[A-Za-z0-9+/]{22,256}")
"""RFC 8839, 5.4: they go into what we send, and into each check of its authenticity."""

_CODECS = {"audio": ("audio/opus", 48_000), "video": ("video/vp8", 90_000)}
_FORMAT = {"audio": (), "video": ("x-google-start-bitrate=1000",)}
"""Chromium sizes its first pictures by the start bitrate (kbit/s): with its default of
300 a 720p camera stays at 360p for a quarter of a minute. Others ignore it."""
_FEEDBACK = {"audio": (), "video": ("nack", "nack pli", "goog-remb")}


@dataclass(frozen=True, slots=True)
class Section:
    """One media section that the tap receives."""

    mid: str
    source: SourceKind
    kind: MediaKind
    profile: str
    payload_type: int
    ssrc: int | None
    """None if the offer does not say; the payload type must tell then."""


@dataclass(frozen=True, slots=True)
class TransportParameters:
    """How to reach one end of a tap."""

    ice: RTCIceParameters
    dtls: RTCDtlsParameters
    candidates: Sequence[RTCIceCandidate]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a participant offers to send, and from where."""

    sections: tuple[Section, ...]
    remote: TransportParameters

    @classmethod
    def parse(
        cls,
        sdp: str,
        sources: Mapping[str, SourceKind],
        covered: Collection[SourceKind],
    ) -> "Offer":
        """Read and check an offer. Raises `MalformedMessage` and nothing else."""
        _check_sources(sources, covered)
        description = _described(thinned(sdp))
        sections = tuple(_section(media, sources) for media in description.media)
        mids = [section.mid for section in sections]
        bundle = [g.items for g in description.group if g.semantic == "BUNDLE"]
        if sorted(mids) != sorted(sources) or [sorted(b) for b in bundle] != [
            sorted(mids)
        ]:
            raise MalformedMessage("The offer must bundle exactly the named sections.")
        ssrcs = [section.ssrc for section in sections if section.ssrc is not None]
        if len(set(ssrcs)) != len(ssrcs):
            raise MalformedMessage("Two sections of the offer share an SSRC.")
        lead = next(m for m in description.media if m.rtp.muxId == bundle[0][0])
        return cls(sections, _endpoint(lead))

    def answer(self, local: TransportParameters) -> str:
        """The SDP answer of the end at `local`."""
        lines = [
            "v=0",
            f"o=- {secrets.randbits(62)} 1 IN IP4 0.0.0.0",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE " + " ".join(section.mid for section in self.sections),
        ]
        for section in self.sections:
            lines += _answered(section, local)
        return "\r\n".join(lines) + "\r\n"


def _check_sources(
    sources: Mapping[str, SourceKind], covered: Collection[SourceKind]
) -> None:
    kinds = list(sources.values())
    if not kinds or len(set(kinds)) != len(kinds) or not set(kinds) <= set(covered):
        raise MalformedMessage(
            "The offer must name each of its sources once, and only those asked for."
        )


def _described(sdp: str) -> SessionDescription:
    try:
        return SessionDescription.parse(sdp)
    # What aiortc's parser raises for what is not SDP; it has no error of its own.
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        StopIteration,
        TypeError,
        ValueError,
    ) as exc:
        raise MalformedMessage("The offer is not valid SDP.") from exc


def _section(media: MediaDescription, sources: Mapping[str, SourceKind]) -> Section:
    source = sources.get(media.rtp.muxId)
    if source is None:
        raise MalformedMessage("The offer has a section that is not named.")
    if media.kind != source.media:
        raise MalformedMessage(f"A {source} needs a section of kind {source.media}.")
    if media.direction not in ("sendonly", "sendrecv") or not media.rtcp_mux:
        raise MalformedMessage("Each section of the offer must send, with rtcp-mux.")
    return Section(
        mid=media.rtp.muxId,
        source=source,
        kind=source.media,
        profile=media.profile,
        payload_type=_payload_type(media),
        ssrc=media.ssrc[0].ssrc & 0xFFFFFFFF if media.ssrc else None,
    )


def _payload_type(media: MediaDescription) -> int:
    wanted = _CODECS[media.kind]
    for codec in media.rtp.codecs:
        if (codec.mimeType.lower(), codec.clockRate) == wanted:
            number: Any = codec.payloadType
            if number in media.fmt and 0 <= number < 128:
                return int(number)
    raise MalformedMessage(f"The offer lacks {wanted[0]}.")


def _endpoint(media: MediaDescription) -> TransportParameters:
    ice, dtls = media.ice, media.dtls
    if (
        ice is None
        or ice.iceLite
        or not _UFRAG.fullmatch(ice.usernameFragment or "")
        or not _PASSWORD.fullmatch(ice.password or "")
    ):
        raise MalformedMessage("The offer lacks ICE credentials, or is ICE lite.")
    if dtls is None or not dtls.fingerprints or dtls.role == "client":
        raise MalformedMessage("The offer needs a fingerprint and setup:actpass.")
    candidates = [
        candidate
        for candidate in media.ice_candidates
        if candidate.protocol.lower() == "udp"
        and candidate.component == 1
        and candidate.type in ("host", "srflx", "relay")
        and 0 < candidate.port < 65_536
    ]
    if len(candidates) > MAX_CANDIDATES:
        raise MalformedMessage("The offer has too many candidates.")
    return TransportParameters(ice, dtls, candidates)


def _answered(section: Section, local: TransportParameters) -> list[str]:
    number = section.payload_type
    codec = "opus/48000/2" if section.kind == "audio" else "VP8/90000"
    return [
        f"m={section.kind} 9 {section.profile} {number}",
        "c=IN IP4 0.0.0.0",
        "a=recvonly",
        f"a=mid:{section.mid}",
        "a=rtcp:9 IN IP4 0.0.0.0",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        f"a=rtpmap:{number} {codec}",
        *(f"a=fmtp:{number} {format_}" for format_ in _FORMAT[section.kind]),
        *(f"a=rtcp-fb:{number} {feedback}" for feedback in _FEEDBACK[section.kind]),
        *("a=candidate:" + candidate_to_sdp(c) for c in local.candidates),
        "a=end-of-candidates",
        f"a=ice-ufrag:{local.ice.usernameFragment}",
        f"a=ice-pwd:{local.ice.password}",
        *(f"a=fingerprint:{f.algorithm} {f.value}" for f in local.dtls.fingerprints),
        "a=setup:active",
    ]
