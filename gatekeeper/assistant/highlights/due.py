"""Until when: the words of a sentence that give a day or an occasion."""

import re

_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december)"
)
_PERIOD = r"(?:day|week|weekend|month|quarter|year)"
_ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:(?:twen|thir)ty[\ -])?\w+(?:st|nd|rd|th))"
_DUE = re.compile(
    rf"""\b(?:
    (?:by\ |before\ )?(?:the\ )?end\ of\ (?:the\ |this\ |next\ )?(?:{_PERIOD}|{_MONTH})
    |(?:not\ )?(?:by|before|on|until|after)\ (?:next\ |this\ )?{_DAY}
       (?:\ (?:morning|afternoon|evening|night|noon))?
    |(?:by|before|on)\ the\ {_ORDINAL}(?:\ of\ {_MONTH})?
    |(?:by|before|in)\ (?:early\ |late\ |mid\ )?{_MONTH}(?:\ {_ORDINAL})?
    |(?:by|before|after)\ (?:the\ )?(?:next\ |our\ next\ )?
       (?:meeting|call|stand-?up|sprint|release|launch|review|lunch|noon|christmas|
          easter|holidays|weekend)
    |by\ (?:\d{{1,2}}(?:\ ?(?:am|pm|o'clock))?|tomorrow|tonight|then|next\ {_PERIOD})
    |(?:within|in)\ (?:a|an|one|two|three|four|five|six|\d+|a\ few|a\ couple\ of)
       [ ](?:hour|{_PERIOD})s?
    |(?:right\ )?after\ (?:this|the\ (?:meeting|call))
    |this\ (?:morning|afternoon|evening|{_PERIOD})
    |next\ (?:{_PERIOD}|{_DAY}|{_MONTH})|(?:first\ thing\ )?tomorrow
       (?:\ (?:morning|afternoon|evening))?
    |today|tonight|straight\ away|right\ away|{_DAY}(?:\ (?:morning|afternoon|evening))
    )\b""",
    re.VERBOSE,
)
_OF_SOMETHING_ELSE = re.compile(r"\b(?:until|since|from|of|for|last|every|each) $")
_GAP = r"[^\w]+(?:(?:um+|uh+|like|just|you know)[^\w]+)?"


def due(clause: str) -> str | None:
    """The first such words of a clause of the talk, as they stand in it."""
    for found in _DUE.finditer(clause):
        if not _OF_SOMETHING_ELSE.search(clause[: found.start()]):
            return found[0]
    return None


def verbatim(words: str, line: str) -> str:
    """The same words as they stand in the line, with its capitals and marks."""
    pattern = _GAP.join(map(re.escape, words.replace("-", " ").split()))
    found = re.search(pattern.replace("'", "['\u2019]"), line, re.IGNORECASE)
    return found[0] if found else words
