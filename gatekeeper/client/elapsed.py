"""Elapsed time, that no clock which is set and no sleep of the machine falsifies."""

import time

_BOOT = getattr(time, "CLOCK_BOOTTIME", None)


def elapsed() -> float:
    """Seconds since some moment; where the system can say so, those asleep as well."""
    return time.monotonic() if _BOOT is None else time.clock_gettime(_BOOT)
