"""What the routes use: commands and views of the running application, and what all inputs have in common."""

from typing import Annotated

from fastapi import Depends, Path, Request
from pydantic import ConfigDict

from services.training.commands.afterwards import Afterwards
from services.training.commands.attendance import Attendance
from services.training.commands.enrolments import EnrolmentCommands
from services.training.commands.trainings import TrainingCommands
from services.training.views.enrolments import EnrolmentViews
from services.training.views.papers import PaperViews
from services.training.views.results import ResultViews
from services.training.views.trainings import TrainingViews
from shared.papers.printing import Printer

INPUT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)


async def training_commands(request: Request) -> TrainingCommands:
    found: TrainingCommands = request.app.state.training_commands
    return found


async def enrolment_commands(request: Request) -> EnrolmentCommands:
    found: EnrolmentCommands = request.app.state.enrolment_commands
    return found


async def training_views(request: Request) -> TrainingViews:
    found: TrainingViews = request.app.state.training_views
    return found


async def enrolment_views(request: Request) -> EnrolmentViews:
    found: EnrolmentViews = request.app.state.enrolment_views
    return found


async def attendance(request: Request) -> Attendance:
    found: Attendance = request.app.state.attendance
    return found


async def afterwards(request: Request) -> Afterwards:
    found: Afterwards = request.app.state.afterwards
    return found


async def result_views(request: Request) -> ResultViews:
    found: ResultViews = request.app.state.result_views
    return found


async def paper_views(request: Request) -> PaperViews:
    found: PaperViews = request.app.state.paper_views
    return found


async def printer(request: Request) -> Printer:
    found: Printer = request.app.state.printer
    return found


UseTrainings = Annotated[TrainingCommands, Depends(training_commands)]
UseEnrolments = Annotated[EnrolmentCommands, Depends(enrolment_commands)]
SeeTrainings = Annotated[TrainingViews, Depends(training_views)]
SeeEnrolments = Annotated[EnrolmentViews, Depends(enrolment_views)]
UseAttendance = Annotated[Attendance, Depends(attendance)]
UseAfterwards = Annotated[Afterwards, Depends(afterwards)]
SeeResults = Annotated[ResultViews, Depends(result_views)]
SeePapers = Annotated[PaperViews, Depends(paper_views)]
UsePrinter = Annotated[Printer, Depends(printer)]
Id = Annotated[str, Path(min_length=1, max_length=60)]
