"""The organisation."""

from datetime import date

from kinflow.demo.company.company import Company, found_company
from kinflow.demo.company.people import EXPERT
from kinflow.demo.engine.chance import Streams
from kinflow.demo.words.places import COUNTRIES, PROVINCES

FIRST, LAST = date(2024, 5, 20), date(2026, 5, 20)


def company(*, stand_ins: bool = False) -> Company:
    return found_company(Streams(7), FIRST, LAST, stand_ins=stand_ins)


def test_about_120_people_work_there_on_four_levels() -> None:
    found = company()
    staying = [person for person in found.people if person.left_on is None]
    levels = {position.key: position.level for position in found.positions}
    assert 115 <= len(staying) <= 130
    assert {levels[person.position] for person in staying} == {1, 2, 3, 4}


def test_every_unit_hangs_on_the_company_and_has_a_lead_from_its_own_people() -> None:
    found = company()
    units = {unit.key: unit for unit in found.units}
    people = {person.key: person for person in found.people}
    for unit in found.units:
        at = unit
        while at.parent:
            at = units[at.parent]
        assert at.key == "company"
        assert unit.lead is None or people[unit.lead].unit == unit.key
    assert sum(unit.lead is None for unit in found.units) == 0


def test_everybody_reports_to_somebody_up_to_the_chief() -> None:
    managers = {person.key: person.reports_to for person in company().people}
    for key in managers:
        at, steps = key, 0
        while managers[at] is not None:
            at, steps = str(managers[at]), steps + 1
            assert steps < 6
        assert at == "company-1"


def test_skills_languages_and_territories_are_known_ones() -> None:
    found = company()
    codes = {skill.code for skill in found.skills}
    territories = {territory.key for territory in found.territories}
    for person in found.people:
        assert codes >= set(person.skills)
        assert territories >= set(person.territories)
        assert {1, 2, 3, 4, 5} >= {*person.skills.values(), *person.languages.values(), person.seniority}
    spoken = {language for person in found.people for language in person.languages}
    assert spoken >= {"zh", "en", "es", "ar", "ru", "ko", "de"}


def test_every_place_of_a_customer_is_somebodys_territory() -> None:
    places = [place for territory in company().territories for place in territory.places]
    assert len(set(places)) == len(places)
    assert set(places) >= {*(f"CN-{code}" for code in PROVINCES), *COUNTRIES}


def test_one_engineer_alone_knows_magnetic_drive_pumps_unless_there_are_stand_ins() -> None:
    def knowing(found: Company) -> set[str]:
        engineers = [person for person in found.people if person.unit == "engineering"]
        return {person.key for person in engineers if person.skills.get("magnetic", 0) >= 3}

    assert knowing(company()) == {EXPERT}
    assert len(knowing(company(stand_ins=True))) == 3


def test_addresses_and_positions_are_unique_and_leavers_have_successors() -> None:
    found = company()
    assert len({person.email for person in found.people}) == len(found.people)
    assert len({position.key for position in found.positions}) == len(found.positions)
    leavers = [person for person in found.people if person.left_on]
    assert len(leavers) == 3
    keys = {person.key for person in found.people}
    assert all(f"{leaver.key}-b" in keys for leaver in leavers)


def test_absences_of_a_person_do_not_overlap() -> None:
    by_person: dict[str, list[tuple[object, object]]] = {}
    for absence in company().absences:
        assert absence.starts_at < absence.ends_at
        by_person.setdefault(absence.person, []).append((absence.starts_at, absence.ends_at))
    for spans in by_person.values():
        assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))  # type: ignore[operator]


def test_products_have_families_that_people_know() -> None:
    found = company()
    codes = {skill.code for skill in found.skills}
    assert len({product.code for product in found.products}) == len(found.products) == 55
    assert all(product.skill in codes and product.price > 0 for product in found.products)
