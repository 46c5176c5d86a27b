"""Whose report it is: the visitor's behind the portal, and nobody's by a made-up header."""

import pytest
from starlette.requests import Request

from shared.visitor import Visitors, network_of

TOKEN = "t" * 32


def request(**headers: str) -> Request:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": sent, "client": ("10.0.0.7", 1)})


@pytest.mark.parametrize(
    ("known", "headers", "address"),
    [
        (TOKEN, {"x_visitor": "1.2.3.4", "x_visitor_token": TOKEN}, "1.2.3.4"),
        (TOKEN, {"x_visitor": "1.2.3.4", "x_visitor_token": "x"}, "10.0.0.7"),
        (TOKEN, {"x_visitor": "1.2.3.4"}, "10.0.0.7"),
        (TOKEN, {}, "10.0.0.7"),
        (None, {"x_visitor": "1.2.3.4", "x_visitor_token": ""}, "10.0.0.7"),
    ],
)
def test_only_the_portal_is_believed_about_its_visitors(
    known: str | None, headers: dict[str, str], address: str
) -> None:
    assert Visitors(portal_token=known).address(request(**headers)) == address


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("1.2.3.4", "1.2.3.4"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("", "unknown"),
        ("x", "unknown"),
    ],
)
def test_what_counts_as_one_address(address: str, counted: str) -> None:
    assert network_of(address) == counted
