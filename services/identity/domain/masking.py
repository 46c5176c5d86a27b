"""What an officer sees of a person who is not known yet to be the right one: enough to compare with a KTP that lies
on the desk, too little to learn anything."""

from pydantic import BaseModel, ConfigDict, Field

from services.identity.domain.contact import Contact


class Masked(BaseModel):
    """A contact with most of it covered."""

    model_config = ConfigDict(frozen=True)
    name: str = Field(description="S*** A***")
    phone: str | None = Field(description="+62839*****01")
    email: str | None = Field(description="s***@contoh.id")


def mask(contact: Contact) -> Masked:
    return Masked(
        name=" ".join(f"{word[0]}***" for word in contact.name.split(" ")),
        phone=mask_phone(contact.phone) if contact.phone else None,
        email=mask_email(contact.email) if contact.email else None,
    )


def mask_phone(phone: str) -> str:
    """As long as the number, so that a slip of the pen shows."""
    return f"{phone[:6]}{'*' * max(0, len(phone) - 8)}{phone[-2:]}"


def mask_email(email: str) -> str:
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}***@{domain}"
