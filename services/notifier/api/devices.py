"""Routes of the devices on which a person wants to be told by web push."""

from typing import Annotated

from fastapi import Depends, Path, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.notifier.devices import LONGEST, MOST, Devices, Subscription, shown
from shared import clock
from shared.auth import SignedIn
from shared.errors import NotFound
from shared.routing import Router

router = Router(prefix="/api/v1/notifications/devices", tags=["devices"])
DeviceId = Annotated[str, Path(pattern=r"^dev_[0-9a-f]{32}$")]
BASE64URL = r"^[A-Za-z0-9_-]+={0,2}$"


class DeviceView(BaseModel):
    """A browser that is told; never where it is reached."""

    model_config = ConfigDict(frozen=True)
    id: str
    added_at: AwareDatetime


class DevicesView(BaseModel):
    model_config = ConfigDict(frozen=True)
    public_key: str | None = Field(description="what a browser subscribes with (VAPID); null: there are no pushes")
    items: list[DeviceView] = Field(description=f"at most {MOST}; the one added first makes room for the next")


class DeviceInput(BaseModel):
    """A subscription as the browser's Push API hands it out."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    endpoint: str = Field(min_length=10, max_length=LONGEST, description="its address at a push service that we know")
    p256dh: str = Field(pattern=BASE64URL, min_length=80, max_length=100, description="the browser's public key")
    auth: str = Field(pattern=BASE64URL, min_length=20, max_length=40, description="the browser's secret for us")


async def _devices(request: Request) -> Devices:
    found: Devices = request.app.state.devices
    return found


UseDevices = Annotated[Devices, Depends(_devices)]


@router.get("")
async def list_devices(caller: SignedIn, devices: UseDevices, request: Request, response: Response) -> DevicesView:
    """The devices on which you are told, and the key by which a browser can become one."""
    response.headers["Cache-Control"] = "no-store"
    rows = await devices.of_account(caller.account_id)
    return DevicesView(
        public_key=request.app.state.push_public, items=[DeviceView.model_validate(shown(row)) for row in rows]
    )


@router.post("", status_code=201)
async def add_device(caller: SignedIn, devices: UseDevices, body: DeviceInput, request: Request) -> DeviceView:
    """Be told on this browser too. Asked again by the same browser, it stays one device."""
    if request.app.state.push_public is None:
        raise NotFound
    made = await devices.add(
        caller.account_id,
        Subscription(endpoint=body.endpoint, p256dh=body.p256dh, auth=body.auth),
        at=clock.now(),
    )
    return DeviceView.model_validate(shown(made))


@router.delete("/{device_id}", status_code=204)
async def remove_device(caller: SignedIn, devices: UseDevices, device_id: DeviceId) -> Response:
    """Be told there no more."""
    if not await devices.remove(device_id, account_id=caller.account_id):
        raise NotFound
    return Response(status_code=204)
