#!/bin/sh
# The cloud wing's tests that are not Swift: the vendor's own clients and the built command, each against the stand-in.
#
#     Tests/cloud.sh PATH-OF-SLUICE
#
# Installs the vendor's clients from PyPI into .build-vendor, in the versions of Tests/versions.txt (SLUICE_NEWEST=1:
# the newest). Needs python3 with venv; openssl for the TLS test.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
sluice=${1:-$root/.build/debug/sluice}
venv=$root/.build-vendor

"$root/Tests/python-packages.sh" "$venv" alibabacloud-dbs20210101 alibabacloud-dbs20190306 alibabacloud-rds20140815
"$venv/bin/python" -B "$root/Tests/TestSupport/standin/vendor_clients.py"
for tests in commands binlogs runs formats; do
    SLUICE=$(realpath "$sluice") python3 -B "$root/Tests/TestSupport/standin/$tests.py"
done
