"""What the API answers about placements and a month's statistics."""

from typing import Any

PLACEMENT: dict[str, Any] = {
    "id": "app_1",
    "source": "system",
    "state": "recorded",
    "registered": False,
    "number": "LMR-2026-000001",
    "job": "Penjahit",
    "employer_name": "Konveksi Melati",
    "scope": "AKL",
    "start_date": "2026-12-01",
    "counts": {"sex": "?", "age": "?", "education": "14", "occupation": "7", "industry": "C", "receiver": "24"},
    "month": "2026-11",
    "at": "2026-11-24T03:00:00Z",
}
STEPS = ("before", "in", "sum_in", "done", "out", "sum_out", "after")


def flow(code: str, columns: tuple[str, ...], *cells: tuple[int, ...]) -> dict[str, Any]:
    rows = [{"key": key, "cells": list(n)} for key, n in zip(STEPS, cells, strict=True)]
    return {"code": code, "columns": list(columns), "rows": rows}


MONTH: dict[str, Any] = {
    "month": "2026-11",
    "closed_at": None,
    "sha256": None,
    "late": 1,
    "may_close": True,
    "tables": [
        flow(
            "III/1-I",
            ("20-29.P", "30-44.L", "all", "?.?"),
            *((4, 8, 12, 0), (2, 1, 4, 1), (6, 9, 16, 1), (1, 2, 3, 0), (0, 1, 1, 0), (1, 3, 4, 0), (5, 6, 12, 1)),
        ),
        flow("III/1-II", ("all",), (20,), (6,), (26,), (3,), (2,), (5,), (21,)),
        {
            "code": "III/7",
            "columns": ["L", "P", "all"],
            "rows": [
                {"key": "A", "cells": [0, 0, 0]},
                {"key": "C", "cells": [2, 0, 2]},
                {"key": "?", "cells": [0, 1, 1]},
                {"key": "all", "cells": [2, 1, 3]},
            ],
        },
    ],
}
