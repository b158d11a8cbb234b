"""The text of a mail is read right, whatever its sender said about its character set."""

import pytest

from kinflow.contact_center.emails.decoding import decode

from . import mail, sample

CHINESE = "您好，我们需要三台立式离心泵，请报价。"


def codes(raw: bytes) -> list[str]:
    return [flaw.code for flaw in decode(raw).flaws if flaw.code.startswith("char")]


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030", "utf-8", "x-gbk", "cp936", "UTF-16", "hz"])
def test_chinese_is_read_in_the_charset_it_names(charset):
    codec = {"x-gbk": "gbk"}.get(charset, charset)
    raw = mail(f'Content-Type: text/plain; charset="{charset}"', body=CHINESE.encode(codec))
    assert decode(raw).text == CHINESE
    assert codes(raw) == []


def test_characters_beyond_gb2312_are_read_though_gb2312_is_declared():
    text = "收件人：李喆、朱镕基，型号㎡"
    assert decode(mail("Content-Type: text/plain; charset=gb2312", body=text.encode("gb18030"))).text == text


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "us-ascii"])
def test_gb18030_that_claims_to_be_something_else_is_repaired_and_told(declared):
    raw = mail(f"Content-Type: text/plain; charset={declared}", body=CHINESE.encode("gb18030"))
    assert decode(raw).text == CHINESE
    assert codes(raw) == ["charset-wrong"]


@pytest.mark.parametrize("declared", ["gb2312", "iso-8859-1", "big5"])
def test_utf_8_that_claims_to_be_something_else_is_repaired_and_told(declared):
    raw = mail(f"Content-Type: text/plain; charset={declared}", body=CHINESE.encode())
    assert decode(raw).text == CHINESE
    assert codes(raw) == ["charset-wrong"]


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "gb18030"),
        ("Müller & Söhne: Größe prüfen, bitte", "cp1252"),
        ("Здравствуйте, нам нужен насос для воды. Пришлите цену, пожалуйста", "cp1251"),
        ("こんにちは、ポンプを三台買いたいのですが、見積もりをお願いします", "cp932"),
        ("안녕하세요 펌프 세 대의 견적을 부탁드립니다 감사합니다", "cp949"),
    ],
)
def test_a_missing_charset_is_guessed_and_told(text, codec):
    raw = mail("Subject: x", body=text.encode(codec))
    assert decode(raw).text == text
    assert codes(raw) == ["charset-missing"]


@pytest.mark.parametrize(
    "name", ["x-unknown", "NONE", "hex", "zip", "idna", "unicode_escape", "no such one", "é"]
)
def test_an_unknown_or_dangerous_charset_is_never_used(name):
    raw = mail(f'Content-Type: text/plain; charset="{name}"', body=CHINESE.encode("gb18030"))
    assert decode(raw).text == CHINESE
    assert codes(raw) == ["charset-unknown"]


def test_a_charset_in_the_html_itself_counts_where_the_part_names_none():
    page = '<meta charset="gbk"><p>泵</p>'.encode("gbk")
    assert decode(mail("Content-Type: text/html", body=page)).text == "泵"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ruby-mail/japanese_iso_2022.eml", "すみません。"),
        ("ruby-mail/ks_c_5601-1987.eml", "스티해"),
        ("talon/thunderbird.eml", "On 04/02/2012 06:26 PM, Megan One wrote:\n> Hi\nHello"),
    ],
)
def test_samples_in_other_charsets_are_read(name, text):
    assert decode(sample(name)).text == text


def test_a_sample_in_shift_jis_is_read():
    assert decode(sample("ruby-mail/japanese_shift_jis.eml")).text.startswith("あいうえお\n\nこのメールは")


def test_what_cannot_be_read_is_marked_and_told():
    raw = mail("Content-Type: text/plain; charset=utf-8", body="价格：".encode() + b"\xff" + "元".encode())
    assert decode(raw).text == "价格：\ufffd元"
    assert codes(raw) == ["characters-lost"]
