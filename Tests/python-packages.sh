#!/bin/sh
# Makes a virtual environment hold packages from PyPI in the versions of Tests/versions.txt.
#
#     Tests/python-packages.sh FOLDER PACKAGE…
#
# An environment that is there with other versions is brought to these; with SLUICE_NEWEST=1, to the newest.
set -eu
pins=$(cd "$(dirname "$0")" && pwd)/versions.txt
folder=$1
shift
[ -x "$folder/bin/pip" ] || python3 -m venv --clear "$folder"
if [ -n "${SLUICE_NEWEST:-}" ]; then
    "$folder/bin/pip" install --quiet --disable-pip-version-check --upgrade --upgrade-strategy eager "$@"
else
    "$folder/bin/pip" install --quiet --disable-pip-version-check --constraint "$pins" "$@"
fi
