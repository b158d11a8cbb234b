"""Score cards of many assignments at once say what single ones say."""

import numpy as np
import pytest
from django.utils import timezone

from kinflow.automation.assignments.cards import card_of
from kinflow.automation.assignments.compact_cards import compact_cards
from kinflow.automation.assignments.evaluation import evaluate
from kinflow.automation.assignments.situations import situation_of
from kinflow.automation.scorings.using import current_version, draft_of
from kinflow.automation.templatetags.assignment import assignment_card, considered_words

from . import given
from .scorings_given import lead_scoring, weights

pytestmark = pytest.mark.django_db


def plain(card):
    """A card without its words, and of those who come next the totals alone."""
    lines = [{k: v for k, v in line.items() if k != "text"} for line in card["winner"]["lines"]]
    return {
        **card,
        "winner": {**card["winner"], "lines": lines},
        "others": [{k: v for k, v in other.items() if k != "lines"} for other in card["others"]],
        "excluded": [{k: v for k, v in part.items() if k != "text"} for part in card["excluded"]],
    }


def test_a_compact_card_says_what_the_whole_one_says():
    east, feed = given.unit(), given.skill()
    for n in range(7):
        given.person(f"P{n}", east, skills={feed: n % 5 + 1}, limit=n)
    given.person("周", east, takes_work=False)
    scoring = lead_scoring(criteria=weights(product_knowledge=25, load=10, fairness=3))
    pump = given.pump(feed)
    leads = [given.lead(name=f"C{n}", product=pump if n else None) for n in range(2)]
    _rows, situation = situation_of("lead", [lead.pk for lead in leads], timezone.now())
    evaluation = evaluate(situation, draft_of(current_version(scoring)))
    winners = [evaluation.ranked(0)[2], evaluation.ranked(1)[0]]
    told = compact_cards(evaluation, np.arange(2), np.array(winners), scoring)
    for item, winner in enumerate(winners):
        whole = plain(card_of(evaluation, item, winner, scoring))
        short = told[item]
        totals = [other["total"] for other in whole.pop("others")]
        assert [other["total"] for other in short.pop("others")] == totals
        assert short == whole
    assert considered_words({"others": [], **told[0]}) == considered_words(
        card_of(evaluation, 0, winners[0], scoring)
    )
    assert all(bar["criterion"] for bar in assignment_card(told[0])["bars"])
