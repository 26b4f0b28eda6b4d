"""What a connection may have waiting: as much as is parsed at once."""

import socket

from gatekeeper.web.listen import bind


def test_little_waits_on_a_connection() -> None:
    (listening, *others) = bind("127.0.0.1", 0)
    with listening, socket.create_connection(listening.getsockname()) as client:
        server, _ = listening.accept()
        with server:
            client.setblocking(False)
            sent = 0
            try:
                while True:
                    sent += client.send(bytes(65_536))
            except BlockingIOError:
                pass
            server.settimeout(20)
            most = 0
            while most < 1000:
                most = len(server.recv(10_000_000, socket.MSG_PEEK))

    assert not others
    assert 1000 < most < 100_000 < sent
