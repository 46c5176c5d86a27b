"""Where a report comes from: the address that the gateway saw, or that the portal vouches for."""

from typing import Annotated

from fastapi import Depends, Request


async def _address(request: Request) -> str:
    found: str = request.app.state.visitors.address(request)
    return found


Address = Annotated[str, Depends(_address)]
