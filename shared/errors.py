"""Expected refusals: typed, with a stable code, worded for people in Indonesian and English.

A service derives its own from `Problem`; `shared.http` shows them as problem+json (RFC 9457).
"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field


class FieldError(BaseModel):
    """One refused field."""

    model_config = ConfigDict(frozen=True)
    pointer: str = Field(description="JSON pointer to the field in the request body, as in RFC 6901")
    detail: str = Field(description="what to do about it, in the reader's language")


class ProblemDetails(BaseModel):
    """The body of every error answer (application/problem+json, RFC 9457)."""

    model_config = ConfigDict(frozen=True)
    type: str = Field(description="address of a page that explains the code in both languages")
    title: str = Field(description="the problem in one sentence, in the reader's language")
    status: int
    code: str = Field(description="stable name of the problem; programs decide on this")
    detail: str | None = None
    errors: list[FieldError] | None = None
    state: str | None = Field(None, description="present state of the thing, where that is why it was refused")


class Problem(Exception):
    """An expected refusal. Subclasses set the class attributes; nothing personal goes into them."""

    code: ClassVar[str] = "invalid_input"
    status: ClassVar[int] = 422
    indonesian: ClassVar[str] = "Ada isian yang belum benar."
    english: ClassVar[str] = "Something in the request is not right."

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: list[FieldError] | None = None,
        retry_after: int | None = None,
        state: str | None = None,
    ) -> None:
        super().__init__(self.code)
        self.detail, self.errors, self.retry_after, self.state = detail, errors, retry_after, state

    def shown(self, language: str) -> ProblemDetails:
        return ProblemDetails(
            type=f"/kesalahan/{self.code}",
            title=self.english if language == "en" else self.indonesian,
            status=self.status,
            code=self.code,
            detail=self.detail,
            errors=self.errors,
            state=self.state,
        )


class InvalidInput(Problem):
    pass


class Unauthenticated(Problem):
    code, status = "unauthenticated", 401
    indonesian = "Silakan masuk dulu."
    english = "Please sign in first."


class Forbidden(Problem):
    code, status = "forbidden", 403
    indonesian = "Akun Anda tidak boleh melakukan ini."
    english = "Your account may not do this."


class OnlyInPerson(Problem):
    code, status = "only_in_person", 403
    indonesian = "Ini hanya dapat dilakukan oleh orangnya sendiri, bukan oleh yang membantu."
    english = "Only the person may do this, not somebody who helps."


class NotFound(Problem):
    code, status = "not_found", 404
    indonesian = "Yang Anda cari tidak ada."
    english = "There is nothing here."


class WrongState(Problem):
    code, status = "wrong_state", 409
    indonesian = "Ini sudah tidak bisa dilakukan, karena keadaannya sudah berubah."
    english = "This can no longer be done: its state has changed."


class StaleVersion(Problem):
    code, status = "stale_version", 412
    indonesian = "Data ini baru saja diubah orang lain. Muat ulang, lalu coba lagi."
    english = "Somebody has just changed this. Reload it and try again."


class TextChanged(Problem):
    code, status = "text_changed", 409
    indonesian = "Kalimat persetujuannya sudah berubah. Muat ulang halaman, baca lagi, lalu pilih."
    english = "The words of this consent have changed. Load the page again, read them, then choose."


class IfMatchMissing(Problem):
    code, status = "if_match_missing", 428
    indonesian = "Sertakan If-Match dengan ETag yang terakhir Anda baca."
    english = "Send If-Match with the ETag that you read last."


class RateLimited(Problem):
    code, status = "rate_limited", 429
    indonesian = "Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi."
    english = "Too many requests. Wait a moment and try again."


class Unavailable(Problem):
    code, status = "unavailable", 503
    indonesian = "Layanan sedang terganggu. Coba lagi sebentar lagi."
    english = "The service is not available right now. Try again shortly."

    def __init__(self) -> None:
        super().__init__(retry_after=2)


class TooLarge(Problem):
    code, status = "too_large", 413
    indonesian = "Kiriman terlalu besar."
    english = "The request is too large."


class SlowRequest(Problem):
    code, status = "slow_request", 408
    indonesian = "Kiriman terlalu lama. Periksa sambungan, lalu coba lagi."
    english = "The request took too long to arrive. Check the connection and try again."


class EncodedBody(Problem):
    code, status = "encoded_body", 415
    indonesian = "Kirim isi tanpa Content-Encoding."
    english = "Send the body without a Content-Encoding."


class MethodNotAllowed(Problem):
    code, status = "method_not_allowed", 405
    indonesian = "Cara ini tidak tersedia di alamat ini."
    english = "This method is not available at this address."


class Broken(Problem):
    code, status = "internal_error", 500
    indonesian = "Ada yang salah di pihak kami. Kami sudah mencatatnya."
    english = "Something went wrong on our side. It has been recorded."
