"""
Tokens: what two sentences have in common, roughly, and numbers however they are said.

Nothing here knows a meeting; the rules, the checks of a model's answer and the masking
of names share it.
"""

import re
import unicodedata
from collections.abc import Iterator

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
# Scripts written without spaces: Kana, Han, Thai, Lao, Khmer.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_PLURAL = re.compile(r"(?:'s|s)$")
_ENDING = re.compile(r"(?:ungen|ung|ing|ern|est|ed|en|er|em|ly|e)$")
_SHORTEST_STEM = 3
_LONGEST_STEM = 6

_STOP = """
    a about above after again all also am an and any anybody anyone anything are as at
    be because been before being below between both but by can can't cannot could
    couldn't did didn't do does doesn't doing don't down during each else even ever
    every everybody everyone everything few first for from further get gets getting go
    goes going gonna good got had has have haven't having he he's her here here's hers
    him his how i i'd i'll i'm i've if in into is isn't it it's its just kind know last
    let let's like lot made make many may maybe me mean might more most much must my
    need no nobody nor not nothing now of off oh ok okay on once one only or other our
    ours out over own please quite rather really right said same say see shall she
    she's should so some somebody someone something sort still such sure take than
    thank thanks that that's the their them then there there's these they they're thing
    things think this those though three through to too two under until up us very want
    was way we we'd we'll we're we've well were what what's when where which while who
    who's why will with won't would yeah yep yes yet you you'd you'll you're you've
    your
    aber alle allem allen aller alles als also am an ander andere anderen auch auf aus
    bei bin bis bist da damit dann das dass dein deine dem den denn der des dich die
    dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen
    einer eines einig einige er es etwas euch euer für gegen gewesen gut hab habe haben
    hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im
    in ist ja jede jedem jeden jeder jedes jetzt kann kein keine keinen können könnte
    machen man manche mehr mein meine mich mir mit muss musste müssen nach nein nicht
    nichts noch nun nur ob oder ohne schon sehr sein seine selbst sich sie sind so
    soll sollte sollten sondern sonst um und uns unser unter vom von vor war waren
    warum was weg weil weiter welche wenn wer werde werden wie wieder will wir wird
    wirst wo wollen wollte würde würden zu zum zur zwar zwischen
"""
STOP = frozenset(_STOP.split())
"""English and German words that say little; lower case."""


def plain(text: str) -> str:
    """Lower case, composed (NFC), with straight apostrophes."""
    return unicodedata.normalize("NFC", text).lower().replace("\u2019", "'")


def unspaced(text: str) -> bool:
    """Whether any of it is of a script that puts no spaces between words."""
    return _UNSPACED.search(text) is not None


def tokens(text: str) -> Iterator[str]:
    """The words, lower case; of unspaced scripts all pairs of neighbours."""
    for token in _TOKEN.findall(plain(text)):
        if len(token) > 1 and unspaced(token):
            yield from (token[at : at + 2] for at in range(len(token) - 1))
        else:
            yield token


def stem(token: str) -> str:
    """What stays when endings go: `updating`, `updates` and `update` are one."""
    for ending in (_PLURAL, _ENDING):
        short = ending.sub("", token)
        token = short if len(short) >= _SHORTEST_STEM else token
    return token[:_LONGEST_STEM]


def stems(text: str) -> set[str]:
    """The stems of the words that say something."""
    return {stem(token) for token in tokens(text) if token not in STOP}
