"""
Three verifiers that share no code find the same: of every vector, of every mutation.

The program's own, the one file that needs nothing but Python, and the page's in
JavaScript.
"""

import ast
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gatekeeper.evidence.faults import Fault
from tests.vectors.make import FILE, every, written
from tests.verifying import mutations
from tests.verifying.mutations import Mutation
from tests.verifying.three import ALONE, STRIDE, Files, Found, alone, browsers, ours

OWN_WORD = {
    "a grant, Ed25519": r"issued_at digit",
    "a grant, ES256": r"issued_at digit",
    # Stopping needs no proof, so a withdrawal may be unsigned.
    "a withdrawal, Ed25519": r"issued_at digit|withdrawal type",
    "an audit": (
        r"(meeting|ended_at|checked_at|sealed|head|deleted\S*"
        r"|openings\.0\.(ended|opening|signers\.\d)) \w+"
    ),
    "a proof": r"note size",
}
"""
What nothing stands against but the word of who signs: changed and signed again by the
owner of the key, it verifies. docs/verifying.md says so.
"""
HERE = Path(__file__).parents[2]


def in_turn(cases: list[Files], where: Path) -> list[list[Found]]:
    """What each of the three finds, the other processes beside ours."""
    with ThreadPoolExecutor() as pool:
        others = [pool.submit(each, cases, where) for each in (alone, browsers)]
        return [ours(cases), *(other.result() for other in others)]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """Of each vector the codes, by each of the three."""
    cases = every()
    where = tmp_path_factory.mktemp("empty")
    found = in_turn([case["files"] for case in cases], where)
    return {
        case["name"]: [[str(code) for code, _ in each[at]] for each in found]
        for at, case in enumerate(cases)
    }


def test_the_vectors_are_what_the_script_makes() -> None:
    assert FILE.read_text("utf-8") == written()


def test_every_vector_is_found_to_be_what_it_is_by_all_three(
    judged: dict[str, list[list[str]]],
) -> None:
    for case in every():
        assert judged[case["name"]] == [case["codes"]] * 3, case["name"]
    assert len(judged) == len(every()), "each has a name of its own"


def test_every_fault_of_what_is_handed_out_has_its_vector() -> None:
    known = {code for case in every() for code in case["codes"]} - {"good"}
    of_the_program_alone = {
        *(Fault.ARCHIVE_INVALID, Fault.ARCHIVE_CONTRADICTED),
        *(Fault.CHAIN_INVALID, Fault.LEDGER_DAMAGED),
        *(Fault.FEED_MALFORMED, Fault.FEED_GAP, Fault.TAKEN_BACK),
    }
    of_exports = {
        *(Fault.EXPORT_UNLISTED, Fault.EXPORT_MISSING, Fault.EXPORT_CHANGED),
        *(Fault.ACCOUNT_CONTRADICTED, Fault.ACCOUNT_MISSING, Fault.LEAVES_INVALID),
        *(Fault.EDITS_CONTRADICTED, Fault.FILM_UNKNOWN, Fault.EXCERPT_BROKEN),
    }
    """Which two verifiers check: `tests/archive/test_export.py`."""

    assert known == set(Fault) - of_the_program_alone - of_exports


def test_the_page_that_tells_of_codes_tells_of_all() -> None:
    page = (HERE / "docs/verifying.md").read_text("utf-8")
    told = re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", page, re.MULTILINE)

    assert dict(told) == {str(each): each.sentence for each in Fault}


def test_every_mutation_is_refused_by_all_three_with_the_same_code(
    tmp_path: Path,
) -> None:
    tried = mutations.every()[::STRIDE]
    assert len(tried) > 6000 // STRIDE
    found = in_turn([each.files for each in tried], tmp_path)
    for at, mutation in enumerate(tried):
        told = [each[at] for each in found]
        about = mutation[:4], told
        codes = [[code for code, _ in each] for each in told]
        assert codes[0] == codes[1] == codes[2], about
        if not _is_own_word(mutation):
            assert set(codes[0]) != {"good"}, about
        for each in told[:2]:
            assert all(sentence for _, sentence in each), about


def _is_own_word(mutation: Mutation) -> bool:
    allowed = OWN_WORD.get(mutation.what)
    said = f"{mutation.path} {mutation.how}"
    return bool(mutation.lent and allowed and re.fullmatch(allowed, said))


def test_the_sentence_names_what_is_wrong(tmp_path: Path) -> None:
    due = {"removed": "notice.purpose", "renamed": "position.at", "added": "position"}
    tried = [
        each
        for each in mutations.receipts()
        if each.what == "a grant, Ed25519" and each.lent == "gate"
        if due.get(each.how) == each.path
    ]
    assert len(tried) == 3
    for found in in_turn([each.files for each in tried], tmp_path):
        for mutation, each in zip(tried, found, strict=True):
            code, sentence = each[0]
            assert code == "member-invalid"
            assert mutation.path in sentence


# ---- The one file --------------------------------------------------------------------


def test_the_one_file_needs_python_3_9_and_nothing_else() -> None:
    text = (ALONE / "verify.py").read_text("utf-8")
    tree = ast.parse(text, feature_version=(3, 9))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}

    assert {each.partition(".")[0] for each in imported} <= STANDARD
    assert not re.search(r"\bmatch \w+:|\bzip\(.*strict=|slots=True", text)


STANDARD = {
    *("__future__", "base64", "binascii", "collections", "dataclasses", "datetime"),
    *("functools", "hashlib", "json", "math", "re", "sys", "typing"),
}
