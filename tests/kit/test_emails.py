"""One address has one form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.kit.emails import domain_of, normalised


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("Li.Wei@Example.COM", "li.wei@example.com"),
        (" li@b.cn\n", "li@b.cn"),
        ("ｌｉ＠ｂ．ｃｎ", "li@b.cn"),
        ("li@公司.cn", "li@xn--55qx5d.cn"),
        ("李@公司.中国", "李@xn--55qx5d.xn--fiqs8s"),
        ("a+tag_1'x@sub.firma-nord.co.uk", "a+tag_1'x@sub.firma-nord.co.uk"),
        ("müller@bücher.de", "müller@xn--bcher-kva.de"),
    ],
)
def test_the_same_address_written_otherwise(address, wanted):
    assert normalised(address) == wanted


@pytest.mark.parametrize(
    "address",
    [
        "",
        "@",
        "a@",
        "@b.cn",
        "nobody",
        "a@b",
        "a b@c.cn",
        "a@b..cn",
        ".a@b.cn",
        "a.@b.cn",
        "a..b@c.cn",
        "a@-b.cn",
    ]
    + [
        "a@b-.cn",
        "a@b.c_n",
        "a@1.2.3.4",
        "a@@b.cn",
        "a@b@c.cn",
        "a,b@c.cn",
        "<a@b.cn>",
        '"a b"@c.cn',
        "a\0@b.cn",
    ]
    + [
        f"{'a' * 65}@b.cn",
        f"{'李' * 22}@b.cn",
        f"a@{'b' * 64}.cn",
        f"a@{'b.' * 126}cn",
        "a@b.cn\r\nBcc: c@d.cn",
    ],
)
def test_what_is_no_address(address):
    assert normalised(address) is None


def test_the_domain_of_an_address():
    assert (domain_of("a@b.cn"), domain_of("")) == ("b.cn", "")


@settings(deadline=None)
@given(st.emails() | st.text("aB.@-中_ü\u212a", max_size=12) | st.text(max_size=20))
def test_normalising_again_changes_nothing(address):
    found = normalised(address)
    assert found is None or (normalised(found) == found and len(found) <= 254)


@settings(deadline=None)
@given(st.from_regex(r"[a-z0-9]{1,20}(\.[a-z0-9]{1,10})?@[a-z0-9]{1,20}\.(cn|com|org)", fullmatch=True))
def test_plain_addresses_are_taken_whatever_their_case(address):
    assert normalised(address.upper()) == address
