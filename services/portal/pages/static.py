"""Style, script and pictures: their address names their content, so browsers may keep them for ever."""

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

router = APIRouter(include_in_schema=False)


@router.get("/sw.js")
async def service_worker(request: Request) -> Response:
    """At the root, because it may only show what lies below its own address; browsers look for a newer one."""
    files = request.app.state.portal.rendering.files
    return Response(files["sw.js"].body, headers={"Cache-Control": "no-cache"}, media_type="text/javascript")


@router.get("/static/{name}")
async def static(request: Request, name: str) -> Response:
    file = request.app.state.portal.rendering.files.get(name)
    if file is None:
        raise HTTPException(404)
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(file.zipped if zipped else file.body, headers=headers, media_type=file.kind)
