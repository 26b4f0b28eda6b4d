"""
How sockets are closed (RFC 6455, 7.4; 4000 and up are ours).

A client comes back after any of them but `NORMAL` and `REPLACED`, and after `REFUSED`
where it had no seat.
"""

NORMAL = 1000
"""The seat is over, or the meeting."""
GOING_AWAY = 1001
"""The server stops."""
REFUSED = 4000
"""No seat, and a fault has said why."""
REPLACED = 4001
"""The same participant is here on another socket."""
