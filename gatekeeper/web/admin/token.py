"""
The console's token: made once, shown once, and kept as its digest alone.

Rule 1: what lies in the data directory opens nothing; only the token does, and nobody
but who it was shown to has it.
Rule 2: the file is read each time. A new token, or none, ends every session at once.
Rule 3: it is in no backup, so that none brings back a token that was replaced.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

import structlog

from gatekeeper.secret_file import exposed
from gatekeeper.storage.directory import ADMIN
from gatekeeper.storage.key_file import write

log = structlog.get_logger(__name__)

NAME = "console"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class AdminToken:
    """The one that is in force, if there is one."""

    def __init__(self, data: Path) -> None:
        """`data`: the data directory."""
        self._path = data / ADMIN

    @property
    def there(self) -> bool:
        """Whether one was ever made. Blocks."""
        return self._path.exists()

    def make(self) -> str:
        """A new one; the one before opens nothing now. Blocks. Raises `OSError`."""
        token = secrets.token_urlsafe(32)
        write(self._path, f"{_digest(token)}\n".encode())
        return token

    def in_force(self) -> Mapping[str, str]:
        """Its digest. Blocks."""
        try:
            if exposed(self._path) is not None:
                log.error("admin-token.exposed")  # others could have put theirs there
                return {}
            text = self._path.read_text("ascii").strip()
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError):
            log.error("admin-token.unreadable")
            return {}
        return {NAME: text} if _DIGEST.fullmatch(text) else {}


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
