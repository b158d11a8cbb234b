"""What forms of what-ifs, searches and sensitivities are sent by mistake or malice: refused in words, nothing begun."""

from collections.abc import Iterator

import pytest

from kinflow.processes.simulation.search.models import MoveSearch
from kinflow.processes.simulation.sensitivity.models import Sensitivity
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.records.access import PROCESS_OWNER
from tests.processes.given import traces
from tests.processes.studio.given import process_of
from tests.processes.studio.test_pages import client_of

from .test_pages import calibrate

pytestmark = pytest.mark.django_db
ADDRESS = "/processes/office/"
GOOD = '[{"move": "eliminate", "step": "step 1"}]'


@pytest.fixture(autouse=True)
def process() -> Iterator[None]:
    with process_of(traces("abc"), key="office") as made:
        calibrate(made)
        yield


def move(told: str) -> dict[str, str]:
    return {"moves": f"[{told}]", "do": "start", "start": "1", "act": "start"}


@pytest.mark.parametrize(
    ("page", "sent", "words"),
    [
        *[
            ("what-ifs/new/", {"moves": GOOD, "do": "start", "times": times}, "from 2 to 200")
            for times in ("NaN", "-1", "0", "1e9", "9" * 30)
        ],
        ("what-ifs/new/", move('{"move":"zz"}'), "Choose a move."),
        ("what-ifs/new/", move('{"move":"empower","step":"step 1","share":NaN}'), "from 1 to 99"),
        ("what-ifs/new/", move('{"move":"empower","step":"step 1","share":1e999}'), "from 1 to 99"),
        ("what-ifs/new/", move('{"move":"eliminate","step":{}}'), "Choose a step of this process."),
        ("move-searches/", {"moves": "[" * 100_000}, "Choose a move."),
        ("move-searches/", {"plays": "9" * 30}, "Give a whole number."),
        ("move-searches/", {"most_cost": "1e999"}, "Give an amount above zero"),
        ("move-searches/", {"more:look": "9" * 12}, "Give a whole number."),
        ("sensitivity/", {"moves": "[" * 100_000, "percent": "10", "times": "20"}, "This cannot be read."),
        ("sensitivity/", {"percent": "NaN"}, "Choose 10 or 20 per cent."),
    ],
)  # fmt: skip
def test_what_cannot_be_played_is_refused_in_words(page: str, sent: dict[str, str], words: str) -> None:
    answer = client_of("owner", PROCESS_OWNER).post(ADDRESS + page, sent)
    assert answer.status_code in (200, 422)
    assert words in answer.content.decode()
    assert not any(kind.objects.exists() for kind in (WhatIf, MoveSearch, Sensitivity))


@pytest.mark.parametrize("moves", ["[" * 100_000, "[" * 5_000 + "]" * 5_000, "{{{", "null", "[[]]", "a\0b"])
def test_moves_that_are_none_begin_nothing(moves: str) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    assert owner.post(f"{ADDRESS}what-ifs/new/", move("") | {"moves": moves}).status_code in (200, 422)
    assert owner.get(f"{ADDRESS}what-ifs/new/", {"moves": moves[:3_000]}).status_code in (200, 400)
    assert not WhatIf.objects.exists()


@pytest.mark.parametrize(
    ("page", "sent", "field"),
    [
        ("what-ifs/new/", {"moves": GOOD, "do": "start", "times": "0"}, "in-times"),
        ("move-searches/", {"most_cost": "1e999"}, "in-most-cost"),
        ("sensitivity/", {"percent": "10", "times": "0"}, "in-times"),
        ("sensitivity/", {"percent": "77", "times": "8"}, "in-percent"),
        ("what-ifs/new/", {"do": "add", "move": "add_people", "role": "", "count": "1"}, "in-role"),
        ("what-ifs/new/", {"do": "add", "move": "empower", "step": "step 1", "share": "much"}, "in-share"),
        ("what-ifs/new/", {"do": "add", "move": "empower", "step": "step 1", "share": "200"}, "in-share"),
        ("move-searches/", {"more:look": "99", "plays": "100"}, "in-more-2"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(page: str, sent: dict[str, str], field: str):
    said = client_of("owner", PROCESS_OWNER).post(f"{ADDRESS}{page}", sent).content.decode()
    assert f'aria-describedby="{field}-error"' in said
    assert f'<p class="error" id="{field}-error">' in said


def test_what_was_typed_for_a_move_stays_when_it_is_refused() -> None:
    sent = {"moves": GOOD, "do": "add", "move": "empower", "step": "step 2", "share": "much"}
    said = client_of("owner", PROCESS_OWNER).post(f"{ADDRESS}what-ifs/new/", sent).content.decode()
    assert '<option value="step 2" selected>' in said
    assert 'name="share" value="much"' in said
    assert "Give a number from 1 to 99." in said
