#!/bin/sh
# Install what the named needs lack (venv, maven, chromium) where we may; say in one line what is missing where not.
set -eu

have() {
    case "$1" in
    venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
    maven) [ -n "${QUZHONG_TEST_KAFKA:-}" ] || { command -v java && command -v mvn; } ;;
    chromium) [ -n "${QUZHONG_CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    esac >/dev/null
}

packages_of() {
    case "$1" in
    venv) echo python3-venv ;;
    maven) echo default-jre-headless maven ;;
    chromium) echo chromium fonts-noto-cjk ;;
    esac
}

lacking=
for need in "$@"; do
    have "$need" || lacking="$lacking $(packages_of "$need")"
done
[ -n "$lacking" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing$lacking"
    log=$(mktemp)
    # shellcheck disable=SC2086
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $lacking; } >"$log" 2>&1 && exit 0
    tail -n 5 "$log" >&2
fi
echo "missing:$lacking (Debian, Ubuntu: sudo apt-get install$lacking)" >&2
exit 1
