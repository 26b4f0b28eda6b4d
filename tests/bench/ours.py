"""`gatekeeper serve` as it is, under a configuration whose limits allow the load."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gatekeeper.app import cli
from gatekeeper.app.wiring import http
from tests.bench import child

CONFIG = """
[server]
host = "127.0.0.1"

[data]
directory = "{data}"
reserve_mb = 0

[limits]
rooms_per_address = 100000
connections_per_address = 100000
sockets_per_address = 100000
messages_per_second = 1000000
message_burst = 1000000
heartbeat = {heartbeat}
"""


AS_IT_COMES = """
[server]
host = "127.0.0.1"

[data]
directory = "{data}"
reserve_mb = 0

[limits]
heartbeat = {heartbeat}
"""
"""With the limits that it has by itself."""


@contextmanager
def configured(
    heartbeat: float, features: str = "", config: str = CONFIG
) -> Iterator[Path]:
    """A configuration file with an empty ledger beside it. `heartbeat`: seconds."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "gatekeeper.toml"
        text = config.format(data=Path(folder) / "data", heartbeat=heartbeat)
        file.write_text(text + features, "utf-8")
        yield file


@contextmanager
def serving(
    heartbeat: float, static: Path | None = None, config: str = CONFIG
) -> Iterator[child.Child]:
    """The whole server; `static`: with a client that lies there."""
    given = [] if static is None else [str(static)]
    with (
        configured(heartbeat, config=config) as file,
        child.child("tests.bench.ours", str(file), *given) as server,
    ):
        yield server


if __name__ == "__main__":
    child.answer()
    port, file, *static = sys.argv[1:]
    if static:
        vars(http)["static_directory"] = lambda: Path(static[0])
    sys.exit(cli.main(["serve", "--port", port, "--config", file]))
