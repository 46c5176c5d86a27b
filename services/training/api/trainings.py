"""Routes of trainings: everybody reads what is published, officers make them."""

from typing import Annotated, Literal

from fastapi import Query, Response

from services.training.api.inputs import CancelInput, NothingInput, TrainingChanges, TrainingInput
from services.training.api.using import Id, SeeTrainings, UseTrainings
from services.training.domain.trainings import Training
from services.training.views.trainings import TrainingView, TrainingViews
from shared.auth import Anyone, Officer
from shared.contracts.training import TrainingState
from shared.pages import Cursor, IfMatch, Limit, Page, link_next, set_etag
from shared.routing import Router

PATH = "/api/v1/trainings"
router = Router(prefix="/api/v1/trainings", tags=["trainings"])
When = Annotated[Literal["upcoming", "past"], Query(description="past: finished ones, latest first")]


@router.get("")
async def list_trainings(
    _: Anyone,
    see: SeeTrainings,
    response: Response,
    when: When = "upcoming",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[TrainingView]:
    """Trainings that take place, the next one first."""
    states: tuple[TrainingState, ...] = ("published",) if when == "upcoming" else ("finished",)
    order: Literal["next_first", "latest_first"] = "next_first" if when == "upcoming" else "latest_first"
    page = await see.page(states, order=order, limit=limit, cursor=cursor)
    link_next(response, f"{PATH}?when={when}", page.next)
    return page


@router.get("/all")
async def list_all_trainings(
    _: Officer,
    see: SeeTrainings,
    response: Response,
    state: TrainingState | None = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[TrainingView]:
    """Also drafts and cancelled ones, for officers; the latest first."""
    states: tuple[TrainingState, ...] = (state,) if state else ("draft", "published", "finished", "cancelled")
    page = await see.page(states, order="latest_first", limit=limit, cursor=cursor)
    link_next(response, f"{PATH}/all" + (f"?state={state}" if state else ""), page.next)
    return page


@router.post("", status_code=201)
async def draft_training(
    body: TrainingInput, caller: Officer, use: UseTrainings, see: SeeTrainings, response: Response
) -> TrainingView:
    """A draft, seen by officers only."""
    made = await use.draft(body.terms(), by=caller.account_id)
    response.headers["Location"] = f"{PATH}/{made.id}"
    return await _shown(made, see, response)


@router.get("/{training_id}")
async def get_training(training_id: Id, caller: Anyone, see: SeeTrainings, response: Response) -> TrainingView:
    officer = caller is not None and caller.role in ("officer", "admin")
    shown = await see.one(training_id, drafts=officer)
    set_etag(response, shown.version)
    return shown


@router.patch("/{training_id}")
async def change_training(
    training_id: Id,
    body: TrainingChanges,
    _: Officer,
    use: UseTrainings,
    see: SeeTrainings,
    response: Response,
    if_match: IfMatch = None,
) -> TrainingView:
    """Once it is published only the description, more seats, and the end of enrolment."""
    return await _shown(await use.change(training_id, body.given(), if_match=if_match), see, response)


@router.post("/{training_id}/publish")
async def publish_training(
    training_id: Id,
    _: Officer,
    use: UseTrainings,
    see: SeeTrainings,
    response: Response,
    body: NothingInput | None = None,
) -> TrainingView:
    """From now on everybody sees it. Repeating it changes nothing."""
    return await _shown(await use.publish(training_id), see, response)


@router.post("/{training_id}/cancel")
async def cancel_training(
    training_id: Id, body: CancelInput, _: Officer, use: UseTrainings, see: SeeTrainings, response: Response
) -> TrainingView:
    """It does not take place: everybody who is enrolled is told."""
    return await _shown(await use.cancel(training_id, reason=body.reason), see, response)


@router.post("/{training_id}/finish")
async def finish_training(
    training_id: Id,
    _: Officer,
    use: UseTrainings,
    see: SeeTrainings,
    response: Response,
    body: NothingInput | None = None,
) -> TrainingView:
    """The last session is over and the attendance is noted."""
    return await _shown(await use.finish(training_id), see, response)


async def _shown(training: Training, see: TrainingViews, response: Response) -> TrainingView:
    set_etag(response, training.version)
    return await see.show(training)
