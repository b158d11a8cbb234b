"""The machine code made before anybody waits for it."""

import numpy as np

from kinflow.processes.columns import columns_of, filtering

from .clock import clock_of
from .overview import overview
from .pairs import find_by_hashing
from .steps import work_times


def compile_ahead() -> None:
    """Have the machine code of all passes made and kept on disk; whoever has to later keeps the compiler's memory.

    Takes fifteen seconds once for each version of the program, then two.
    """
    columns = columns_of(
        case=np.array([0, 0, 1], np.int32),
        activity=np.array([0, 1, 1], np.int32),
        at=np.array([0, 1, 1], np.int64),
        case_ids=["case", "another"],
        activities=["one", "other"],
        unit=np.array([0, 0, 0], np.int32),
        units=["unit"],
    )
    overview(columns, clock=clock_of(columns.units, {"unit": np.array([[0, 1]], np.int64)}))
    work_times(columns)
    find_by_hashing(columns.offsets, columns.activity, len(columns.activities))
    part = filtering.directly(columns, "one", "other") & filtering.eventually(columns, "one", "other")
    part &= filtering.through(columns, ["one"]) & filtering.of_variants(columns, [["one", "other"]])
    filtering.sub_log(columns, part & filtering.lasting(columns))
