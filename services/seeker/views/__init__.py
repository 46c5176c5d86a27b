"""What a seeker sees of the own profile, the saved vacancies and the saved searches."""

from services.seeker.views.profile import SeekerView, Views, show

__all__ = ["SeekerView", "Views", "show"]
