"""Refuses what looks like information about a patient, before anything of it is kept.

Slack allows such information only under an agreement that does not cover other people's apps. The
rules look for what identifies a person: dates of birth, record and social security numbers, a
patient's name, a diagnosis beside a name. They miss things, and they are wrong at times; so the
person can say that it is not about a patient.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

# Nobody logs an interaction of three years ago; a date that far back is somebody's birthday.
YEARS_BACK = 3
# How many words may stand between a name and a diagnosis that belongs to it.
NEAR = 4

_SOCIAL_SECURITY = re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])")
_RECORD = re.compile(
    r"\b(?:mrn|emr|medical\s+record|chart|record|patient\s+id|pt\s+id|member\s+id|policy)"
    r"\s*(?:no\.?|nr\.?|num(?:ber)?)?\s*(?:is|was)?\s*[:#]*\s*[a-z]{0,3}-?\d{4,}",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|birth\s?date|born(?:\s+on)?)\s*(?:is|was)?\s*[:#]?"
    r"\s*(?:[a-z]{3,9}\.?\s+)?\d{1,4}",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(
    r"\b(?:\d{1,2}[/.-]\d{1,2}[/.-](?P<last>\d{4})|(?P<first>\d{4})-\d{1,2}-\d{1,2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2},?\s+(?P<said>\d{4}))\b",
    re.IGNORECASE,
)
_AGED = re.compile(r"\b\d{1,3}[\s-]*(?:y/?o|yr[\s-]*old|years?[\s-]*old)\b", re.IGNORECASE)
# Lower-case "pt" is a patient in notes; upper-case "PT" is a therapist.
_PATIENT = re.compile(
    r"\b(?:[Pp]atients?|pts?|[Cc]lient)\b(?:'s)?[:,]?\s+(?:is|was|named|called)?\s*"
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_TITLE = re.compile(r"\b(?:dr|doctor|coach|prof|professor|rev)\.?\s*$", re.IGNORECASE)

FIRST_NAMES = frozenset(
    """james mary robert patricia john jennifer michael linda david elizabeth william barbara
    richard susan joseph jessica thomas sarah charles karen christopher lisa daniel nancy matthew
    betty anthony sandra mark margaret donald ashley steven kimberly andrew emily paul donna joshua
    michelle kenneth carol kevin amanda brian melissa george deborah timothy stephanie ronald
    rebecca jason sharon edward laura jeffrey cynthia ryan dorothy jacob amy gary kathleen nicholas
    angela eric shirley jonathan brenda stephen emma larry anna justin pamela scott nicole brandon
    samantha benjamin katherine samuel christine gregory helen alexander debra frank rachel patrick
    carolyn raymond janet jack maria dennis catherine jerry heather tyler diane aaron olivia jose
    julie adam joyce nathan victoria henry ruth zachary virginia douglas lauren peter kelly kyle
    christina noah joan ethan evelyn jeremy judith walter andrea christian hannah keith megan roger
    cheryl terry jacqueline austin martha sean madison gerald teresa carl gloria sofia luis carlos
    juan miguel ana rosa carmen bob bill tom jim mike joe steve dave sue kathy""".split()
)
_NOT_A_NAME = frozenset(
    """care portal experience experiences flow satisfaction education safety access intake outcomes
    outcome volume volumes load advocate coordinator coordinators services handout handouts
    handoff communication information center centre relations navigator navigators liaison
    population base survey surveys list lists referral referrals who that from for about with and
    or in on at to is was were are monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    updates update protocols protocol visits visit progress privacy hours room rooms""".split()
)
_DIAGNOSES = re.compile(
    r"\b(?:acl|mcl|pcl|meniscus|rotator\s+cuff|labral|labrum|tka|tha|total\s+(?:knee|hip)"
    r"|(?:knee|hip|shoulder)\s+(?:replacement|surgery|pain|injury)|fractured?|sprain(?:ed)?"
    r"|tendin(?:itis|osis|opathy)|sciatica|scoliosis|herniat\w+|stenosis|concussion|stroke"
    r"|parkinson\w*|dementia|alzheimer\w*|diabet\w+|cancer|chemo\w*|pregnan\w+|depress\w+|arthritis"
    r"|fibromyalgia|vertigo|post[\s-]?op\w*|diagnos\w+|icd|torn|tear)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text seems to hold, in words that fit "it looks like ..."."""

    what: str


def patient_information(text: str, known: Collection[str], today: date) -> Finding | None:
    """Return what in `text` looks like information about a patient, or None.

    `known` are names that belong to partners, contacts and the team: those are no patients.
    """
    names = frozenset(word for name in known for word in _words(name))
    for what, is_found in _RULES:
        if is_found(text, names, today):
            return Finding(what)
    return None


def _words(text: str) -> Iterator[str]:
    return (_bare(match[0]) for match in _WORD.finditer(text))


def _bare(word: str) -> str:
    return word.casefold().removesuffix("'s").removesuffix("’s").strip(".'’-")


def _has_social_security(text: str, _names: frozenset[str], _today: date) -> bool:
    return bool(_SOCIAL_SECURITY.search(text))


def _has_record(text: str, _names: frozenset[str], _today: date) -> bool:
    return bool(_RECORD.search(text))


def _has_birth(text: str, _names: frozenset[str], today: date) -> bool:
    dates = (m["last"] or m["first"] or m["said"] for m in _FULL_DATE.finditer(text))
    is_old = any(1900 <= int(year) <= today.year - YEARS_BACK for year in dates)
    return bool(_BORN.search(text)) or is_old


def _has_patients_name(text: str, names: frozenset[str], _today: date) -> bool:
    after = (_WORD.match(text, match.end()) for match in _PATIENT.finditer(text))
    return any(word is not None and _is_name(word[0], names) for word in after)


def _is_name(word: str, names: frozenset[str]) -> bool:
    lowered = _bare(word)
    if lowered in names or lowered in _NOT_A_NAME:
        return False
    return lowered in FIRST_NAMES or (word[0].isupper() and word[1:].islower() and len(word) > 2)


def _has_diagnosis_by_a_name(text: str, names: frozenset[str], _today: date) -> bool:
    if not _DIAGNOSES.search(text):
        return False
    said = list(_WORD.finditer(text))
    ill = [i for i, word in enumerate(said) if _touches_diagnosis(text, word)]
    people = [i for i, word in enumerate(said) if _is_person(text, word, said, i, names)]
    return any(abs(one - other) <= NEAR for one in ill for other in people)


def _touches_diagnosis(text: str, word: re.Match[str]) -> bool:
    return any(m.start() <= word.start() < m.end() for m in _DIAGNOSES.finditer(text))


def _is_person(
    text: str, word: re.Match[str], said: list[re.Match[str]], at: int, names: frozenset[str]
) -> bool:
    if not _is_first_name(word[0], names) or _TITLE.search(text[: word.start()]):
        return False
    follower = said[at + 1][0] if at + 1 < len(said) else ""
    is_full = follower[:1].isupper() and _bare(follower) not in names
    return is_full or bool(_AGED.search(text)) or word[0].endswith(("'s", "’s"))


def _is_first_name(word: str, names: frozenset[str]) -> bool:
    lowered = _bare(word)
    return lowered in FIRST_NAMES and lowered not in names


Rule = Callable[[str, frozenset[str], date], bool]

_RULES: tuple[tuple[str, Rule], ...] = (
    ("a social security number", _has_social_security),
    ("a record number", _has_record),
    ("a date of birth", _has_birth),
    ("a patient's name", _has_patients_name),
    ("a diagnosis beside a name", _has_diagnosis_by_a_name),
)
