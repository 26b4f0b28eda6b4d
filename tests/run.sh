#!/bin/sh
# All tests of Python: the browser's beside the others, since each half waits a lot.
# What the browser's say is printed at the end.
set -u
said=$(mktemp)
PYTHONASYNCIODEBUG=1 pytest tests/browser >"$said" 2>&1 &
browser=$!
trap 'kill $browser 2>/dev/null; rm -f "$said"' EXIT INT TERM

PYTHONASYNCIODEBUG=1 pytest --ignore tests/browser
others=$?
wait $browser
browsers=$?
cat "$said"
[ $others -eq 0 ] && [ $browsers -eq 0 ]
