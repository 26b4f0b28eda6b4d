"""
The real llama.cpp server, with models that are made here in milliseconds.

A model of `make_gguf` says one text that the test chooses, or noise. The server runs in
a process of its own (`tests.assistant.llama_server`), so that it can be killed and what
it keeps can be searched.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

CONTEXT = 8192
"""Tokens that prompt and answer have together."""
_WIDTH = 128
_BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
# The prompt ends in "<|go|>", after which the model begins; no text tokenises to it.
_TEMPLATE = (
    "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}<|go|>{% endif %}"
)
_UNKNOWN, _BEGIN, _END, _GO = range(4)


def make_gguf(path: Path, text: str | None, *, endless: bool = False) -> Path:
    """
    A model that says `text` whatever it is asked, and stops; or, with None, noise.

    `endless` says it again and again. The text is cut into tokens that occur once each,
    and each token makes the next one likely (a Markov chain): attention and
    feed-forward layers add nothing, the output matrix holds the chain. About 0.6 MB.
    """
    pieces = _unique_pieces(text or "noise")
    vocabulary = ["<unk>", "<s>", "</s>", "<|go|>", *_BYTES]
    first = len(vocabulary)
    vocabulary += [piece.replace(" ", "▁") for piece in pieces]
    random = np.random.default_rng(4)
    meanings = random.standard_normal((len(vocabulary), _WIDTH)).astype(np.float32)
    meanings /= np.linalg.norm(meanings, axis=1, keepdims=True)
    if text is None:
        output = 0.3 * random.standard_normal(meanings.shape).astype(np.float32)
    else:
        chain = [_GO, *range(first, first + len(pieces)), first if endless else _END]
        output = np.zeros_like(meanings)
        for now, then in pairwise(chain):
            # After normalisation the likely one leads by some 90 nats.
            output[then] += 8 * meanings[now]
    _write(path, vocabulary, first, meanings, output)
    return path


def _unique_pieces(text: str) -> list[str]:
    """`text` in pieces of which no two are the same, the shortest first."""
    pieces: dict[str, None] = {}
    begin = 0
    while begin < len(text):
        end = begin + 1
        while text[begin:end] in pieces and end < len(text):
            end += 1
        if text[begin:end] in pieces:  # the end of the text: give it to the last piece
            last = next(reversed(pieces))
            del pieces[last]
            pieces[last + text[begin:end]] = None
            break
        pieces[text[begin:end]] = None
        begin = end
    return list(pieces)


def _write(
    path: Path,
    vocabulary: Sequence[str],
    first: int,
    meanings: npt.NDArray[np.float32],
    output: npt.NDArray[np.float32],
) -> None:
    kinds = [gguf.TokenType.UNKNOWN, *[gguf.TokenType.CONTROL] * 3]
    kinds += [gguf.TokenType.BYTE] * len(_BYTES)
    kinds += [gguf.TokenType.NORMAL] * (len(vocabulary) - first)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(32)
    writer.add_head_count(4)
    writer.add_head_count_kv(4)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(vocabulary))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(vocabulary)
    writer.add_token_scores([-1000.0] * len(vocabulary))
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_bos_token_id(_BEGIN)
    writer.add_eos_token_id(_END)
    writer.add_unk_token_id(_UNKNOWN)
    writer.add_add_bos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(_TEMPLATE)
    one, square = np.ones(_WIDTH, np.float32), np.zeros((_WIDTH, _WIDTH), np.float32)
    tall = np.zeros((32, _WIDTH), np.float32)
    tensors = {
        "token_embd": meanings,
        "output_norm": one,
        "output": output,
        "blk.0.attn_norm": one,
        "blk.0.ffn_norm": one,
        "blk.0.attn_q": square,
        "blk.0.attn_k": square,
        "blk.0.attn_v": square,
        "blk.0.attn_output": square,
        "blk.0.ffn_gate": tall,
        "blk.0.ffn_up": tall,
        "blk.0.ffn_down": np.ascontiguousarray(tall.T),
    }
    for name, tensor in tensors.items():
        writer.add_tensor(f"{name}.weight", tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@dataclass(frozen=True)
class Llama:
    """A running server."""

    process: subprocess.Popen[str]
    base_url: str
    """As `[ai] base_url` takes it. Any name of a model will do."""
    log: Path
    """What the server itself wrote."""
    requests: Path
    """All bytes that were sent to it, prompts included."""


@contextmanager
def llama(model: Path, *, slots: int = 1) -> Iterator[Llama]:
    """The server with a model, beside whose file it writes; gone at the end."""
    log, requests = model.with_suffix(".log"), model.with_suffix(".requests")
    requests.write_bytes(b"")
    command = [sys.executable, "-m", "tests.assistant.llama_server"]
    command += [str(model), str(requests), f"--slots={slots}", f"--context={CONTEXT}"]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert url, log.read_text("utf-8")
            yield Llama(process, url, log, requests)
        finally:
            process.kill()
