#!/bin/sh
# Install what the named needs lack (venv, maven, jdk, chromium, go, node) where we may; say in one line what is missing where not.
set -eu
PATH="$PWD/.venv/bin:$PATH"

have() {
    case "$1" in
    venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
    maven) [ -n "${QUZHONG_TEST_KAFKA:-}" ] || { command -v java && command -v mvn; } ;;
    # Maven alone comes with a Java that runs programs; the compiler is another package.
    jdk) command -v javac && command -v mvn ;;
    chromium) [ -n "${QUZHONG_CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    # An older release cannot fetch the one that sdk/go/go.mod asks for.
    go) [ "$(go env GOVERSION 2>/dev/null | sed 's/^go1\.//; s/[^0-9].*//')" -ge 21 ] 2>/dev/null ;;
    node) command -v npm && node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)' ;;
    esac >/dev/null
}

packages_of() {
    case "$1" in
    venv) echo python3-venv ;;
    maven) echo default-jre-headless maven ;;
    jdk) echo default-jdk-headless maven ;;
    chromium) echo chromium fonts-noto-cjk ;;
    esac
}

lacking=
for need in "$@"; do
    have "$need" && continue
    case "$need" in
    # Of distributions many are too old; these come as wheels.
    go | node) [ -e .venv/.toolchains ] || tools/setup.sh toolchains ;;
    *) lacking="$lacking $(packages_of "$need")" ;;
    esac
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
