#!/bin/sh
# A Chromium and Chinese fonts for the page tests: installs Debian's where it may, else says what is missing.
# Exit status 0: there is one. 1: there is none and it cannot be installed here.
set -eu

found() {
    if [ -n "${QUZHONG_CHROMIUM:-}" ]; then
        command -v "$QUZHONG_CHROMIUM" >/dev/null
    else
        command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
    fi
}

if found; then exit 0; fi

if [ -n "${QUZHONG_CHROMIUM:-}" ]; then
    echo "page tests: QUZHONG_CHROMIUM=$QUZHONG_CHROMIUM is not a program" >&2
    exit 1
fi

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    as_root=none
fi

if [ "$as_root" != none ] && command -v apt-get >/dev/null; then
    log=$(mktemp)
    if { $as_root apt-get update && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends chromium fonts-noto-cjk; } >"$log" 2>&1 && found; then
        rm -f "$log"
        exit 0
    fi
    tail -n 3 "$log" >&2
    rm -f "$log"
fi
echo "page tests: no Chromium; install it (Debian: apt-get install chromium fonts-noto-cjk) or set QUZHONG_CHROMIUM=/path" >&2
exit 1
