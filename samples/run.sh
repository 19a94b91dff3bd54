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
printf '\nAll of it is in samples/out; every folder has a _manifest.json with types, row counts and checksums.\n'
