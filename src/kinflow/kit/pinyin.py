"""How Chinese characters sound, in plain letters: readings, initials, and an order by sound."""

import importlib.util
import json
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

# The dictionary gives the usual reading first, then all that ever were. Of the others, these live in words, places
# and names.
_LIVING = """
阿e 艾yi 柏bo 扁pian 便pian 泊bo 薄bo 埔bu 堡bu,pu 藏zang 曾zeng 禅shan 长chang 朝zhao 车ju 称chen 乘sheng 澄deng
匙chi 仇qiu 臭xiu 传zhuan 褚zhu 单shan,chan 石dan 弹tan 得dei 调tiao 都du 度duo 恶wu 佴nai 番pan 繁po 冯ping 否pi
伽jia,qie 盖ge 给ji 贾gu 降xiang 角jue 觉jiao 校jiao 桔jie 颈geng 劲jing 句gou 卡qia 壳qiao 隗wei,gui 会kuai
郇xun 还huan 行hang,heng 和huo 红gong 鹄hu 炅gui 解xie 荥ying 浚xun 系ji 纤qian 陆liu 六lu 俩liang 率shuai 勒le
肋lei 露lou 蔓wan 脉mo 没mo 么yao 秘bi 宓fu 模mu 万mo 缪miao,miu 牟mu 娜nuo 粘nian 乜nie 区ou 胖pan 陂pi
蚌beng 屏bing 朴piao,po 铅yan 茜xi 蹊xi 栖xi 茄qie 雀qiao 覃qin 厦xia 沈chen 谌shen 省xing 盛cheng 什shi 似si
伺si 宿xiu 属zhu 尉yu 俟si 汤shang 洞tong 拓ta 莞wan 著zhuo 涡guo 吓he 洗xian 铣xian 血xie 咽ye 叶xie 殷yan
员yun 查zha 差chai 择zhai 翟zhai 折she 着zhao,zhuo 召shao 郗chi 祭zhai 种chong 重chong 粥yu 乐yue,lao 费bi
适kuo 泷shuang 将qiang 强jiang 参shen,cen 柞zuo 镐hao 黑he 龟jun,qiu 大dai 曝bao 亲qing 颤zhan 剥bao 辟bi 扎za
扒pa 椎zhui 疟yao 圈juan 畜xu 咳hai 囤tun 吁yu 叨tao 那nuo 佛fo 塞se 貉he
"""
# Here the dictionary's first reading is not the usual one.
_LEADING = {"卜": "bu", "阚": "kan", "晟": "sheng", "贲": "ben", "翘": "qiao"}
_NO_SYLLABLES = frozenset(["", "m", "n", "ng", "hm", "hng"])
# How surnames sound where they differ from the words.
_SURNAMES = {
    "万俟": "moqi", "尉迟": "yuchi", "长孙": "zhangsun", "乐正": "yuezheng", "单于": "chanyu", "令狐": "linghu",
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "盖": "ge", "任": "ren",
    "朴": "piao", "缪": "miao", "乐": "yue", "翟": "zhai", "黑": "he", "繁": "po", "秘": "bi", "折": "she",
    "召": "shao", "种": "chong", "员": "yun", "洗": "xian", "覃": "qin", "牟": "mou", "句": "gou", "祭": "zhai",
    "尹": "yin", "贾": "jia", "长": "zhang", "重": "chong", "华": "hua", "卜": "bu", "陆": "lu", "柏": "bai",
}  # fmt: skip


def readings(character: str) -> tuple[str, ...]:
    """The toneless readings of a Chinese character, the usual one first; empty for any other character.

    A "ü" gives "v", as it is typed, and also "u" and "yu", as it is written in passports and without accents.

    >>> readings("长"), readings("吕"), readings("x")
    (('zhang', 'chang'), ('lv', 'lu', 'lyu'), ())
    """
    return _readings(character) if character > "\u3000" else ()


def is_chinese(character: str) -> bool:
    """Whether the character is a Chinese one, so that it may have readings."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or character in "〇々"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


@cache
def syllables() -> frozenset[str]:
    """Every toneless syllable a Chinese character can have, of those that begin a typed word."""
    given = {reading for entry in _dictionary().values() for reading in entry.split(",")}
    living = {reading for others in _living().values() for reading in others}
    plain = {_plain(reading) for reading in given} | living
    return frozenset(spelling for reading in plain for spelling in _spellings(reading)) - _NO_SYLLABLES


def surname_sound(surname: str) -> str:
    """How a Chinese surname sounds: 单 is Shan, 尉迟 is Yuchi. Characters without reading stay.

    >>> surname_sound("曾")
    'zeng'
    """
    return _SURNAMES.get(surname) or sound(surname)


def sound(text: str) -> str:
    """The usual reading of each Chinese character, joined; other characters stay as they are."""
    return "".join((readings(character) or (character,))[0] for character in text)


@lru_cache(maxsize=32768)
def _readings(character: str) -> tuple[str, ...]:
    given = _dictionary().get(str(ord(character)))
    if not given:
        return ()
    usual = _LEADING.get(character) or _plain(given.split(",")[0])
    found = [usual, *_living().get(character, ())]
    spellings = [spelling for reading in found for spelling in _spellings(reading)]
    return tuple(dict.fromkeys(spelling for spelling in spellings if spelling.isalpha()))


def _spellings(reading: str) -> tuple[str, ...]:
    if "v" not in reading:
        return (reading,)
    return (reading, reading.replace("v", "u"), reading.replace("v", "yu"))


def _plain(reading: str) -> str:
    """A reading without its tone, "ü" as "v"."""
    apart = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in apart if "a" <= letter <= "z")


@cache
def _living() -> dict[str, list[str]]:
    return {entry[0]: entry[1:].split(",") for entry in _LIVING.split()}


@cache
def _dictionary() -> dict[str, str]:
    """From code points to readings with tones. Read from pypinyin's file: importing it would load every phrase too."""
    package = importlib.util.find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ImportError("pypinyin is not installed")
    table: dict[str, str] = json.loads((Path(package.origin).parent / "pinyin_dict.json").read_text("utf-8"))
    return table
