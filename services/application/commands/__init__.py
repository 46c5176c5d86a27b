"""The only writer of applications."""

from services.application.commands.deciding import Deciding
from services.application.commands.ending import Ending
from services.application.commands.overdue import Overdue
from services.application.commands.submitting import Submitting

__all__ = ["Commands"]


class Commands(Submitting, Deciding, Ending, Overdue):
    """Every command, by whoever gives it: seekers, employers, other services, the clock."""
