"""What people see of applications: the seeker the own ones, the employer those for the own vacancies."""

from services.application.views.models import ApplicationView
from services.application.views.reading import Views

__all__ = ["ApplicationView", "Views"]
