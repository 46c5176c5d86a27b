"""Where a request comes from, for the limits: the address that the gateway saw, or that the portal vouches for."""

import hmac
import ipaddress

from fastapi import Request


class Visitors:
    """The portal calls for its visitors; only with its own token is it believed about their address."""

    def __init__(self, *, portal_token: str | None) -> None:
        self._portal_token = portal_token

    def address(self, request: Request) -> str:
        given = request.headers.get("x-visitor", "")
        if given and self.from_portal(request):
            return network_of(given)
        return network_of(request.client.host if request.client else "")

    def from_portal(self, request: Request) -> bool:
        # Bytes, since compare_digest refuses strings that are not plain ASCII.
        known, token = self._portal_token, request.headers.get("x-visitor-token", "")
        return known is not None and hmac.compare_digest(known.encode(), token.encode())


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that one IPv6 customer has to himself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"  # all of them share one count: unknown must not mean unlimited
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
