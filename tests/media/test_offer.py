import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatekeeper.consent.types import SourceKind
from gatekeeper.errors import MalformedMessage
from gatekeeper.media.tap.offer import Offer, TransportParameters

ALL = tuple(SourceKind)
SOURCES = {"0": SourceKind.MICROPHONE, "1": SourceKind.CAMERA}

# As Chromium 156 writes it, attributes that nobody reads left out.
CHROMIUM = """v=0
o=- 4358805017720277108 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
a=extmap-allow-mixed
a=msid-semantic: WMS
m=audio 42000 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
c=IN IP4 192.0.2.2
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:1 1 udp 2113937151 192.0.2.2 42000 typ host generation 0 network-cost 999
a=candidate:2 1 tcp 1518280447 192.0.2.2 9 typ host tcptype active generation 0
a=ice-ufrag:EsAw
a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
a=ice-options:trickle
a=fingerprint:sha-256 FINGERPRINT
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=sendonly
a=msid:- 5f1c9a4e
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=ssrc:3570614608 cname:4TOk42mSjXCkVIa6
m=video 42000 UDP/TLS/RTP/SAVPF 103 104 96 97
c=IN IP4 192.0.2.2
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:EsAw
a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
a=fingerprint:sha-256 FINGERPRINT
a=setup:actpass
a=mid:1
a=sendonly
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:103 H264/90000
a=rtcp-fb:103 nack pli
a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
a=rtpmap:104 rtx/90000
a=fmtp:104 apt=103
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 goog-remb
a=rtcp-fb:96 nack
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=ssrc-group:FID 2231627014 632943048
a=ssrc:2231627014 cname:4TOk42mSjXCkVIa6
a=ssrc:632943048 cname:4TOk42mSjXCkVIa6
""".replace("FINGERPRINT", ":".join(["0F"] * 32)).replace("\n", "\r\n")


def test_a_browsers_offer_is_understood() -> None:
    offer = Offer.parse(CHROMIUM, SOURCES, ALL)

    sound, picture = offer.sections
    assert (sound.source, sound.payload_type, sound.ssrc) == (
        SourceKind.MICROPHONE,
        111,
        3570614608,
    )
    assert (picture.source, picture.payload_type, picture.ssrc) == (
        SourceKind.CAMERA,
        96,
        2231627014,
    )
    assert [c.ip for c in offer.remote.candidates] == ["192.0.2.2"]


def test_the_answer_takes_vp8_and_opus_and_only_receives() -> None:
    offer = Offer.parse(CHROMIUM, SOURCES, ALL)

    answer = offer.answer(TransportParameters(offer.remote.ice, offer.remote.dtls, []))

    lines = answer.split("\r\n")
    assert "m=audio 9 UDP/TLS/RTP/SAVPF 111" in lines
    assert "m=video 9 UDP/TLS/RTP/SAVPF 96" in lines
    assert lines.count("a=recvonly") == 2
    assert lines.count("a=setup:active") == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a=sendonly", "a=recvonly"),
        ("a=sendonly", "a=inactive"),
        ("a=setup:actpass", "a=setup:active"),
        ("a=rtcp-mux\r\n", ""),
        ("opus/48000/2", "red/48000/2"),
        ("VP8/90000", "VP9/90000"),
        ("m=video", "m=audio"),
        ("a=group:BUNDLE 0 1", "a=group:BUNDLE 0"),
        ("a=group:BUNDLE 0 1\r\n", ""),
        ("a=mid:1", "a=mid:0"),
        ("a=mid:1", "a=mid:2"),
        ("a=ice-ufrag:EsAw\r\n", ""),
        ("a=fingerprint", "a=nothing"),
        ("s=-", "s=-\r\na=ice-lite"),
        ("2231627014", "3570614608"),
        ("m=audio 42000", "m=audio many"),
        ("a=rtpmap:96 VP8", "a=rtpmap:vp8 VP8"),
    ],
)
def test_an_offer_that_is_not_what_was_asked_for_is_refused(old: str, new: str) -> None:
    assert old in CHROMIUM

    with pytest.raises(MalformedMessage):
        Offer.parse(CHROMIUM.replace(old, new), SOURCES, ALL)


@pytest.mark.parametrize(
    "sources",
    [
        {},
        {"0": SourceKind.MICROPHONE},
        {"0": SourceKind.MICROPHONE, "2": SourceKind.CAMERA},
        {"0": SourceKind.CAMERA, "1": SourceKind.MICROPHONE},
        {"0": SourceKind.MICROPHONE, "1": SourceKind.MICROPHONE},
        {**SOURCES, "2": SourceKind.SCREEN},
    ],
)
def test_sources_must_fit_the_sections(sources: dict[str, SourceKind]) -> None:
    with pytest.raises(MalformedMessage):
        Offer.parse(CHROMIUM, sources, ALL)


def test_a_source_that_the_feature_does_not_touch_is_refused() -> None:
    with pytest.raises(MalformedMessage):
        Offer.parse(CHROMIUM, SOURCES, [SourceKind.MICROPHONE])


def test_the_server_is_not_made_to_knock_on_many_doors() -> None:
    line = "a=candidate:1 1 udp 2113937151 192.0.2.2 42000 typ host"
    many = "\r\n".join([line] * 30)

    with pytest.raises(MalformedMessage, match="candidates"):
        Offer.parse(CHROMIUM.replace(line, many), SOURCES, ALL)


def test_an_endless_offer_is_refused() -> None:
    with pytest.raises(MalformedMessage, match="long"):
        Offer.parse(CHROMIUM + "a=x\r\n" * 20_000, SOURCES, ALL)


@given(st.text(max_size=300))
def test_whatever_the_text_is_it_is_refused(text: str) -> None:
    with pytest.raises(MalformedMessage):
        Offer.parse(text, SOURCES, ALL)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_offer_is_refused_or_understood(data: st.DataObject) -> None:
    lines = CHROMIUM.split("\r\n")
    for _ in range(data.draw(st.integers(1, 3))):
        number = data.draw(st.integers(0, len(lines) - 1))
        cut = data.draw(st.integers(0, len(lines[number])))
        lines[number] = lines[number][:cut] + data.draw(st.text(max_size=8))

    with contextlib.suppress(MalformedMessage):
        Offer.parse("\r\n".join(lines), SOURCES, ALL)
