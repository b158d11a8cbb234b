"""The verdict on a model: by its worst part, beside chance, and beside what the past alone would have foretold."""

from kinflow.processes.simulation.calibrating.judging import Off, judged

NEAR = {"cycle_time": Off(0.1), "throughput": Off(0.0), "open_cases": Off(0.1)}
FITS, FITS_NOT = Off(0.1), Off(0.6)


def test_the_verdict_is_that_of_the_worst_part() -> None:
    assert judged(NEAR, FITS) == ("good", ())
    assert judged(NEAR | {"cycle_time": Off(0.2)}, FITS) == ("caution", ("cycle_time",))
    assert judged(NEAR | {"throughput": Off(1.0), "cycle_time": Off(0.2)}, FITS) == (
        "bad",
        ("cycle_time", "throughput"),
    )


def test_what_lies_within_chance_does_not_speak_against_a_model() -> None:
    assert judged(NEAR | {"open_cases": Off(0.8, chance=0.9)}, FITS) == ("good", ())
    assert judged(NEAR | {"open_cases": Off(0.8, chance=0.2)}, FITS)[0] == "bad"


def test_a_model_is_not_to_blame_for_what_changed_by_itself() -> None:
    drifted = NEAR | {"cycle_time": Off(0.8, chance=0.1, past=0.9)}
    assert judged(drifted, FITS) == ("changed", ("cycle_time", "cycle_time_as_past"))


def test_it_is_to_blame_where_the_past_alone_would_have_been_nearer() -> None:
    assert judged(NEAR | {"cycle_time": Off(0.8, chance=0.1, past=0.5)}, FITS) == ("bad", ("cycle_time",))


def test_it_is_to_blame_where_it_does_not_tell_the_earlier_part_either() -> None:
    drifted = NEAR | {"cycle_time": Off(0.8, chance=0.1, past=0.9)}
    assert judged(drifted, FITS_NOT) == ("bad", ("cycle_time", "cycle_time_as_past", "no_fit"))


def test_that_the_past_is_off_by_chance_is_no_excuse() -> None:
    assert judged(NEAR | {"open_cases": Off(0.4, chance=0.38, past=0.39)}, FITS) == ("bad", ("open_cases",))
