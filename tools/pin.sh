#!/bin/sh
# Pin requirements/*.in with hashes and without addresses, for every supported Python and platform.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet uv
for name in dev runtime docs bench toolchains; do
    constraint=
    # What shares .venv has the same versions.
    case $name in runtime | docs) ;; *) false ;; esac && constraint="--constraint requirements/dev.txt"
    # shellcheck disable=SC2086
    .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-annotate $constraint "requirements/$name.in" --output-file "requirements/$name.txt"
done
# Fonts come without what their packages import.
.venv/bin/uv pip compile --quiet --upgrade --no-deps --universal --python-version 3.11 --generate-hashes --no-header \
    --no-emit-index-url --no-annotate requirements/font.in --output-file requirements/font.txt
