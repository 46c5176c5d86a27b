"""The peers of our APIs: a FastAPI handler with one insert by motor, and one that returns ready bytes, through the
same server settings. `python -m bench.bare`, told by the environment what to do."""

import os
from typing import Any

import uvicorn
from fastapi import FastAPI, Response
from pydantic import BaseModel

from shared.auth import Seeker, Verifier, from_url
from shared.events import new_id
from shared.http import UVICORN
from shared.mongo import API_TIMEOUT_MS, connect


class Body(BaseModel):
    vacancy_id: str
    note: str | None = None


def application() -> FastAPI:
    """`CAKER_BARE_STORED` and `CAKER_BARE_ANSWERED` are bytes: as many as our API stores and answers."""
    app, stored, answered = FastAPI(), int(os.environ["CAKER_BARE_STORED"]), int(os.environ["CAKER_BARE_ANSWERED"])
    store = connect(os.environ["CAKER_MONGO_URL"], app="bare", timeout_ms=API_TIMEOUT_MS)
    collection = store[f"{os.environ['CAKER_DATABASE_PREFIX']}bare"].applications
    app.state.verifier = Verifier(from_url(os.environ["CAKER_JWKS_URL"]), issuer="si-caker")
    ready = b'{"filling": "' + b"x" * answered + b'"}'

    async def insert(body: Body) -> dict[str, Any]:
        id = new_id("app")
        await collection.insert_one({"_id": id, "vacancy_id": body.vacancy_id, "filling": "x" * stored})
        return {"id": id, "filling": "x" * answered}

    @app.post("/applications", status_code=201)
    async def submit(body: Body) -> dict[str, Any]:
        return await insert(body)

    @app.post("/signed/applications", status_code=201)
    async def submit_signed(body: Body, caller: Seeker) -> dict[str, Any]:
        return await insert(body)

    @app.get("/ready")
    async def bytes_at_hand() -> Response:
        return Response(ready, media_type="application/json")

    @app.get("/readyz")
    async def readyz() -> dict[str, str]:
        return {"status": "ready"}

    return app


if __name__ == "__main__":
    uvicorn.run(application(), host="127.0.0.1", port=int(os.environ["CAKER_PORT"]), **UVICORN)
