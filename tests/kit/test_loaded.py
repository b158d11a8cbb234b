"""Models made from rows without their constructor are as those made by it."""

import pytest
from django.db import models

from kinflow.kit.loaded import Loaded, is_plain, loaded
from kinflow.sales.leads.models import Lead

NAMES = ["id", "need", "score"]
VALUES = [7, "离心泵", 40]


def test_a_model_from_a_row_is_as_one_from_the_constructor() -> None:
    quick, slow = (
        Lead.from_db("default", NAMES, VALUES),
        models.Model.from_db.__func__(Lead, "default", NAMES, VALUES),
    )

    assert quick == slow
    assert (quick.need, quick.score) == (slow.need, slow.score)
    assert (quick._state.adding, quick._state.db) == (slow._state.adding, slow._state.db)
    assert quick.get_deferred_fields() == slow.get_deferred_fields()


def test_related_records_are_kept_with_the_model() -> None:
    lead, owner = Lead.from_db("default", NAMES, VALUES), Lead._meta.get_field("owner").related_model(pk=3)
    lead._state.fields_cache["owner"] = owner

    assert lead.owner is owner
    assert Lead.from_db("default", NAMES, VALUES)._state.fields_cache == {}


def test_a_row_with_fewer_values_than_names_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        loaded(Lead, "default", NAMES, VALUES[:2])


def test_a_model_whose_making_somebody_listens_to_is_made_by_its_constructor() -> None:
    class Heard(Loaded):
        class Meta:
            app_label = "kit"

    heard: list[object] = []
    listener = lambda **given: heard.append(given["instance"])  # noqa: E731
    models.signals.post_init.connect(listener, sender=Heard)
    try:
        assert not is_plain(Heard)
        assert heard == [Heard.from_db("default", ["id"], [1])]
    finally:
        models.signals.post_init.disconnect(listener, sender=Heard)
