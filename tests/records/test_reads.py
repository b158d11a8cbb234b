"""What a function of a record reads is found without a record."""

from kinflow.customers.models import Contact
from kinflow.records.reads import reads, relations_of
from kinflow.sales.models import Lead


def test_both_sides_of_an_or_are_seen():
    assert reads(lambda lead: lead.need or lead.contact.name, Lead) == {
        "need",
        "contact__family_name",
        "contact__given_name",
    }


def test_relations_that_may_be_missing_are_followed():
    assert reads(lambda lead: lead.account.name if lead.account else "", Lead) == {"account__name"}


def test_a_function_that_fails_on_strange_values_is_seen_as_far_as_it_came():
    def title(contact):
        raise ValueError(contact.title)

    assert reads(title, Contact) == {"title"}


def test_nothing_is_asked_of_the_database():
    assert reads(str, Contact) == {"family_name", "given_name"}


def test_relations_are_all_but_the_last_steps():
    assert relations_of({"need", "contact__account__name", "contact__title"}) == {
        "contact__account",
        "contact",
    }
