"""The API's description: OpenAPI, with the answers and headers that the gate adds to every operation."""

from functools import cached_property
from typing import Any

from django.utils import translation
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from kinflow.records.api.problems import READING, WRITING, ProblemDocument
from kinflow.web.once import LONGEST_KEY

PROBLEM = "application/problem+json"
_WORDS = {
    400: "Not understood",
    401: "Nobody is signed in, or the token does not hold",
    403: "Not permitted",
    404: "Not found, or not for the caller",
    409: "It does not fit what is there now",
    412: "Another version than If-Match names",
    413: "Too large",
    415: "Not JSON",
    422: "Values that are not right",
    429: "Too many requests",
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Any text that is fresh for each thing to be done: sent again within 24 hours, nothing is done twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
}
_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the record as it was read: 412 if it is another now.",
    "schema": {"type": "string", "maxLength": 200, "pattern": '^("[0-9]{1,12}"|\\*)$'},
}

SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "An access token: kf_…"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "kinflow_session",
        "description": "A signed-in browser; writes carry X-CSRFToken.",
    },
}


class Api(NinjaAPI):
    """Our API."""

    def get_openapi_schema(self, *, path_prefix: Any = None, path_params: Any = None) -> OpenAPISchema:
        """The description, made once."""
        return self._described

    @cached_property
    def _described(self) -> OpenAPISchema:
        with translation.override("en"):
            described = super().get_openapi_schema(path_prefix="/api/v1/")
        described["components"]["schemas"][ProblemDocument.__name__] = _problem_schema()
        described["components"]["securitySchemes"] = SECURITY
        for path, operations in described["paths"].items():
            for method, operation in operations.items():
                _complete(path, method, operation)
        return described


def _problem_schema() -> dict[str, Any]:
    schema = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    return schema


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add what the gate answers, and the headers it reads."""
    if method != "get":
        operation.setdefault("parameters", []).append(_KEY)
    if method == "patch" or "/do/" in path:
        operation["parameters"].append(_MATCH)
    problem = {PROBLEM: {"schema": {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}}}
    for code in READING if method == "get" else WRITING:
        operation["responses"][code] = {"description": _WORDS[code], "content": problem}
    operation["security"] = [{"token": []}, {"session": []}]
