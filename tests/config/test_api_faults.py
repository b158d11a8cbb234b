"""What is said of values that do not fit where several shapes would."""

import pytest
from pydantic import BaseModel, ValidationError

from config.api.faults import field_errors


class Given(BaseModel):
    """An amount may be any number, a count is whole."""

    amount: int | float
    count: int


def test_where_any_number_fits_no_whole_one_is_asked_for() -> None:
    with pytest.raises(ValidationError) as wrong:
        Given.model_validate({"amount": "much", "count": "many"})
    told = {each.pointer: str(each.message) for each in field_errors(wrong.value.errors())}  # type: ignore[arg-type]
    assert told == {"/amount": "A number is expected here.", "/count": "A whole number is expected here."}
