#!/bin/sh
# What must be on the machine before the locks can be installed. On Debian, as root or with sudo, it is installed; otherwise a sentence says what to install.
set -eu
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"; else return 1; fi
}
install() {
    command -v apt-get >/dev/null 2>&1 && as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null && return 0
    echo "Please install: $*  (Debian: apt-get install $*)" >&2
    exit 1
}
case "$1" in
venv)
    command -v python3 >/dev/null 2>&1 || { echo "Python 3.11 or later is needed." >&2; exit 1; }
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; this is $(python3 --version)." >&2; exit 1; }
    python3 -c 'import ensurepip, venv' 2>/dev/null || install python3-venv
    ;;
node)
    command -v npm >/dev/null 2>&1 || { echo "Node.js 20 with npm is needed (nodejs, npm)." >&2; exit 1; }
    ;;
test)
    # the shell takes a fifth less of the processor than the whole browser, which does as well
    command -v chromium-headless-shell >/dev/null 2>&1 || (install chromium-headless-shell) 2>/dev/null || command -v chromium >/dev/null 2>&1 || install chromium
    [ -x /usr/lib/postgresql/15/bin/initdb ] || command -v initdb >/dev/null 2>&1 || install postgresql-15
    ;;
esac
