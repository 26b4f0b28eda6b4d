"""The worst that a stranger may send to each parser, one input at a time."""

from collections.abc import Iterator

from tests.hostile.datagrams import arriving, datagrams, fragmented, fragments
from tests.hostile.fields import fields, names
from tests.hostile.input import Input, ready
from tests.hostile.packets import packets
from tests.hostile.texts import texts


def corpus() -> Iterator[Input]:
    """All of them."""
    for some in (texts, fields, names):
        for name, act in some():
            yield Input(name, ready(act))
    for name, datagram in datagrams():
        yield Input(name, arriving(datagram))
    for name, fragment in fragments().items():
        yield Input(f"websocket: {name}", fragmented(fragment))
    yield from packets()
