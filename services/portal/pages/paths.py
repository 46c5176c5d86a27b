"""Ids in addresses: only what the API could have made, so that nothing else reaches its address."""

from typing import Annotated

from fastapi import Path

Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,80}$")]
Reference = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,200}$")]
Code = Annotated[str, Path(pattern=r"^[a-z0-9_-]{1,60}$")]
