"""`python -m gatekeeper`: the command line (`app.cli`)."""

import sys

from gatekeeper.app.cli import main

if __name__ == "__main__":
    sys.exit(main())
