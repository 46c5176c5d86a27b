"""Documents that wait for the scanner, one lease each. The mark `scan_at` says that something is to be done;
it goes with the last thing."""

import contextlib
from typing import Literal

from services.seeker.domain.document_states import Finding, after
from services.seeker.store.documents import Document, DocumentStore
from shared.claims import Claims
from shared.contracts.seeker import DocumentRefused
from shared.errors import NotFound
from shared.mongo import DuplicateKey, ensure_indexes
from shared.outbox import Outbox

LEASE_SECONDS = 60.0  # three times what a scan may take; also how long after no answer it is asked again


class WaitingDocuments:
    def __init__(self, store: DocumentStore) -> None:
        self._store, self._documents = store, store.documents
        self._outbox = Outbox(store.refused, source="seeker")
        self._claims = Claims(
            collection=store.documents,
            field="scan_at",
            lease_seconds=LEASE_SECONDS,
            filter={"scan_at": {"$exists": True}},
        )

    async def prepare(self) -> None:
        await ensure_indexes(self._documents, {"to_scan": {"keys": [("scan_at", 1)], "sparse": True}})

    async def take(self) -> tuple[Document | None, str]:
        """The one that waits longest, and the token of its lease."""
        claim = await self._claims.take(1, alone=False)
        for row in claim.documents:
            return Document.model_validate({**row, "id": row["_id"]}), claim.token
        return None, ""

    async def content(self, document: Document) -> bytes | None:
        """None where it went meanwhile: half a file must not be found clean."""
        try:
            content = await self._store.content(document)
        except NotFound:
            return None
        return content if len(content) == document.size else None

    async def mark(self, document: Document, finding: Finding, *, token: str) -> bool:
        """Whether it was ours to say. What is not clean keeps its mark until its bytes are destroyed."""
        state = after(document.state, finding)
        if state is None:
            return False
        change = {"$set": {"state": state}, **({"$unset": {"scan_at": "", "lease": ""}} if state == "clean" else {})}
        held = {"_id": document.id, "state": document.state, "lease": token}
        return (await self._documents.update_one(held, change)).modified_count == 1

    async def destroy(self, document: Document) -> None:
        """The bytes of what was found unfit, after its owner was told; repeating it changes nothing."""
        row = await self._documents.find_one({"_id": document.id, "state": {"$in": ["infected", "unreadable"]}})
        if row is None:
            return
        await self._tell(document, row["state"])
        await self._store.pieces.delete_many({"document_id": document.id})
        await self._documents.update_one({"_id": document.id}, {"$unset": {"scan_at": "", "lease": ""}})

    async def _tell(self, document: Document, state: Literal["infected", "unreadable"]) -> None:
        """Once for each document, however often it is destroyed."""
        told = DocumentRefused(
            seeker_id=document.seeker_id, kind=document.kind, state=state, sent_at=document.created_at
        )
        with contextlib.suppress(DuplicateKey):
            await self._outbox.create(document.id, {"seeker_id": document.seeker_id}, [told])
