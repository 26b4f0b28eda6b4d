"""
A Whisper model of 1 MB that always says the same, for the real loader.

Encoder and decoder are whole, with one layer each, but what the layers add is zero: the
position alone decides which token comes next.
"""

import json
from pathlib import Path

import numpy as np
from ctranslate2.specs import WhisperSpec  # type: ignore[import-untyped]
from tokenizers import AddedToken, Tokenizer
from tokenizers.decoders import ByteLevel as Decoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel

SAYS = "thanks"
"""In letters of which no two are alike: each is a token."""
_WIDTH, _HEADS = 32, 2
_MELS, _SOUND, _TEXT = 80, 1500, 448
"""Bands of the spectrogram, positions of the encoder, positions of the decoder."""
_PROMPT = 2
"""Tokens before the first one that it says: start, and no time stamps."""
_SPECIAL = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)


def make(folder: Path) -> Path:
    """Write a model into `folder`, in the format of CTranslate2."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    count = tokenizer.get_vocab_size()
    spec = _spec(count, [*tokenizer.encode(SAYS).ids, _id(tokenizer, _SPECIAL[0])])
    spec.register_vocabulary([tokenizer.id_to_token(i) for i in range(count)])
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = [_id(tokenizer, "<|en|>")]
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.optimize()
    spec.save(str(folder))
    spectrogram = {"feature_size": _MELS, "sampling_rate": 16_000, "hop_length": 160}
    spectrogram |= {"chunk_length": 30, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(spectrogram), "utf-8")
    return folder


def _tokenizer() -> Tokenizer:
    letters = sorted(ByteLevel.alphabet())
    tokenizer = Tokenizer(BPE({c: i for i, c in enumerate(letters)}, []))
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
    tokenizer.decoder = Decoder()
    stamps = [f"<|{number * 0.02:.2f}|>" for number in range(_SOUND + 1)]
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True) for token in (*_SPECIAL, *stamps)]
    )
    return tokenizer


def _id(tokenizer: Tokenizer, token: str) -> int:
    found = tokenizer.token_to_id(token)
    assert found is not None
    return found


def _spec(count: int, says: list[int]) -> WhisperSpec:
    spec = WhisperSpec(1, _HEADS, 1, _HEADS)
    encoder, decoder = spec.encoder, spec.decoder
    _zero(encoder.conv1, (_WIDTH, _MELS, 3))
    _zero(encoder.conv2, (_WIDTH, _WIDTH, 3))
    encoder.position_encodings.encodings = _floats(_SOUND, _WIDTH)
    _norm(encoder.layer_norm)
    _layer(encoder.layer[0])
    decoder.embeddings.weight = _floats(count, _WIDTH)
    _norm(decoder.layer_norm)
    _layer(decoder.layer[0])
    cross = decoder.layer[0].attention
    _norm(cross.layer_norm)
    for linear, times in zip(cross.linear, (1, 2, 1), strict=True):
        _zero(linear, (times * _WIDTH, _WIDTH))
    # Each position points in a direction of its own, and its token that way too.
    positions, tokens = _floats(_TEXT, _WIDTH), _floats(count, _WIDTH)
    for index, token in enumerate(says):
        positions[_PROMPT - 1 + index :, :] = 0
        positions[_PROMPT - 1 + index :, index] = 10
        tokens[token, index] += 10
    decoder.position_encodings.encodings = positions
    decoder.projection.weight = tokens
    return spec


def _layer(layer: object) -> None:
    attention, forward = layer.self_attention, layer.ffn  # type: ignore[attr-defined]
    _norm(attention.layer_norm)
    _zero(attention.linear[0], (3 * _WIDTH, _WIDTH))
    _zero(attention.linear[1], (_WIDTH, _WIDTH))
    _norm(forward.layer_norm)
    _zero(forward.linear_0, (_WIDTH, _WIDTH))
    _zero(forward.linear_1, (_WIDTH, _WIDTH))


def _norm(norm: object) -> None:
    norm.gamma = np.ones(_WIDTH, np.float32)  # type: ignore[attr-defined]
    norm.beta = _floats(_WIDTH)  # type: ignore[attr-defined]


def _zero(linear: object, shape: tuple[int, ...]) -> None:
    linear.weight = _floats(*shape)  # type: ignore[attr-defined]
    linear.bias = _floats(shape[0])  # type: ignore[attr-defined]


def _floats(*shape: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    return np.zeros(shape, np.float32)
