"""The database of the vacancy service: its collections, and the indexes that carry its rules."""

from services.vacancy.store.employers import EMPLOYER_INDEXES, Employers
from services.vacancy.store.vacancies import VACANCY_INDEXES, Vacancies
from shared.mongo import Database, ensure_indexes
from shared.numbers import Numbers


class VacancyStore:
    """What commands write and views read. `account_contacts` is the projection of identity's contacts:
    {_id: account id, sealed, seq}."""

    def __init__(self, database: Database) -> None:
        self.vacancies = Vacancies(database.vacancies)
        self.employers = Employers(database.employers)
        self.numbers = Numbers(database.counters, "LWK", block=10)
        self.account_contacts = database.account_contacts

    async def prepare(self) -> None:
        """Create the indexes; safe to repeat."""
        await ensure_indexes(self.vacancies.collection, VACANCY_INDEXES)
        await ensure_indexes(self.employers.collection, EMPLOYER_INDEXES)
