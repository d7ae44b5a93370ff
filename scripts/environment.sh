#!/bin/sh
# Make .venv and install papertrail into it: scripts/environment.sh [EXTRA,EXTRA]
# Uses uv where it is on PATH, else venv and pip, also where Python was packaged without ensurepip.
# With the extra `test` Anki is installed, too, where it has a wheel: its importer reads what we write for it.
set -eu
cd "$(dirname "$0")/.."
extras=${1:-}
target=".${extras:+[$extras]}"

fail() { echo "papertrail: $*" >&2; exit 1; }

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
}

add_anki() {
    case ",$extras," in
        *,test,*) $1 anki >/dev/null 2>&1 ||
            echo "papertrail: no Anki for this machine: cards are held to its documented syntax alone" >&2 ;;
    esac
}

python=$(find_python)
if command -v uv >/dev/null 2>&1; then
    [ -x .venv/bin/python ] || uv venv --quiet --python "${python:-3.13}" .venv
    install="uv pip install --quiet --python .venv/bin/python --constraints constraints.txt"
    $install --editable "$target"
    add_anki "$install --only-binary :all:"
    exit
fi
[ -n "$python" ] || fail "needs Python 3.11 or newer: install it, or set PYTHON=/path/to/python3"

if [ ! -x .venv/bin/python ]; then
    if "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        "$python" -m venv .venv
    else
        "$python" -m venv --without-pip .venv
    fi
fi
if .venv/bin/python -m pip --version >/dev/null 2>&1; then
    pip=".venv/bin/python -m pip"
elif "$python" -m pip --version >/dev/null 2>&1; then
    pip="$python -m pip --python .venv/bin/python"
else
    fail "Python has neither pip nor ensurepip: install python3-venv (or python3-pip, or uv) and try again"
fi
echo "papertrail: installing into .venv (the first time takes a minute) …" >&2
install="$pip install --quiet --disable-pip-version-check --constraint constraints.txt"
$install --editable "$target"
add_anki "$install --only-binary :all:"
