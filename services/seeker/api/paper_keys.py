"""The public keys of printed papers, at their well-known address: with them anybody checks a paper offline."""

from typing import Any

from fastapi import Request, Response

from shared import auth
from shared.papers.signing import KEYS_PATH
from shared.routing import Router

router = Router(tags=["papers"])


@router.get(KEYS_PATH)
async def paper_keys(request: Request, response: Response, _: auth.Anyone) -> dict[str, Any]:
    """A JWK set (RFC 8037). Keys stay in it as long as papers that they signed are in people's hands."""
    response.headers["Cache-Control"] = "public, max-age=300"
    published: dict[str, Any] = request.app.state.paper_keys
    return published
