#!/bin/sh
# Make a virtual environment with the newest suitable Python (3.12 or later): from PATH, pyenv, or uv.
set -eu
venv=$1
suits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; }
for python in python3.12 python3.13 python3.14 python3 python \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[234]*/bin/python; do
  if suits "$python"; then exec "$python" -m venv --clear "$venv"; fi
done
if command -v uv >/dev/null 2>&1; then exec uv venv --quiet --seed --clear --python '>=3.12,<3.15' "$venv"; fi
echo "No Python 3.12 to 3.14 found on PATH, in pyenv or by uv: install one, then run make again." >&2
exit 1
