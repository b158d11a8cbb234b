"""Segments on screen: made and changed in the editor, counted live, shown with their members, compared, kept by hand."""

import pytest
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Refused
from kinflow.records.access import ADMINISTRATOR, PROCESS_OWNER, REPRESENTATIVE
from kinflow.records.models import Segment, SegmentMember
from kinflow.records.segments.actions import create_segment
from kinflow.records.segments.founding import found_segment

from ..pages.visits import text_of, visit
from ..small_world import actor, lead, person

pytestmark = pytest.mark.django_db
ADMIN = actor(ADMINISTRATOR)
HOT = '{"field":"score","op":"at_least","value":80}'


def made(name: str = "Hot", least: int = 80) -> Segment:
    condition = {"field": "score", "op": "at_least", "value": least}
    segment = create_segment(kind="lead", name=name, condition=condition, by=ADMIN)
    return found_segment(segment=segment, now=timezone.now(), by=SYSTEM)


def test_the_editor_makes_a_segment_and_changes_it():
    assert "/segments/new/?kind=lead" in text_of(visit(ADMIN, "/segments/new/"))
    assert "condition" in text_of(visit(ADMIN, "/segments/new/?kind=lead"))
    visit(ADMIN, "/segments/new/?kind=lead", kind="lead", name="Hot", way="condition", condition=HOT)
    segment = Segment.objects.get()
    assert segment.condition["value"] == 80
    page = text_of(visit(ADMIN, f"/segments/{segment.pk}/edit/"))
    assert "Hot" in page
    visit(ADMIN, f"/segments/{segment.pk}/edit/", name="Hotter", condition=HOT.replace("80", "90"))
    segment.refresh_from_db()
    assert (segment.name, segment.condition["value"]) == ("Hotter", 90)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"condition": "{"}, {"condition": '{"field":"nothing"}'}])
def test_what_makes_no_sense_stays_in_the_form_with_the_reason(wrong):
    given = {"kind": "lead", "name": "Hot", "way": "condition", "condition": HOT} | wrong
    answer = visit(ADMIN, "/segments/new/?kind=lead", **given)
    assert answer.status_code == 422
    assert 'role="alert"' in text_of(answer)
    assert not Segment.objects.exists()


def test_the_count_is_of_what_the_person_sees():
    lead(score=90), lead(score=10)
    assert "<dd>1</dd>" in text_of(visit(ADMIN, "/segments/preview/lead/", condition=HOT))
    other = actor(REPRESENTATIVE, person("李伟"))
    assert "<dd>0</dd>" in text_of(visit(other, "/segments/preview/lead/", condition=HOT))
    assert "alert" in text_of(visit(ADMIN, "/segments/preview/lead/", condition="["))


def test_the_page_shows_the_sentence_the_sizes_and_the_way_to_the_members():
    one = lead(score=90, need="Feed pumps")
    cold = lead(score=10, need="Valves")
    segment = made()
    page = text_of(visit(ADMIN, f"/segments/{segment.pk}/"))
    assert "Score is at least 80" in page
    assert "polyline" in page
    where = f'/leads/?where={{"field":"segments","op":"any_of","value":[{segment.pk}]}}'
    members = text_of(visit(ADMIN, where))
    assert f'id="row-{one.pk}"' in members
    assert f'id="row-{cold.pk}"' not in members
    assert "Hot" in text_of(visit(ADMIN, "/segments/"))


def test_two_segments_stand_beside_each_other():
    lead(score=90), lead(score=50)
    hot, warm = made(), made("Warm", 40)
    page = text_of(visit(ADMIN, f"/segments/compare/?one={hot.pk}&other={warm.pk}"))
    assert "50 %" in page


def test_selected_records_are_added_to_a_segment_and_taken_out():
    one, two = lead(), lead()
    kept = create_segment(kind="lead", name="Watched", way="by_hand", by=ADMIN)
    ids = f"ids={one.pk},{two.pk}"
    assert "Watched" in text_of(visit(ADMIN, f"/leads/bulk/add_to_segment/?{ids}"))
    visit(ADMIN, f"/leads/bulk/add_to_segment/?{ids}", segment=str(kept.pk))
    assert SegmentMember.objects.filter(segment=kept).count() == 2
    visit(ADMIN, f"/leads/bulk/take_out/?ids={one.pk}", segment=str(kept.pk))
    assert list(SegmentMember.objects.values_list("object_id", flat=True)) == [two.pk]


def test_who_may_not_change_a_segment_does_not_open_its_editor():
    segment = made()
    with pytest.raises(Refused):
        visit(actor(REPRESENTATIVE, person()), f"/segments/{segment.pk}/edit/")
    assert visit(actor(PROCESS_OWNER), "/segments/").status_code == 200
