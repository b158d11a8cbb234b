"""The editor of a decision table: what its form says as content, and what its buttons do to that."""

from typing import Any

from django.http import QueryDict

from .drafts import MOST_INPUTS, MOST_OUTPUTS, MOST_ROWS

INPUT = ("expression", "label", "label_zh", "allowed")
OUTPUT = ("name", "label", "label_zh", "sort")
EMPTY: dict[str, Any] = {
    "hit": "first",
    "collect": "",
    "inputs": [],
    "outputs": [{"name": "outcome", "label": "", "label_zh": "", "sort": "text", "values": []}],
    "rows": [],
}


def content_of(sent: QueryDict) -> dict[str, Any]:
    """The content that the form says."""
    inputs, outputs = range(_count(sent, "inputs", MOST_INPUTS)), range(_count(sent, "outputs", MOST_OUTPUTS))
    return {
        "hit": sent.get("hit", "first"),
        "collect": sent.get("collect", "") if sent.get("hit") == "collect" else "",
        "inputs": [{name: sent.get(f"in:{i}:{name}", "").strip() for name in INPUT} for i in inputs],
        "outputs": [
            {
                **{name: sent.get(f"out:{o}:{name}", "").strip() for name in OUTPUT},
                "values": [v.strip() for v in sent.get(f"out:{o}:values", "").split(",") if v.strip()],
            }
            for o in outputs
        ],
        "rows": [
            {
                "when": [sent.get(f"row:{r}:when:{i}", "").strip() for i in inputs],
                "then": [sent.get(f"row:{r}:then:{o}", "").strip() for o in outputs],
                "note": sent.get(f"row:{r}:note", "").strip(),
            }
            for r in range(_count(sent, "rows", MOST_ROWS))
        ],
    }


def _count(sent: QueryDict, name: str, most: int) -> int:
    given = sent.get(name, "0")
    return min(int(given), most) if given.isdecimal() and len(given) < 6 else 0


def edited(content: dict[str, Any], edit: str, field: str = "") -> dict[str, Any]:
    """The content after a button was pressed: add-row, remove-row:2, up-row:2, add-input, remove-input:0, add-output,
    remove-output:0; unknown ones change nothing."""
    what, _colon, place = edit.partition(":")
    at = int(place) if place.isdecimal() and len(place) < 6 else -1
    rows, inputs, outputs = content["rows"], content["inputs"], content["outputs"]
    match what:
        case "add-row" if len(rows) < MOST_ROWS:
            rows.append({"when": [""] * len(inputs), "then": [""] * len(outputs), "note": ""})
        case "remove-row" if 0 <= at < len(rows):
            del rows[at]
        case "up-row" if 0 < at < len(rows):
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
        case "add-input" if len(inputs) < MOST_INPUTS:
            inputs.append(dict.fromkeys(INPUT, "") | {"expression": field})
            for row in rows:
                row["when"].append("")
        case "remove-input" if 0 <= at < len(inputs):
            _without(inputs, at, [row["when"] for row in rows])
        case "add-output" if len(outputs) < MOST_OUTPUTS:
            outputs.append(dict.fromkeys(OUTPUT, "") | {"sort": "text", "values": []})
            for row in rows:
                row["then"].append("")
        case "remove-output" if 0 <= at < len(outputs):
            _without(outputs, at, [row["then"] for row in rows])
    return content


def _without(columns: list[Any], at: int, rows: list[list[str]]) -> None:
    del columns[at]
    for cells in rows:
        del cells[at]
