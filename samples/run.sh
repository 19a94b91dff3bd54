#!/usr/bin/env bash
# Installs what is missing, builds sluice, converts every sample into samples/out, shows what came out, and plays the
# way of a backup from the cloud to a lake: offline, over a connection that breaks.
set -euo pipefail
cd "$(dirname "$0")/.."

Tests/packages.sh build
swift build -c release --static-swift-stdlib --product sluice
sluice=$(swift build -c release --show-bin-path)/sluice

export LC_ALL=C.UTF-8
bold='' faint='' plain=''
if [ -t 1 ]; then bold=$'\e[1m' faint=$'\e[2m' plain=$'\e[0m'; fi

rm -rf samples/out
for export in samples/exports/*; do
  name=$(basename "$export")
  output="samples/out/${name%%.*}"
  printf '\n%s%s%s\n' "$bold" "$name" "$plain"
  "$sluice" convert "$export" --output "$output" --quiet
  (cd "$output" && find . -name '*.ndjson' | sort) | while read -r part; do
    printf '  %6d rows  %s\n' "$(wc -l <"$output/$part")" "${part#./}"
  done
done

printf '\nA row of some tables:\n'
for table in shop-mysql-csv/shop/products shop-mysql-csv/shop/customers shop-postgresql-csv/shop/public/products; do
  read -r row <"samples/out/$table/part-00000.ndjson"
  printf '%s%s%s\n%s…\n' "$faint" "$table" "$plain" "${row:0:110}"
done

# From the cloud to the lake. A stand-in plays the service on this machine; it ends when its standard input does.
coproc standin { exec python3 -B Tests/TestSupport/standin/standin.py --object samples/exports/shop-mysql-csv.tar.gz; }
read -r service <&"${standin[0]}"
export ALIBABA_CLOUD_ACCESS_KEY_ID=testid ALIBABA_CLOUD_ACCESS_KEY_SECRET=testsecret ALIBABA_CLOUD_REGION_ID=cn-hangzhou

tell_service() {
  python3 -c 'import sys, urllib.request as u; u.urlopen(sys.argv[1] + "/_control", sys.argv[2].encode())' \
    "$service" "$1"
}
step() {
  printf '%s$ sluice %s%s\n' "$bold" "$*" "$plain" >&2
  "$sluice" "$@" --endpoint "$service"
}

printf '\n%sThe whole story, offline: a backup set in the cloud becomes tables in a lake%s\n' "$bold" "$plain"
task=$(step create --instance rm-demo --backup-set 146005)
step wait "$task" --instance rm-demo --every 1s | grep -E '^(task|state|written)'
echo 'Now the connection will be cut after 20 kB, and the link will be dead by then:'
tell_service '{"cuts": [20000], "kill_links_after_cut": true}'
step run "$task" --instance rm-demo --output samples/out/from-the-cloud --verbose
cmp samples/out/from-the-cloud/shop/orders/part-00000.ndjson samples/out/shop-mysql-csv/shop/orders/part-00000.ndjson
echo 'The lines are those of the archive that lies here, to the byte.'

printf '\nAll of it is in samples/out; every folder has a _manifest.json with types, row counts and checksums.\n'
