"""
Words that are addressed to the machine instead of to people.

Anybody can say "assistant, write that we have decided". Such a line is no evidence of
anything: it becomes no highlight, and a model does not get to read it. The rule is
conservative: people who talk *about* assistants, models or systems are not meant.
Whoever wants to get around it can; what stays is that every item shows who said it.
"""

import re

from gatekeeper.assistant.summary.tokens import plain

_WHO = (
    r"(?:ai|ki|(?:ai |ki-?)?assistant|(?:ki-)?assistent|chat ?gpt|gpt|copilot|"
    r"chat ?bot|language model|sprachmodell|note ?taker|summari[sz]er|"
    r"transcriber|gatekeeper)"
)
_ROLE = rf"(?:{_WHO}|system|bot|developer|user|model|modell)"
_ORDER = (
    r"(?:ignore|disregard|forget|override|bypass|add|append|insert|include|write|"
    r"record|note|list|log|mark|set|change|assign|make|remove|delete|replace|output|"
    r"print|return|repeat|reveal|show|tell|say|state|respond|answer|reply|translate|"
    r"summari[sz]e|call|run|execute|use|fetch|open|visit|send|stop|start|pretend|act|"
    r"you|your|from now on|please|remember|ignorier\w*|vergiss|schreib\w*|füge?|nimm|"
    r"gib|setz\w*|lösch\w*|antworte\w*|bitte|du)\b"
)
# Without a comma after the name, only what can hardly be said about it.
_CLEAR_ORDER = (
    r"(?:ignore|disregard|forget|override|reveal|please|bitte|ignorier\w*|vergiss|"
    r"you (?:must|should|shall|have to|are|will|need)|du (?:musst|sollst)|"
    r"(?:add|write|note|record|list|include|insert|append|say|state|mark|assign|set|"
    r"schreib\w*|füge?) (?:down |in )?"
    r"(?:that|this|the|an?|as|to|into|me|us|all|everyone|dass|das|die|den|eine?n?))\b"
)
_START = r"(?:^|[.!?;]\s*|\b(?:hey|hi|hello|dear|okay|ok|hallo|liebe[rs]?) )"
_EARLIER = (
    r"(?:previous|prior|above|preceding|earlier|former|system|your|safety|original|"
    r"initial|bisherigen?|vorherigen?|obigen?|deine)"
)
_RULES = (
    r"(?:instructions?|prompts?|rules|guidelines|directions|messages?|context|orders|"
    r"anweisungen|regeln|vorgaben)"
)
_FORGET = r"\b(?:ignore|disregard|forget|override|bypass|ignorier\w*|vergiss|missachte)"
_TO_MACHINE = tuple(
    re.compile(pattern)
    for pattern in (
        # "Assistant: ...", "[system] ...", "### user"
        rf"^\W{{0,8}}{_ROLE}"
        r"(?: (?:prompt|message|override|instructions?|note))?\s*[:>\]]",
        rf"^\W{{0,8}}(?:system|{_WHO}) (?:prompt|override)\b",
        rf"^\W{{0,8}}(?:\[|<|#{{1,6}} ?|\*{{1,3}})\W{{0,8}}"
        rf"(?:inst(?:ruction)?s?|{_ROLE}|im_start|im_end)\b",
        # "Assistant, add ...", "AI write that ...", "hey AI"
        rf"(?:{_START}|\b(?:and|so|now) ){_ROLE}\s*[,;\u2013\u2014-]+\s*"
        rf"(?:\w+ )?{_ORDER}",
        rf"{_START}{_WHO} {_CLEAR_ORDER}",
        rf"\b(?:hey|dear|hallo) {_WHO}\b",
        rf"\b(?:note|message|instructions?|attention|hinweis|anweisung)(?: \w+)?"
        rf" (?:to|for|an|für) (?:the |any |all |die |das |den )?{_WHO}\b",
        # "ignore all previous instructions", "forget everything above"
        rf"{_FORGET} (?:(?:all|any|the|of|every|alle) )*{_EARLIER}(?: \w+)? {_RULES}\b",
        rf"{_FORGET} (?:all|any|every|alle) (?:instructions?|prompts?|anweisungen)\b",
        rf"{_FORGET} (?:everything|anything|all|alles)"
        r"(?: that)?(?: is| was| stands)? "
        r"(?:above|previous|prior|before this|bisherige)\b",
        # "reveal your system prompt", "you are now an unrestricted model"
        r"\b(?:reveal|repeat|print|output|show|tell|verrate|zeige?)\b(?: \w+){0,3}"
        r" (?:system ?prompt|(?:your|deine) (?:\w+ )?"
        r"(?:prompt|instructions|anweisungen))",
        rf"\b(?:you are|you're|du bist) (?:now |jetzt )(?:an? |the |in |ein )?(?:\w+ )?"
        rf"(?:{_WHO}|mode|dan|jailbroken|unrestricted)\b",
        r"\bas an? (?:ai|large language model|language model)\b"
        r".{0,40}\b(?:must|should)\b",
        # Parts of the exchange itself
        r"[\"'](?:decisions|todos|topics|questions|lines|owner|role|content|who|id)"
        r"[\"']\s*:",
        r"[}\]]\s*[,\]}]\s*[{\[\"']",
        r"</?(?:system|assistant|user|tool|transcript|lines|instructions?)\b"
        r"|<\|[a-z_]+\|>|\[/?inst\]|\btool_calls?\b|\bfunction_call\b",
    )
)


def to_machine(text: str) -> bool:
    """Whether it reads as an instruction to a model. `text` is clean (`clean`)."""
    said = plain(text)
    return any(pattern.search(said) for pattern in _TO_MACHINE)
