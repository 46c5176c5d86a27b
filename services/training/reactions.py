"""What `training` does when other services tell something: it keeps who lives where, and how people are called."""

from typing import Any

from services.training.commands.erasure import Erasure
from services.training.store import Stores
from shared.contracts.identity import AccountErased
from shared.contracts.seeker import SeekerContactChanged, SeekerProfileChanged, SeekerRegistered
from shared.effects import Projection, Reaction, Reactions
from shared.events import Envelope
from shared.mongo import Document


def table(stores: Stores, erasure: Erasure) -> Reactions:
    seekers = Projection(collection=stores.people.seekers, shape=seeker_shape)
    return {
        AccountErased: forget(erasure),
        SeekerRegistered: seekers,
        SeekerProfileChanged: seekers,
        SeekerContactChanged: Projection(collection=stores.people.contacts, shape=contact_shape),
    }


def forget(erasure: Erasure) -> Reaction:
    async def react(envelope: Envelope[Any]) -> None:
        if envelope.data.role == "seeker":
            await erasure.forget(envelope.subject)

    return react


def seeker_shape(envelope: Envelope[Any]) -> Document:
    return {"kelurahan_code": envelope.data.kelurahan_code}


def contact_shape(envelope: Envelope[Any]) -> Document:
    return {"sealed": envelope.data.sealed}
