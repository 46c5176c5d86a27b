"""What `training` does when other services tell something: it keeps who lives where, and how people are called."""

from typing import Any

from services.training.store import Stores
from shared.contracts.seeker import SeekerContactChanged, SeekerProfileChanged, SeekerRegistered
from shared.effects import Projection, Reactions
from shared.events import Envelope
from shared.mongo import Document


def table(stores: Stores) -> Reactions:
    seekers = Projection(collection=stores.people.seekers, shape=seeker_shape)
    return {
        SeekerRegistered: seekers,
        SeekerProfileChanged: seekers,
        SeekerContactChanged: Projection(collection=stores.people.contacts, shape=contact_shape),
    }


def seeker_shape(envelope: Envelope[Any]) -> Document:
    return {"kelurahan_code": envelope.data.kelurahan_code}


def contact_shape(envelope: Envelope[Any]) -> Document:
    return {"sealed": envelope.data.sealed}
