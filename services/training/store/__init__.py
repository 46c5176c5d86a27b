"""The service's collections: trainings, enrolments, and what is known here of seekers."""

from services.training.store.enrolments import EnrolmentStore
from services.training.store.people import PeopleStore
from services.training.store.products import ProductStore
from services.training.store.trainings import TrainingStore
from shared.mongo import Database


class Stores:
    """All of them, over one database."""

    def __init__(self, database: Database) -> None:
        self.trainings, self.enrolments = TrainingStore(database), EnrolmentStore(database)
        self.people, self.products = PeopleStore(database), ProductStore(database)

    async def prepare(self) -> None:
        await self.trainings.prepare()
        await self.enrolments.prepare()
        await self.products.prepare()
