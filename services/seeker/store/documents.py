"""Documents in the store: what is said of them in plain fields, the files in sealed pieces under the person's key."""

import base64
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from services.seeker.domain.document_states import State
from services.seeker.problems import TooManyDocuments
from shared.claims import DUE
from shared.errors import NotFound
from shared.mongo import DESCENDING, Database, DuplicateKey, ensure_indexes
from shared.outbox import INDEXES
from shared.sealed import Erased, Vault

SEAL = "document"
PIECE = 1024 * 1024  # bytes: a larger one would take the store longer than a request may
MOST = 10  # of a person


class Document(BaseModel):
    model_config = ConfigDict(frozen=True)
    id: str
    seeker_id: str
    kind: str
    media_type: str
    size: int  # bytes
    state: State
    created_at: datetime


class DocumentStore:
    def __init__(self, database: Database, *, vault: Vault) -> None:
        self.documents, self.pieces, self._vault = database.documents, database.document_pieces, vault
        self.refused = database.refused_documents  # one for each whose owner is told

    async def prepare(self) -> None:
        slots = {"a_place_for_each": {"keys": [("seeker_id", 1), ("slot", 1)], "unique": True}}
        await ensure_indexes(self.documents, slots)
        await ensure_indexes(self.pieces, {"of_document": {"keys": [("document_id", 1)]}})
        await ensure_indexes(self.refused, {**INDEXES, "of_seeker": {"keys": [("seeker_id", 1)]}})

    async def of_seeker(self, seeker_id: str) -> list[Document]:
        found = self.documents.find({"seeker_id": seeker_id}).sort("created_at", DESCENDING).limit(MOST)
        return [Document.model_validate({**row, "id": row["_id"]}) async for row in found]

    async def load(self, id: str, *, seeker_id: str) -> Document:
        row = await self.documents.find_one({"_id": id, "seeker_id": seeker_id})
        if row is None:
            raise NotFound
        return Document.model_validate({**row, "id": row["_id"]})

    async def add(self, document: Document, content: bytes) -> None:
        """The pieces first: it is there once all of it is. Raises `TooManyDocuments`."""
        used = {row["slot"] async for row in self.documents.find({"seeker_id": document.seeker_id}, {"slot": 1})}
        free = [slot for slot in range(MOST) if slot not in used]
        if not free:
            raise TooManyDocuments
        for number, start in enumerate(range(0, len(content), PIECE)):
            await self._add_piece(document, number, content[start : start + PIECE])
        waits = {"scan_at": DUE} if document.state == "scanning" else {}
        fields = document.model_dump(exclude={"id"}) | waits
        try:
            await self.documents.insert_one({"_id": document.id, **fields, "slot": free[0]})
        except DuplicateKey:  # another one came at the same time
            await self.pieces.delete_many({"document_id": document.id})
            raise TooManyDocuments from None

    async def _add_piece(self, document: Document, number: int, piece: bytes) -> None:
        data = {"bytes": base64.b64encode(piece).decode(), "piece": f"{document.id}:{number}"}
        try:
            sealed = await self._vault.seal(document.seeker_id, SEAL, data)
        except Erased:
            raise NotFound from None
        row = {"_id": f"{document.id}:{number}", "document_id": document.id, "seeker_id": document.seeker_id}
        await self.pieces.insert_one({**row, "number": number, "sealed": sealed})

    async def content(self, document: Document) -> bytes:
        pieces = []
        try:
            async for row in self.pieces.find({"document_id": document.id}).sort("number", 1):
                opened = await self._vault.open(document.seeker_id, SEAL, row["sealed"])
                pieces.append(base64.b64decode(opened["bytes"]))
        except Erased:
            raise NotFound from None
        return b"".join(pieces)

    async def drop(self, id: str, *, seeker_id: str) -> None:
        """Repeating it changes nothing."""
        await self.documents.delete_one({"_id": id, "seeker_id": seeker_id})
        await self.pieces.delete_many({"document_id": id, "seeker_id": seeker_id})

    async def forget(self, seeker_id: str) -> None:
        await self.documents.delete_many({"seeker_id": seeker_id})
        await self.pieces.delete_many({"seeker_id": seeker_id})
        await self.refused.delete_many({"seeker_id": seeker_id})
