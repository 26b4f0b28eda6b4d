"""Results: what each should reach, how they are shown, where they are kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results.json"

Result = dict[str, Any]
"""`value`, `unit`, `baseline`, `how`."""


@dataclass(frozen=True, slots=True)
class Target:
    """A bound on a value."""

    least: float | None = None
    most: float | None = None

    def holds(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    def __str__(self) -> str:
        if self.least is not None:
            return f"at least {self.least:g}"
        return f"at most {self.most:g}"


FLOODS = (
    "connections",
    "slow_requests",
    "rooms",
    "knocks",
    "joins",
    "messages",
    "long_messages",
    "unread",
    "answers",
    "offers",
    "health_checks",
)

BENCHMARKS: Mapping[str, Mapping[str, Target | None]] = {
    "record": {
        "record_cpu_ratio": Target(least=40),
        "record_camera_percent": Target(most=2),
    },
    "janus": {"record_vs_janus": Target(most=3)},
    "cameras": {"record_cameras": None},
    "relay": {
        "relay_ratio": Target(least=0.9),
        "relay_vs_peerserver": Target(least=1),
    },
    "withdraw": {
        "withdraw_p50_ms": None,
        "withdraw_p99_ms": None,
        "withdraw_worst_ms": None,
        "frames_after_close": Target(most=0),
    },
    "worst": {"worst_input_ms": Target(most=2)},
    "memory": {"idle_memory_ratio": Target(most=2)},
    "speech": {
        "speech_wer_human": Target(most=12),
        "speech_wer_generated": Target(most=12),
        "speech_cpu_per_second": Target(most=0.3),
    },
    "captions": {
        "caption_delay_p95_s": Target(most=1.5),
        "word_delay_p95_s": Target(most=2),
        "loop_delay_p99_ms": Target(most=20),
    },
    "visit": {
        "page_load_s": Target(most=2),
        "page_load_fair_s": Target(most=0.9),
        "page_known_s": Target(most=0.3),
    },
    "client_check": {"client_check_ms": Target(most=100)},
    "six": {
        "client_cpu_six": None,
        "client_bytes_six": None,
        "client_received_six_speaker": Target(most=50),
        "client_received_six_audio": Target(most=50),
        "client_bytes_six_speaker": None,
        "client_bytes_six_audio": None,
        "client_cpu_six_speaker": None,
        "client_cpu_six_audio": None,
    },
    "load": {
        "load_errors": Target(most=0),
        "load_memory_growth_percent": Target(most=5),
        "load_withdraw_p99_ms": None,
        **{f"load_flood_{name}_ratio": Target(most=3) for name in FLOODS},
    },
    "permits": {
        "permit_check_us": None,
        "permit_ratio": Target(least=0.4),
        "permit_wait_kib": None,
        "lease_end_worst_s": Target(most=2.2),
    },
    "log": {
        "log_append_ms": None,
        "log_inclusion_ms": None,
        "log_consistency_ms": None,
        "log_audit_s_per_million": Target(most=10),
    },
    "seat": {"seat_end_ms": Target(most=50)},
    "film": {"film_speed": Target(least=1), "film_peak_mb": None},
}
"""The modules of this folder in running order, and what each measures."""

TARGETS = {
    name: target for results in BENCHMARKS.values() for name, target in results.items()
}


def chosen(names: list[str]) -> list[str]:
    """
    The modules to run for result names and module names; all of them for none.

    Raises `KeyError` with the first name that is neither.
    """
    for name in names:
        if name not in BENCHMARKS and name not in TARGETS:
            raise KeyError(name)
    return [
        module
        for module, results in BENCHMARKS.items()
        if not names or module in names or not results.keys().isdisjoint(names)
    ]


def line(name: str, result: Result) -> str:
    """One row, with how it was measured below it."""
    target = TARGETS.get(name)
    verdict = ""
    if target is not None:
        verdict = f"{target}: {'met' if target.holds(result['value']) else 'MISSED'}"
    value = f"{result['value']:g} {result['unit']}".rstrip()
    below = [f"baseline: {result['baseline']}"] if result["baseline"] else []
    return "\n    ".join([f"{name:24}{value:22}{verdict}", *below, result["how"]])


def keep(results: Mapping[str, Result], path: Path = RESULTS) -> None:
    """Write the results, and leave those of other benchmarks as they are."""
    kept: dict[str, Result] = {}
    if path.is_file():
        kept = json.loads(path.read_text("utf-8"))
    kept |= {
        name: {key: result[key] for key in ("value", "unit", "baseline", "how")}
        for name, result in results.items()
    }
    text = json.dumps(kept, indent=2, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", "utf-8")
