"""The routes of `identity`: register, sign in, stay signed in, and the keys that tokens are checked with."""

from typing import Annotated, Literal

from fastapi import Depends, Path, Response
from pydantic import BaseModel, Field

from services.identity.api.context import Address, Do, Input, Keys, Read, private
from services.identity.domain.account import read_registration
from services.identity.domain.login import CODE_TIME, Tokens
from services.identity.views import OwnAccount
from shared.auth import Anyone, SignedIn
from shared.routing import Router

router = Router(prefix="/api/v1", dependencies=[Depends(private)])
well_known = Router(prefix="/.well-known")


class NewAccount(Input):
    """A seeker gives a mobile number; an employer gives an e-mail address and a password, or a mobile number."""

    role: Literal["seeker", "employer"]
    name: str = Field(max_length=200, description="1 to 60 characters; one word is legal")
    phone: str | None = Field(None, max_length=40, description="an Indonesian mobile number, written in any way")
    email: str | None = Field(None, max_length=254)
    password: str | None = Field(None, max_length=1000, repr=False, description="8 to 128 characters")


class RegisteredAccount(BaseModel):
    """The answer to everybody, also for a contact that has an account: then only its owner is told."""

    role: Literal["seeker", "employer"]
    name: str


class CodeWanted(Input):
    phone: str = Field(max_length=40, description="an Indonesian mobile number, written in any way")


class CodeAsked(BaseModel):
    """The answer for every number; a code comes only to a number that has an account."""

    request_id: str = Field(description="send the code to /login/codes/{request_id}")
    expires_in: int = Field(description="seconds until the code ends")


class CodeGiven(Input):
    code: str = Field(pattern="^[0-9]{6}$", repr=False, description="the six digits of the SMS")


class PasswordLogin(Input):
    email: str = Field(max_length=254)
    password: str = Field(max_length=1000, repr=False)


class RefreshToken(Input):
    refresh_token: str = Field(max_length=200, repr=False)


@router.post("/accounts", status_code=201)
async def register_account(body: NewAccount, do: Do, address: Address, caller: Anyone) -> RegisteredAccount:
    """Register. The answer is the same whether or not the contact has an account already."""
    wanted = read_registration(
        role=body.role, name=body.name, phone=body.phone, email=body.email, password=body.password
    )
    await do.accounts.register(wanted, address=address)
    return RegisteredAccount(role=wanted.role, name=wanted.contact.name)


@router.get("/accounts/me")
async def read_own_account(read: Read, caller: SignedIn) -> OwnAccount:
    return await read.own(caller.account_id)


@router.post("/login/codes", status_code=202)
async def ask_login_code(body: CodeWanted, do: Do, address: Address, caller: Anyone) -> CodeAsked:
    """Have a one-time code sent by SMS. A new code ends the one before."""
    request_id = await do.codes.ask(body.phone, address=address)
    return CodeAsked(request_id=request_id, expires_in=int(CODE_TIME.total_seconds()))


@router.post("/login/codes/{request_id}")
async def login_by_code(
    request_id: Annotated[str, Path(max_length=60)], body: CodeGiven, do: Do, address: Address, caller: Anyone
) -> Tokens:
    """Sign in. A code works once, for five minutes and five tries."""
    return await do.logins.by_code(request_id, body.code, address=address)


@router.post("/login")
async def login_by_password(body: PasswordLogin, do: Do, address: Address, caller: Anyone) -> Tokens:
    return await do.logins.by_password(body.email, body.password, address=address)


@router.post("/tokens/refresh")
async def refresh_tokens(body: RefreshToken, do: Do, caller: Anyone) -> Tokens:
    """The next pair of tokens. A refresh token works once; its second use ends the session."""
    return await do.sessions.refresh(body.refresh_token)


@router.post("/tokens/revoke", status_code=204)
async def revoke_tokens(body: RefreshToken, do: Do, caller: Anyone) -> None:
    """Sign out: no token of this session can be refreshed any more."""
    await do.sessions.revoke(body.refresh_token)


class PublicKey(BaseModel):
    """An Ed25519 key (RFC 8037) that access tokens are checked with."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str = Field(description="the key itself, base64url")
    kid: str = Field(description="its thumbprint (RFC 7638); the header of a token names it")
    use: Literal["sig"]
    alg: Literal["EdDSA"]


class KeySet(BaseModel):
    """Public keys (RFC 7517) of all tokens that may still be about."""

    keys: list[PublicKey]


@well_known.get("/jwks.json")
async def read_keys(keys: Keys, response: Response, caller: Anyone) -> KeySet:
    response.headers["Cache-Control"] = "public, max-age=300"
    return KeySet.model_validate(await keys.jwks())
