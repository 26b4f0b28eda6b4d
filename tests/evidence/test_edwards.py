"""Which bytes are a point, by the curve's equation and Euler's criterion instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.evidence.edwards import is_public_key
from tests.evidence.people import unhurried

P = 2**255 - 19
BASE = (4 * pow(5, -1, P)) % P
"""The base point's y (RFC 8032, section 5.1)."""
OF_ORDER_EIGHT = (
    2707385501144840649318225287225658788936804267575313519463743609750303402022
)
SMALL = {0, 1, P - 1, OF_ORDER_EIGHT, P - OF_ORDER_EIGHT}
"""Every y whose point has an order of at most eight."""


def on_the_curve(y: int) -> bool:
    """Whether -x² + y² = 1 + d x² y² has a solution x (RFC 8032, section 5.1)."""
    d = -121665 * pow(121666, P - 2, P)
    square = (y * y - 1) * pow(d * y * y + 1, P - 2, P) % P
    return square == 0 or pow(square, (P - 1) // 2, P) == 1


def encoded(y: int, sign: int = 0) -> bytes:
    return (y | sign << 255).to_bytes(32, "little")


@unhurried
@given(st.integers(0, 2**255 - 1), st.integers(0, 1))
def test_a_point_of_the_curve_is_a_key_and_nothing_else(y: int, sign: int) -> None:
    wanted = y < P and on_the_curve(y) and y not in SMALL

    assert is_public_key(encoded(y, sign)) == wanted


@pytest.mark.parametrize("y", range(2, 60))
def test_each_small_number_is_judged_by_the_equation(y: int) -> None:
    for sign in (0, 1):
        assert is_public_key(encoded(y, sign)) == on_the_curve(y)
        assert is_public_key(encoded(P - y, sign)) == on_the_curve(P - y)


@pytest.mark.parametrize("sign", [0, 1])
def test_a_point_of_small_order_is_no_key_however_it_is_written(sign: int) -> None:
    for y in SMALL:
        assert on_the_curve(y)
        assert not is_public_key(encoded(y, sign))
    for y in range(P, 2**255):
        assert not is_public_key(encoded(y, sign))


def test_a_key_has_32_bytes() -> None:
    whole = encoded(BASE)

    assert is_public_key(whole)
    for raw in (b"", whole[:31], whole + b"\0", b"\0" + whole, 2 * whole):
        assert not is_public_key(raw)
