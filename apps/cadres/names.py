"""How people are put in order: by the sounds of their names."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import lazy_pinyin

# Characters that sound differently as a surname.
_SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "区": "ou", "朴": "piao",
    "翟": "zhai", "覃": "qin", "任": "ren", "华": "hua", "缪": "miao", "召": "shao", "乐": "yue", "黑": "he",
    "折": "she", "员": "yun", "宓": "fu", "秘": "bi", "洗": "xian", "尉": "yu", "万": "wan", "种": "chong",
}  # fmt: skip


def sort_key(name: str) -> str:
    """The syllables of a name with a space between them; characters without a reading stand for themselves."""
    if not name:
        return ""
    first = _SURNAMES.get(name[0]) or _syllable(name[0])
    return " ".join([first, *(_syllable(letter) for letter in name[1:])])


@lru_cache(maxsize=8192)
def _syllable(letter: str) -> str:
    return str(lazy_pinyin(letter)[0])
