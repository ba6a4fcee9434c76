"""The words of a name, made comparable: case, accents, punctuation, abbreviations."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:['’‘`´][^\W_]+)*")
_APOSTROPHES = re.compile(r"['’‘`´]")

ABBREVIATIONS: dict[str, str] = {
    "assoc": "associates",
    "assocs": "associates",
    "avenue": "ave",
    "bros": "brothers",
    "cf": "crossfit",
    "centre": "center",
    "ctr": "center",
    "cntr": "center",
    "company": "co",
    "dept": "department",
    "dist": "district",
    "doc": "dr",
    "doctor": "dr",
    "drs": "dr",
    "grp": "group",
    "hlth": "health",
    "hs": "high school",
    "hosp": "hospital",
    "intl": "international",
    "mfg": "manufacturing",
    "mfr": "manufacturing",
    "mnfg": "manufacturing",
    "mfgr": "manufacturing",
    "mount": "mt",
    "natl": "national",
    "obgyn": "ob gyn",
    "ortho": "orthopedics",
    "orthopaedic": "orthopedics",
    "orthopaedics": "orthopedics",
    "orthopedic": "orthopedics",
    "paediatrics": "pediatrics",
    "peds": "pediatrics",
    "pediatric": "pediatrics",
    "phys": "physical",
    "pt": "physical therapy",
    "saint": "st",
    "sch": "school",
    "street": "st",
    "svcs": "services",
    "univ": "university",
    "xfit": "crossfit",
    "y": "ymca",
}
TITLES = frozenset("dr mr mrs ms prof coach nurse md do dpt dc dds pa np rn atc phd jr sr".split())
DROPPED = frozenset("the and a w".split())
DESCRIPTORS = frozenset(
    "clinic office offices practice gym team group store shop school staff front desk center co "
    "inc llc pc branch location place dentist docs guys folks people crew of at".split()
)
SPECIALTIES = frozenset(
    "medicine medical health dental chiropractic manufacturing pediatrics orthopedics sports spine "
    "physical therapy rehab massage yoga pilates surgery".split()
)
GENERIC = (
    TITLES
    | SPECIALTIES
    | frozenset(
        "family healthcare school schools high middle elementary running run center "
        "clinic group associates wellness fitness gym training store shop club team "
        "primary county city north south east west on in of for at to with by from st ave park "
        "path smile wheels spring summer community youth senior center hospital university college "
        "care company inc llc pc services office young new first one best good great my your our "
        "it performance studio athletic athletics academy league district "
        "department home life body back foot ankle hand knee shoulder joint bone pain women men "
        "american national united general plus pro elite total advanced active urgent surgical "
        "sport race races runners coach".split()
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word where it stands in a text, and the one or more comparable words it stands for."""

    start: int
    end: int
    words: tuple[str, ...]


@lru_cache(maxsize=65_536)
def comparable(word: str) -> tuple[str, ...]:
    """One typed word as comparable words: "Ortho" -> orthopedics, "PT" -> physical, therapy."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", word))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return tuple(ABBREVIATIONS.get(plain, plain).split())


def tokens(text: str, limit: int) -> list[Token]:
    """The first `limit` words of a text."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        if len(found) == limit:
            break
        found.append(Token(match.start(), match.end(), comparable(match.group())))
    return found


@lru_cache(maxsize=65_536)
def words_of(name: str) -> tuple[str, ...]:
    """A name's comparable words without articles; with them when it has no others."""
    every = tuple(word for token in _TOKEN.findall(name) for word in comparable(token))
    return tuple(word for word in every if word not in DROPPED) or every
