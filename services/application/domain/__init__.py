"""An application (lamaran): its states, who may move it where, and what is told about each step. Pure."""

from services.application.domain.answers import Letter
from services.application.domain.answers import check as check_answers
from services.application.domain.deciding import Words, decide
from services.application.domain.ending import cancelled, vacancy_closed, vacancy_recalled
from services.application.domain.model import (
    Actor,
    Application,
    Decided,
    Interview,
    KnownVacancy,
    Offer,
    Step,
    Vacancy,
    known_state,
)
from services.application.domain.promise import due_at, run_due
from services.application.domain.reasons import KIND_REJECTION
from services.application.domain.states import COMMANDS, OPEN, STATES, TABLE, WAITING, Command
from services.application.domain.submitting import SUBMISSIONS, accept, submit, submit_again

__all__ = [
    "COMMANDS",
    "KIND_REJECTION",
    "OPEN",
    "STATES",
    "SUBMISSIONS",
    "TABLE",
    "WAITING",
    "Actor",
    "Application",
    "Command",
    "Decided",
    "Interview",
    "KnownVacancy",
    "Letter",
    "Offer",
    "Step",
    "Vacancy",
    "Words",
    "accept",
    "cancelled",
    "check_answers",
    "decide",
    "due_at",
    "known_state",
    "run_due",
    "submit",
    "submit_again",
    "vacancy_closed",
    "vacancy_recalled",
]
