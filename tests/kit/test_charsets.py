"""Character sets are told apart by what the bytes hold."""

import pytest

from kinflow.kit.charsets import chinese_share, codec_of, decode, detect


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("您好，我们需要三台离心泵，请报价。", "gb18030"),
        ("张三,李四,喆", "gb18030"),
        ("안녕하세요 반갑습니다 저는 한국 사람입니다", "cp949"),
        ("Привет, как дела? Мы хотим купить насос", "cp1251"),
        ("こんにちは、お元気ですか。ポンプを買いたいです", "cp932"),
        ("こんにちは、お元気ですか。ポンプを買いたいです", "euc_jp"),
        ("您好，我們需要三台離心泵，請報價。謝謝", "cp950"),
        ("Müller & Söhne Größe", "cp1252"),
        ("Ça va très bien", "cp1252"),
        ("hello world", "utf-16-le"),
        ("您好", "utf-8"),
    ],
)
def test_the_codec_of_unknown_bytes_is_found(text, codec):
    assert detect(text.encode(codec)) == codec
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("GB2312", "gb18030"),
        ("x-gbk", "gb18030"),
        ("ISO-8859-1", "cp1252"),
        ("UTF8", "utf-8"),
        ('"utf-8"', "utf-8"),
    ],
)
def test_names_lead_to_the_codec_that_writers_really_use(name, codec):
    assert codec_of(name) == codec


@pytest.mark.parametrize(
    "name", ["", "hex", "base64", "rot13", "idna", "punycode", "unicode_escape", "x" * 5_000, "é"]
)
def test_names_that_are_no_charset_lead_nowhere(name):
    assert codec_of(name) is None


def test_the_share_of_chinese_is_high_for_chinese_and_low_for_others():
    assert chinese_share("请尽快报价".encode("gb18030")) == 1.0
    assert chinese_share("Größe".encode("cp1252")) < 0.5
    assert chinese_share(b"plain") == 0.0
