"""How the API answers when something cannot be done, as its description says it."""

from ninja import Schema
from pydantic import ConfigDict, Field


class FieldProblem(Schema):
    """What is wrong with one value."""

    field: str = Field(description="The field's name; empty where it is about the whole.")
    pointer: str = Field(description="JSON pointer to the value in the body, or the parameter's name.")
    message: str


class ProblemDocument(Schema):
    """A problem as RFC 9457 writes it, in the caller's language."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    instance: str = ""
    detail: str = ""
    remedy: str = ""
    errors: list[FieldProblem] = []


READING = (400, 401, 403, 404, 422, 429)
WRITING = (400, 401, 403, 404, 409, 412, 413, 415, 422, 429)
