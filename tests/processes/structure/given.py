"""A small organisation on paper: a company with sales and service, four layers."""

from kinflow.processes.structure.paper import Paper, PaperPerson, PaperUnit

COMPANY, SALES, EAST, WEST, SERVICE, DESK = 1, 2, 3, 4, 5, 6
CHIEF, SELLER_LEAD, ANN, BO, CY, SERVICE_LEAD, DI, ED = 10, 11, 12, 13, 14, 15, 16, 17


def paper() -> Paper:
    """Ann and Bo sell in the east, Cy in the west; Di and Ed work at the desk of service."""
    units = (
        PaperUnit(COMPANY, "Company", (COMPANY,), CHIEF),
        PaperUnit(SALES, "Sales", (COMPANY, SALES), SELLER_LEAD),
        PaperUnit(EAST, "East", (COMPANY, SALES, EAST), ANN),
        PaperUnit(WEST, "West", (COMPANY, SALES, WEST)),
        PaperUnit(SERVICE, "Service", (COMPANY, SERVICE), SERVICE_LEAD),
        PaperUnit(DESK, "Desk", (COMPANY, SERVICE, DESK)),
    )
    people = (
        PaperPerson(CHIEF, "Chief", COMPANY, "Chief executive"),
        PaperPerson(SELLER_LEAD, "Sue", SALES, "Head of sales"),
        PaperPerson(ANN, "Ann", EAST, "Representative"),
        PaperPerson(BO, "Bo", EAST, "Representative"),
        PaperPerson(CY, "Cy", WEST, "Representative"),
        PaperPerson(SERVICE_LEAD, "Sam", SERVICE, "Head of service"),
        PaperPerson(DI, "Di", DESK, "Agent"),
        PaperPerson(ED, "Ed", DESK, "Agent", told=DI),
    )
    return Paper({unit.pk: unit for unit in units}, {person.pk: person for person in people})
