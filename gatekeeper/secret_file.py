"""
Secret files: keys and passwords that lie on the disk.

Rule: what somebody else can read, or could have put there, is no secret, and not used.
"""

import os
import stat
from pathlib import Path


def exposed(path: Path) -> str | None:
    """
    Why the file keeps no secret, and what mends it; None if it does.

    Raises `OSError`.
    """
    status = path.stat()
    us = os.geteuid()
    if status.st_uid not in (us, 0):
        return (
            f"{path} belongs to another account (number {status.st_uid}), which can "
            f"change it. Run: chown {us} {path}"
        )
    others = stat.S_IMODE(status.st_mode) & 0o077
    if status.st_uid == 0 != us:
        others &= ~0o040  # root gives it to our group, since it cannot be ours alone
    if not others:
        return None
    return (
        f"{path} can be read or changed by others (mode "
        f"{stat.S_IMODE(status.st_mode):04o}). Run: chmod 600 {path}"
    )
