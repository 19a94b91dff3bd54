#!/usr/bin/env bash
# Installs what is missing, builds sluice, converts every sample into samples/out, and shows what came out.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(pkg-config libarchive-dev libisal-dev zlib1g-dev libzstd-dev)
missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
  echo "Installing ${missing[*]}"
  as_root=$([ "$(id -u)" -eq 0 ] || echo sudo)
  $as_root apt-get update -qq
  $as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

swift build -c release --product sluice
sluice=$(swift build -c release --show-bin-path)/sluice

shorten() { # the first line of a file, as much of it as fits in a terminal
  head -n 1 "$1" | cut -c 1-110
}

rm -rf samples/out
for export in samples/exports/*; do
  name=$(basename "$export")
  output="samples/out/${name%%.*}"
  printf '\n\033[1m%s\033[0m\n' "$name"
  "$sluice" convert "$export" --output "$output" --quiet
  (cd "$output" && find . -name '*.ndjson' | sort) | while read -r part; do
    printf '  %6d rows  %s\n' "$(wc -l <"$output/$part")" "${part#./}"
  done
done

printf '\nOne row of each kind:\n'
for table in shop-mysql-csv/shop/products shop-mysql-csv/shop/customers shop-postgresql-csv/shop/public/products; do
  printf '\033[2m%s\033[0m\n%s…\n' "$table" "$(shorten "samples/out/$table/part-00000.ndjson")"
done
printf '\nAll of it is in samples/out; every folder has a _manifest.json with types, row counts and checksums.\n'
