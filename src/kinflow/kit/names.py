"""Names of people and companies: written, taken apart, and made equal where they mean the same one."""

import re
from functools import lru_cache

from kinflow.kit.folding import folded

_COMPOUND_SURNAMES = """
欧阳 司马 上官 诸葛 司徒 司空 夏侯 皇甫 尉迟 公孙 长孙 慕容 令狐 宇文 轩辕 东方 独孤 南宫 西门 东郭 南郭 百里 呼延
端木 公冶 公羊 公良 公西 太史 申屠 仲孙 单于 淳于 濮阳 赫连 澹台 钟离 闻人 万俟 拓跋 完颜 纳兰 叶赫 司寇 漆雕 乐正 壤驷
夹谷 宰父 谷梁 段干 梁丘 左丘 东门 第五 亓官 巫马 鲜于 闾丘 羊舌 微生 耶律
歐陽 司馬 諸葛 尉遲 公孫 長孫 東方 獨孤 南宮 西門 鍾離 聞人
남궁 황보 제갈 선우 독고 사공 서문 동방
"""
_PARTICLE_WORDS = """
af al bin bint da dal de dei del della den der di dos du el het ibn la las le los 't ten ter van vom von y zu zum zur
"""
_COMPANY_WORDS = """
ab ag and aps as asa bhd bv co company corp corporation cv doo eg et eurl ev gbr gmbh inc incorporated jsc kft kg kgaa kk
limited llc llp lp ltd ltda mbh nv oao ohg ooo oy oyj plc private pt pte pty pvt sa sarl sas sdn se sl slu spa spzoo srl
sro ug und
"""
_COMPOUND = frozenset(_COMPOUND_SURNAMES.split())
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_LATIN_FORMS = frozenset(_COMPANY_WORDS.split())
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "frau", "mme", "mlle", "sra"])
_CHINESE_TITLES = ("先生", "女士", "小姐")
_DENSE = re.compile(
    "[\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_DENSE_FORMS = re.compile(
    r"(?:股份)?有限(?:责任|責任)?公司|股份公司|\((?:有限|普通|特殊普通)合伙\)|\(个体工商户\)|株式会社|有限会社|合同会社"
    r"|\([株有]\)|주식회사|\(주\)"
)
_PLAIN_COMPANY = re.compile(r"(?<=..)(?<![分子总總])公司\)?\s*$")
_MOST_IN_A_NAME = 4  # characters; longer ones are foreign names in Chinese characters


def display(family_name: str, given_name: str) -> str:
    """The full name: surname first without space in Chinese, Japanese and Korean script, else given name first.

    >>> display("王", "建国"), display("Smith", "John"), display("", "Madonna")
    ('王建国', 'John Smith', 'Madonna')
    """
    family, given = family_name.strip(), given_name.strip()
    if not family or not given:
        return family or given
    if _DENSE.fullmatch(family) and _DENSE.fullmatch(given):
        return family + given
    return f"{given} {family}"


def split(full_name: str) -> tuple[str, str]:
    """The family name and the given name of a full one; what cannot be told apart is all family name.

    Knows compound surnames ("欧阳修"), "Smith, John", "SMITH John", and particles ("van der Berg").

    >>> split("欧阳修"), split("王建国"), split("Ludwig van Beethoven"), split("约翰·史密斯")
    (('欧阳', '修'), ('王', '建国'), ('van Beethoven', 'Ludwig'), ('约翰·史密斯', ''))
    """
    name = " ".join(full_name.split())
    if _DENSE.fullmatch(name.replace(" ", "")):
        return _split_dense(name)
    family, comma, given = name.partition(",")
    if comma and family.strip() and given.strip().casefold().rstrip(".") not in _SUFFIXES:
        return family.strip(), given.strip()
    return _split_words(name.split(" "))


@lru_cache(maxsize=65536)
def person_key(family: str, given: str) -> str:
    """What two spellings of one person's name have in common: no case, accents, order, signs or forms of address.

    >>> person_key("Müller", "Jörg") == person_key("joerg".replace("oe", "o"), "MULLER")
    True
    """
    words = _words(folded(f"{family} {given}"))
    if all(map(_DENSE.fullmatch, words)):
        return _without_title("".join(words))
    kept = [word for word in words if word not in _TITLES] or words
    return " ".join(sorted(kept))


@lru_cache(maxsize=65536)
def company_key(name: str) -> str:
    """What two spellings of one company's name have in common: no case, accents, spaces, signs or legal form.

    >>> company_key("华星机械（上海）股份有限公司"), company_key("Firma-Nord GmbH & Co. KG")
    ('华星机械上海', 'firmanord')
    """
    plain = folded(name)
    key = "".join(_without_latin_form(_words(_without_dense_form(plain))))
    return key or "".join(_words(plain))


def _split_dense(name: str) -> tuple[str, str]:
    first, space, rest = name.partition(" ")
    if space:
        return first, rest.replace(" ", "")
    size = 2 if name[:2] in _COMPOUND else 1
    if len(name) > _MOST_IN_A_NAME or re.search("[\u3041-\u30ff]", name):
        return name, ""
    return name[:size], name[size:]


def _split_words(words: list[str]) -> tuple[str, str]:
    if len(words) < 2:
        return "".join(words), ""
    shouted = [word.isupper() and len(word.strip(".")) > 1 for word in words]
    if shouted[0] and not any(shouted[1:]):
        return words[0], " ".join(words[1:])
    at = len(words) - 1
    if at > 1 and words[at].casefold().strip(".,") in _SUFFIXES:
        at -= 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    return " ".join(words[at:]), " ".join(words[:at])


def _words(text: str) -> list[str]:
    """Runs of letters and digits; dots and apostrophes inside join ("s.a.", "o'neill")."""
    return re.sub(r"[\W_]+", " ", re.sub(r"[.'’`]", "", text)).split()


def _without_title(name: str) -> str:
    for title in _CHINESE_TITLES:
        if name.endswith(title) and len(name) > len(title):
            return name[: -len(title)]
    return name


def _without_dense_form(name: str) -> str:
    before = ""
    while before != name:
        before = name
        name = _PLAIN_COMPANY.sub("", _DENSE_FORMS.sub(" ", name))
    return name


def _without_latin_form(words: list[str]) -> list[str]:
    if words[-2:] == ["a", "s"] and len(words) > 2:
        words = words[:-2]
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    while len(words) > 1 and words[-1] in _LATIN_FORMS:
        words = words[:-1]
    return words
