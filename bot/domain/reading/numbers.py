"""Numbers as people write them in words, for durations, costs and days."""

WORDS: dict[str, int] = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "twenty five": 25,
    "thirty": 30,
    "thirty five": 35,
    "forty": 40,
    "forty five": 45,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "seventy five": 75,
    "eighty": 80,
    "ninety": 90,
    "a hundred": 100,
    "one hundred": 100,
    "two hundred": 200,
    "couple": 2,
    "a couple": 2,
    "couple of": 2,
    "a couple of": 2,
    "few": 3,
    "a few": 3,
}


def pattern(*words: str) -> str:
    """A regular expression for any of the words, longest first; spaces also match hyphens."""
    ordered = sorted(words or WORDS, key=len, reverse=True)
    return "(?:" + "|".join(word.replace(" ", r"[\s-]") for word in ordered) + ")"


def value(text: str) -> int:
    """The number that digits or a phrase of WORDS stand for."""
    return int(text) if text.isdigit() else WORDS[" ".join(text.lower().replace("-", " ").split())]
