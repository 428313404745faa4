#!/bin/sh
# Make .venv and install what requirements/$1.txt pins, and the project itself. $1: runtime, dev, docs or toolchains.
set -eu
cd "$(dirname "$0")/.."

if [ ! -x .venv/bin/python ]; then
    for python in python3 python3.13 python3.12 python3.11; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
        python=
    done
    [ -n "$python" ] || { echo "missing: Python 3.11 or newer (Debian, Ubuntu: apt-get install python3 python3-venv)" >&2; exit 1; }
    "$python" -c 'import ensurepip, venv' 2>/dev/null || tools/ensure.sh venv
    echo "making .venv with $("$python" --version)"
    "$python" -m venv .venv
fi

echo "installing requirements/$1.txt"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$1.txt"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/font.txt
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e sdk/python -e .
# What dev installs includes runtime.
[ "$1" = dev ] && touch .venv/.runtime
touch ".venv/.$1"
