"""What the routes use: commands and views of the running application, and what all inputs have in common."""

from typing import Annotated

from fastapi import Depends, Path, Request
from pydantic import ConfigDict

from services.training.commands.enrolments import EnrolmentCommands
from services.training.commands.trainings import TrainingCommands
from services.training.views.enrolments import EnrolmentViews
from services.training.views.trainings import TrainingViews

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


UseTrainings = Annotated[TrainingCommands, Depends(training_commands)]
UseEnrolments = Annotated[EnrolmentCommands, Depends(enrolment_commands)]
SeeTrainings = Annotated[TrainingViews, Depends(training_views)]
SeeEnrolments = Annotated[EnrolmentViews, Depends(enrolment_views)]
Id = Annotated[str, Path(min_length=1, max_length=60)]
