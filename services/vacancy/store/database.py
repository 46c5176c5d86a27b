"""The database of the vacancy service: its collections, and the indexes that carry its rules."""

from services.vacancy.store.applications import APPLICATION_INDEXES, Applications
from services.vacancy.store.employers import EMPLOYER_INDEXES, Employers
from services.vacancy.store.figures import Figures
from services.vacancy.store.province import PROVINCE_INDEXES, Endings, Feeds
from services.vacancy.store.reports import REPORT_INDEXES, Reports
from services.vacancy.store.vacancies import VACANCY_INDEXES, Vacancies
from services.vacancy.store.wages import Wages
from shared.mongo import Database, ensure_indexes
from shared.numbers import Numbers


class VacancyStore:
    """What commands write and views read. `account_contacts` is the projection of identity's contacts:
    {_id: account id, sealed, seq}."""

    def __init__(self, database: Database) -> None:
        self.vacancies = Vacancies(database.vacancies)
        self.employers = Employers(database.employers)
        self.numbers = Numbers(database.counters, "LWK", block=10)
        self.applications = Applications(database.applications, database.answer_rates)
        self.reports = Reports(database.reports)
        self.figures = Figures(views=database.vacancy_views, saves=database.vacancy_saves)
        self.wages = Wages(database.minimum_wages)
        self.endings = Endings(database.province_endings)
        self.feeds = Feeds(database.province_feeds)
        self.account_contacts = database.account_contacts

    async def prepare(self) -> None:
        """Create the indexes; safe to repeat."""
        await ensure_indexes(self.vacancies.collection, VACANCY_INDEXES)
        await ensure_indexes(self.employers.collection, EMPLOYER_INDEXES)
        await ensure_indexes(self.reports.collection, REPORT_INDEXES)
        await ensure_indexes(self.applications.collection, APPLICATION_INDEXES)
        await self.figures.prepare()
        await ensure_indexes(self.feeds.collection, PROVINCE_INDEXES)
        await self.wages.prepare()
