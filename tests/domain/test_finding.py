"""Which partner some words mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.finding import Book, Match, Name

PARTNERS = (
    "Riverside Orthopedics",
    "Bayview Family Medicine",
    "Dr. Amy Lee",
    "Iron Peak CrossFit",
    "Northside YMCA",
    "St. Mary's High School",
    "Bright Path Pediatrics",
    "Bright Smile Dental",
    "Stride Running Co.",
    "Harbor Chiropractic",
    "Meals on Wheels Bayview",
    "Precision Manufacturing",
)
NAMES = [Name(number, name) for number, name in enumerate(PARTNERS)]
BOOK = Book([*NAMES, Name(0, "Dr. Anita Patel", contact_id=50), Name(9, "Quinn", contact_id=51)])


def found(match: Match) -> list[str]:
    return [PARTNERS[number] for number in match.partner_ids]


@pytest.mark.parametrize(
    ("words", "partner"),
    [
        ("riverside", "Riverside Orthopedics"),
        ("river", "Riverside Orthopedics"),
        ("RIVERSIDE ORTHO!", "Riverside Orthopedics"),
        ("riversde ortho", "Riverside Orthopedics"),
        ("riverside orthopaedics", "Riverside Orthopedics"),
        ("riverside clinic", "Riverside Orthopedics"),
        ("the riverside", "Riverside Orthopedics"),
        ("bayview", "Bayview Family Medicine"),
        ("bay view", "Bayview Family Medicine"),
        ("bayview fam med", "Bayview Family Medicine"),
        ("bayview medicine", "Bayview Family Medicine"),
        ("lee", "Dr. Amy Lee"),
        ("dr lee", "Dr. Amy Lee"),
        ("doctor lee", "Dr. Amy Lee"),
        ("amy", "Dr. Amy Lee"),
        ("Dr. Lee’s office", "Dr. Amy Lee"),
        ("ironpeak", "Iron Peak CrossFit"),
        ("iron peak cross fit", "Iron Peak CrossFit"),
        ("iron peak cf", "Iron Peak CrossFit"),
        ("Northside Y", "Northside YMCA"),
        ("ymca northside", "Northside YMCA"),
        ("ymca", "Northside YMCA"),
        ("st marys", "St. Mary's High School"),
        ("Saint Mary’s", "St. Mary's High School"),
        ("st. mary's hs", "St. Mary's High School"),
        ("STRIDE", "Stride Running Co."),
        ("stride running company", "Stride Running Co."),
        ("harbor chiro", "Harbor Chiropractic"),
        ("harbour", "Harbor Chiropractic"),
        ("hárbor 🏭", "Harbor Chiropractic"),
        ("meals on wheels", "Meals on Wheels Bayview"),
        ("meals wheels", "Meals on Wheels Bayview"),
        ("precison mfg", "Precision Manufacturing"),
        ("dr patel", "Riverside Orthopedics"),
        ("patel", "Riverside Orthopedics"),
        ("dr quinn", "Harbor Chiropractic"),
    ],
)
def test_find(words: str, partner: str) -> None:
    assert found(BOOK.find(words)) == [partner]


@pytest.mark.parametrize(
    "words",
    """oakdale||🏭|dr|westside ymca|riverdale orthopedics|strike|lake|brite path|dr osei|the|
    riverside orthopedics and a lot of other words that name nobody at all here|12""".split("|"),
)
def test_nobody(words: str) -> None:
    assert BOOK.find(words.strip()).names == ()


def test_ambiguity_is_left_open() -> None:
    match = BOOK.find("bright")
    assert found(match) == ["Bright Path Pediatrics", "Bright Smile Dental"]
    assert (match.is_found, match.is_ambiguous, match.partner_id) == (False, True, None)


def test_a_contact_is_carried_and_a_partner_is_not_a_contact() -> None:
    assert (BOOK.find("dr patel").partner_id, BOOK.find("dr patel").contact_id) == (0, 50)
    assert BOOK.find("riverside").contact_id is None


def test_an_exact_name_beats_everything() -> None:
    book = Book([Name(1, "Summit"), Name(2, "Summit Spine"), Name(3, "East Summit")])
    assert book.find("summit").partner_id == 1
    assert book.find("summit s").partner_id is None or book.find("summit sp").partner_id == 2


def test_a_contact_does_not_beat_a_partner() -> None:
    book = Book([Name(1, "Dr. Amy Lee"), Name(2, "Dr. Lee", contact_id=9)])
    assert set(book.find("dr lee").partner_ids) == {1, 2}
    assert book.find("amy lee").partner_id == 1


def test_two_contacts_of_one_partner_find_it_but_neither() -> None:
    match = Book([Name(1, "Dana Ruiz", 5), Name(1, "Dana Hill", 6)]).find("dana")
    assert (match.partner_id, match.contact_id) == (1, None)


def test_numbers_are_never_guessed() -> None:
    book = Book([Name(1, "District 1012"), Name(2, "District 1013")])
    assert book.find("district 1012").partner_id == 1
    assert book.find("district 1014").names == ()


@pytest.mark.parametrize(
    ("text", "partner", "rest"),
    [
        ("riverside called about knees", "Riverside Orthopedics", "called about knees"),
        ("dr lee 20 min", "Dr. Amy Lee", "20 min"),
        ("lee: hello", "Dr. Amy Lee", "hello"),
        ("the riverside ortho team lunch", "Riverside Orthopedics", "team lunch"),
        ("bright path peds - lunch", "Bright Path Pediatrics", "lunch"),
        ("meals on wheels", "Meals on Wheels Bayview", ""),
        ("riversde ortho rang", "Riverside Orthopedics", "rang"),
    ],
)
def test_lead(text: str, partner: str, rest: str) -> None:
    match, left = BOOK.lead(text)
    assert (found(match), left) == ([partner], rest)


@pytest.mark.parametrize("text", ["call harbor", "oakdale called", "running late", "", "the"])
def test_no_lead(text: str) -> None:
    assert BOOK.lead(text) == (Match(), text)


@pytest.mark.parametrize(
    ("text", "partner"),
    [
        ("called riverside about knees", "Riverside Orthopedics"),
        ("new patient from dr lee", "Dr. Amy Lee"),
        ("met w/ coach at northside y", "Northside YMCA"),
        ("coffee with dr patel", "Riverside Orthopedics"),
        ("saw dr patel at harbor", "Harbor Chiropractic"),
        ("visited rivrside", "Riverside Orthopedics"),
    ],
)
def test_spot(text: str, partner: str) -> None:
    match, left = BOOK.spot(text)
    assert found(match) == [partner]
    assert partner.split()[0].lower() not in left.lower()


@pytest.mark.parametrize("text", ["talked about family and school", "a bright day", "dr who", ""])
def test_nothing_to_spot(text: str) -> None:
    assert not BOOK.spot(text)[0].is_found


def test_a_name_of_few_letters_is_like_too_many_words_to_be_suggested() -> None:
    book = Book([Name(1, "Desk Stretch Podcast"), Name(1, "Bo", 5)])
    assert book.suggest("oakdale") == []
    assert book.find("bo").is_found


def test_suggest_gives_each_partner_once() -> None:
    assert BOOK.suggest("riversid orthopedix")[0].partner_id == 0
    names = BOOK.suggest("bright", limit=3)
    assert len({name.partner_id for name in names}) == len(names) <= 3
    assert BOOK.suggest("") == []


@given(st.sampled_from(PARTNERS))
def test_every_partner_is_found_by_its_whole_name(partner: str) -> None:
    assert found(BOOK.find(partner)) == [partner]
    assert found(BOOK.find(partner.upper().replace(".", ""))) == [partner]


@given(st.text(max_size=60))
def test_any_name_finds_itself(name: str) -> None:
    match = Book([Name(1, name), Name(2, "Riverside Orthopedics")]).find(name)
    assert not name.strip() or 1 in match.partner_ids


def test_ten_thousand_names_are_searched_by_their_index() -> None:
    book = Book(Name(number, f"Clinic{number} Sports Medicine") for number in range(10_000))
    assert book.find("clinic4711 sports med").partner_id == 4711
    assert len(book.find("sports medicine").partner_ids) == 10_000
