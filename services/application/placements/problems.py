"""Why a placement is refused."""

from shared.errors import FieldError, InvalidInput, ProblemDetails


class CardNotKnown(InvalidInput):
    code = "card_not_known"
    indonesian = "Nomor AK-1 ini tidak dikenal. Periksa nomornya, atau kosongkan bila tidak punya AK-1."
    english = "This AK-1 number is not known. Check it, or leave it empty where there is no AK-1."

    def shown(self, language: str) -> ProblemDetails:
        shown = super().shown(language)
        return shown.model_copy(update={"errors": [FieldError(pointer="/card_number", detail=shown.title)]})
