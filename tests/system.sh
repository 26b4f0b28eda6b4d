#!/bin/sh
# Make sure that there is what the tests need beside Python and Node: a Chromium (the
# system's if it has one, the package manager's if that may be used, Playwright's own
# otherwise), a Firefox, and flite and espeak-ng, which speak. Chromium's headless shell
# saves a third of its work, where there is one; without coturn, nginx, Caddy, zbar, which
# reads QR codes, ffmpeg and mkvmerge, which cut films, the tests that need them are skipped.
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
[ -n "$(fc-list :lang=ar 2>/dev/null)" ] || missing="$missing fontconfig fonts-dejavu-core"
PATH="$PATH:/sbin" ldconfig -p 2>/dev/null | grep -q libfribidi || missing="$missing libfribidi0"
has firefox-esr || has firefox || missing="$missing firefox-esr"
for speaker in flite espeak-ng; do
    has "$speaker" || missing="$missing $speaker"
done
optional=""
has chromium-headless-shell || optional="chromium-headless-shell"
has turnserver || optional="$optional coturn"
has caddy || optional="$optional caddy"
has zbarimg || optional="$optional zbar-tools"
has ffmpeg || optional="$optional ffmpeg"
has mkvmerge || optional="$optional mkvtoolnix"
PATH="$PATH:/usr/sbin" has nginx || optional="$optional nginx-light"
[ -n "$missing$optional" ] || exit 0

# Servers are installed to be started by tests, not now and for ever.
POLICY=/usr/sbin/policy-rc.d
start_nothing() {
    [ ! -e "$POLICY" ] || return 0
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
    as_root chmod +x "$POLICY"
    trap 'as_root rm -f "$POLICY"' EXIT
}

if has apt-get && as_root true 2>/dev/null; then
    as_root apt-get update -qq
    for package in $optional; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            missing="$missing $package"
        fi
    done
    [ -n "$missing" ] || exit 0
    start_nothing
    # shellcheck disable=SC2086 - a list of packages
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends $missing
    exit 0
fi
[ -n "$missing" ] || exit 0
case "$missing" in
    *flite* | *espeak-ng* | *firefox*)
        echo "The tests need Firefox, flite and espeak-ng. Install them, then try again." >&2
        exit 1
        ;;
esac
playwright install chromium
