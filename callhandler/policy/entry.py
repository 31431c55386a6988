"""The base of everything that a policy file holds."""

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """Base of every policy entry: unknown keys are errors, values are not bent to fit."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
