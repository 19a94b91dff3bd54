#!/usr/bin/env bash
# Installs the Debian packages of some groups of Tests/packages.txt where they are missing. No questions asked.
#
#     Tests/packages.sh GROUP…
#     Tests/packages.sh --versions GROUP…     installs nothing: prints the version of each package that is there
#
# Fails, and names what is still missing, where not all can be installed.
set -uo pipefail
list=$(dirname "$0")/packages.txt

show_versions() {
  for group; do
    awk -v group="$group" '$1 == group { print $2 }' "$list"
  done | xargs dpkg-query --show --showformat='${Package} ${Version}\n' 2>/dev/null
}

missing_packages() {
  local group of package check
  for group; do
    while read -r of package check; do
      [ "$of" != "$group" ] || eval "$check" </dev/null >/dev/null 2>&1 || echo "$package"
    done <"$list"
  done
}

apt_get() {
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo -n)
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@"
}

if [ "${1:-}" = --versions ]; then
  shift
  show_versions "$@"
  exit 0
fi
mapfile -t missing < <(missing_packages "$@")
[ "${#missing[@]}" -gt 0 ] || exit 0
echo "installing ${missing[*]}"
if ! command -v apt-get >/dev/null; then
  echo "apt-get is not here: install them yourself" >&2
  exit 1
fi
apt_get update || exit 1
# All at once; where one name is not known, one by one, so that it alone is lacking.
if ! apt_get install -y --no-install-recommends "${missing[@]}"; then
  for package in "${missing[@]}"; do
    apt_get install -y --no-install-recommends "$package" || echo "cannot install $package" >&2
  done
fi
mapfile -t missing < <(missing_packages "$@")
[ "${#missing[@]}" -eq 0 ] || { echo "still missing: ${missing[*]}" >&2; exit 1; }
