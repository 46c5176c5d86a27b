"""What a client may say of an employer."""

from typing import Annotated, Any

from pydantic import Field

from services.vacancy.api.inputs import Body, OptionalText, Text, chosen
from services.vacancy.domain.contact import e164
from services.vacancy.domain.employer import Details
from shared.contracts.codes import Code
from shared.contracts.employer import Size

Name = Annotated[Text, Field(min_length=2, max_length=100)]


class ContactInput(Body):
    """How the city and applicants' messages reach the employer; the account's own where not given. Never public."""

    name: OptionalText = Field(None, max_length=100)
    phone: OptionalText = Field(None, max_length=30, description="such as 0812 3456 7890 or +62812…")
    email: OptionalText = Field(None, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")

    def parts(self) -> dict[str, str]:
        """The parts that were given."""
        found = {name: value for name, value in self.model_dump().items() if value}
        return {**found, "phone": e164(found["phone"])} if "phone" in found else found


class EmployerInput(Body):
    """An employer."""

    name: Name
    size: Size = "micro"
    nib: str | None = Field(None, pattern=r"^\d{13}$", description="business number, 13 digits")
    kelurahan_code: str | None = Field(None, max_length=13, description="such as 35.77.01.1001")
    address: OptionalText = Field(None, max_length=200, description="not public for micro and household")
    industry: Code | None = Field(None, description="KBLI")
    contact: ContactInput | None = None

    def chosen(self) -> dict[str, Any]:
        """The details that the request named."""
        return chosen(self, Details.model_fields)

    def given(self) -> dict[str, str]:
        return self.contact.parts() if self.contact else {}


class EmployerPatch(EmployerInput):
    """Only the fields that are named change; `contact: null` goes back to the account's own."""

    name: Name = ""
