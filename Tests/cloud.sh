#!/bin/sh
# The cloud wing's tests that are not Swift: the vendor's own clients against the stand-in, and the built command against it.
#
#     Tests/cloud.sh PATH-OF-SLUICE
#
# Installs the vendor's clients from PyPI into .build-vendor once. Needs python3 with venv; openssl for the TLS test.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
sluice=${1:-$root/.build/debug/sluice}
venv=$root/.build-vendor

if [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check \
        alibabacloud_dbs20210101==3.0.0 alibabacloud_dbs20190306==1.0.3 alibabacloud_rds20140815==16.0.2
fi
"$venv/bin/python" -B "$root/Tests/TestSupport/standin/vendor_clients.py"
for tests in commands runs; do
    SLUICE=$(realpath "$sluice") python3 -B "$root/Tests/TestSupport/standin/$tests.py"
done
