"""
A llama.cpp server with one model, in a process of its own: `tests.assistant.llama`.

    python -m tests.assistant.llama_server model.gguf requests --context=8192

In front of it stands a pipe that copies what is sent to it, byte for byte, into the
file `requests`, since the log of the server itself leaves prompts out. What makes
models is not imported here: it takes longer than such a server does to start.
"""

import argparse
import asyncio
import sys
from io import FileIO
from pathlib import Path
from typing import Any


def _serve(model: Path, requests: Path, slots: int, context: int) -> None:
    import xllamacpp  # type: ignore[import-untyped]

    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.hostnames = ["127.0.0.1"]
    params.n_ctx = context * slots
    params.n_parallel = slots
    params.cpuparams.n_threads = 1
    params.warmup = False
    params.verbosity = 4
    server: Any = xllamacpp.Server(params)
    inner = int(server.listening_address.rsplit(":", 1)[1])
    asyncio.run(_pipe(inner, requests))


async def _pipe(inner: int, requests: Path) -> None:
    """Pass connections on to port `inner`, until standard input ends."""

    async def connected(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", inner)
        with requests.open("ab", buffering=0) as copy:
            await asyncio.gather(
                _pass_on(reader, server_writer, copy),
                _pass_on(server_reader, writer),
                return_exceptions=True,
            )

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sys.stdout.write(f"http://127.0.0.1:{port}/v1\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)  # ends with the parent, however that ends


async def _pass_on(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    copy: FileIO | None = None,
) -> None:
    """One direction. Its end, also by a reset, is the other side's end at once."""
    try:
        while data := await reader.read(65_536):
            if copy is not None:
                copy.write(data)
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("model", type=Path)
    arguments.add_argument("requests", type=Path)
    arguments.add_argument("--slots", type=int, default=1)
    arguments.add_argument("--context", type=int, required=True)
    given = arguments.parse_args()
    _serve(given.model, given.requests, given.slots, given.context)
