"""The words of a plan, shortened to what is to be done: "to set up lunch on" -> "lunch"."""

import re

LONGEST_STEP = 120

_OPENING = re.compile(
    r"^[\s,;:.-]*(?:(?:and|but|so|then|also|said|says|she|he|they|we|i|it|them|us|him|her|that)\s+)*"
    r"(?:[a-z]{1,4}['’]ll\s+|to\s+|will\s+|gonna\s+|going\s+to\s+|wants?\s+(?:me\s+|us\s+)?(?:to\s+)?"
    r"|needs?\s+(?:to\s+)?|should\s+|let['’]?s\s+|plan(?:s|ning|ned)?\s+(?:to\s+|on\s+|for\s+)?"
    r"|hop(?:e|ing)\s+to\s+|promised\s+(?:to\s+)?|agreed\s+(?:to|on)\s+|asked\s+(?:me\s+|us\s+)?"
    r"(?:to|for)\s+|next\s+steps?\b[:\s]*|due\s+|remind\s+me\s+(?:to\s+)?|(?:re)?scheduled\s+"
    r"|booked\s+|confirmed\s+|offered\s+(?:to\s+)?|(?:asking|asked)\s+(?:about|for|if)\s+|about\s+|re:?\s+|at\s+|us\s+|invit(?:ed|ing)\s+"
    r"(?:them\s+|us\s+|him\s+|her\s+)?(?:to\s+|for\s+)?)*",
    re.IGNORECASE,
)
_ARRANGING = re.compile(
    r"^(?:set\s?up|(?:re)?schedule|plan|book|arrange|confirm|coordinate|organize|finalize|nail\s+down"
    r"|lock\s+in|firm\s+up|put\s+together|do|have|get(?!\s+back)|propose|invite\s+(?:them|him|her|us)\s+(?:to|for))\s+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:a|an|the|our|their|another)\s+", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:\s*\b(?:is|are|was|for|on|by|at|in|set|up|scheduled|booked|happening|moved|to|confirmed|due|"
    r"planned|again\s+on|it)\b|['’]s\b|[\s,;:(-])+$",
    re.IGNORECASE,
)
_CLOSING_KEEPS = re.compile(
    r"\b(?:follow(?:ing)?|check|set|meet|catch|touch|drop|pick|stop)\s+(?:up|in|by)$", re.I
)


def shortened(text: str) -> str:
    """What is to be done, without who will, the arranging of it, and the link to its day."""
    plain = _OPENING.sub("", text.strip())
    plain = _ARTICLE.sub("", _ARRANGING.sub("", plain))
    if not _CLOSING_KEEPS.search(plain.strip()):
        plain = _CLOSING.sub("", plain)
    return plain.strip(" ,;:-")[:LONGEST_STEP].strip()


def up_to_break(text: str) -> str:
    """The text before its first comma, point or the like."""
    return re.split(r"[,;.!?\n]", text, maxsplit=1)[0]
