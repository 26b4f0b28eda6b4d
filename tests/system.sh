#!/bin/sh
# Make sure that there is what the tests need beside Python and Node: a Chromium (the
# system's if it has one, the package manager's if that may be used, Playwright's own
# otherwise), a Firefox, and flite and espeak-ng, which speak.
set -eu

has() {
    command -v "$1" >/dev/null 2>&1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

missing=""
has chromium || has chromium-browser || has google-chrome || missing="chromium fonts-liberation"
has firefox-esr || has firefox || missing="$missing firefox-esr"
for speaker in flite espeak-ng; do
    has "$speaker" || missing="$missing $speaker"
done
[ -n "$missing" ] || exit 0

if has apt-get && as_root true 2>/dev/null; then
    as_root apt-get update -qq
    # shellcheck disable=SC2086 - a list of packages
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends $missing
    exit 0
fi
case "$missing" in
    *flite* | *espeak-ng* | *firefox*)
        echo "The tests need Firefox, flite and espeak-ng. Install them, then try again." >&2
        exit 1
        ;;
esac
playwright install chromium
