"""No module but theirs spells out a language or a built-in feature."""

import ast
from collections.abc import Iterator
from pathlib import Path

import gatekeeper
from gatekeeper.config.locales import locales
from gatekeeper.consent.features import BUILT_IN

PACKAGE = Path(gatekeeper.__file__).parent
WORDS = {*locales(), *BUILT_IN}
THEIRS: dict[str, set[str]] = {
    "consent/features.py": {*BUILT_IN},
    "config/locales.py": {"en"},
}
"""Where they are named, and the reference among the languages."""
ALIKE: dict[str, set[str]] = {
    # What people speak, unless the file says otherwise.
    "config/model.py": {"en"},
    "assistant/speech/settings.py": {"en"},
    # What an engine or a rule understands; of other languages it makes less.
    "assistant/speech/fitness.py": {"en"},
    "assistant/highlights/__init__.py": {"en"},
    "assistant/summary/numbers.py": {"en", "de"},
    # The name of a task, of a thread, of a member, of a message.
    "assistant/summary/store.py": {"summary"},
    "assistant/summary/stored.py": {"summary"},
    "media/recording/context.py": {"recording"},
    "media/recording/recorder.py": {"recording"},
    "wire/assistant.py": {"summary"},
    # What somebody fetches, by its kind; a kind of dialog in a vCon.
    "storage/fetches.py": {"transcript", "summary"},
    "web/kept/transcript.py": {"transcript"},
    "web/kept/summary.py": {"summary"},
    "archive/export/vcon.py": {"recording"},
    # It shares no code with the rest.
    "evidence/standalone/verify.py": {"recording", "transcript", "summary"},
}
"""Where the same letters are something else."""


def spelled_out(tree: ast.Module) -> Iterator[str]:
    """The words among a module's texts; not the members of an object of JSON."""
    members = {
        id(key)
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        and any(getattr(key, "value", None) not in WORDS for key in node.keys)
        for key in node.keys
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in members:
            value = node.value
            yield from {value} & WORDS if isinstance(value, str) else ()


def test_a_language_or_a_feature_is_spelled_out_in_one_place() -> None:
    found: dict[str, set[str]] = {}
    for file in PACKAGE.rglob("*.py"):
        name = file.relative_to(PACKAGE).as_posix()
        allowed = THEIRS.get(name, set()) | ALIKE.get(name, set())
        words = set(spelled_out(ast.parse(file.read_text("utf-8"))))
        if words - allowed:
            found[name] = words - allowed

    assert found == {}
    assert all((PACKAGE / name).is_file() for name in THEIRS)
    for planted in (
        'if language == "de": pass',
        'names = {"en": 1, "de": 2}',
        'L = Literal["en", "de"]',
        'kept = feature in ("recording", "transcript")',
        'S = FeatureId("summary")',
    ):
        assert [*spelled_out(ast.parse(planted))], planted
    assert [*spelled_out(ast.parse('{"id": 1, "summary": 2}'))] == []
