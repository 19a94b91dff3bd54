#!/bin/sh
# Builds the documentation without a warning, and checks what it says.
#
#     Tests/docs.sh [PATH-OF-SLUICE]       default: .build/debug/sluice; the package must be built
#
# DocC compiles the catalogs beside the sources of the public libraries. Tests/Docs compiles or runs every block of code
# in README.md and the articles. The documentation itself is left in .build/documentation.
set -eu
cd "$(dirname "$0")/.."
sluice=${1:-.build/debug/sluice}
binaries=$(dirname "$sluice")
output=.build/documentation
passed=0 failed=0

docc=$(dirname "$(readlink -f "$(command -v swift)")")/docc
triple=$(swift -print-target-info | sed -n 's/^ *"triple": "\(.*\)",/\1/p')
rm -rf "$output"
# The interfaces of C that the modules import.
maps=
for map in Sources/C*/module.modulemap "$binaries"/*.build/module.modulemap \
    $(find .build/checkouts/*/Sources -name module.modulemap); do
    maps="$maps -Xcc -fmodule-map-file=$map"
done
for folder in Sources/C*/include; do
    maps="$maps -Xcc -I$folder"
done

# The public declarations of a module, and of those that it exports.
symbol_graphs() {
    for graphed in "$1" $(grep -rhE '^@_exported public import' "Sources/$1" | awk '{ print $NF }'); do
        # shellcheck disable=SC2086 # a list of words
        swift symbolgraph-extract -module-name "$graphed" -I "$binaries/Modules" -output-dir "$symbols" \
            -target "$triple" -minimum-access-level public -skip-synthesized-members $maps || return 1
    done
}

[ -x "$docc" ] || echo "skipped: the catalogs (this toolchain has no docc)"
for catalog in Sources/*/*.docc; do
    [ -x "$docc" ] || continue
    module=$(basename "$catalog" .docc)
    symbols=$output/symbols/$module
    mkdir -p "$symbols"
    if symbol_graphs "$module" &&
        "$docc" convert "$catalog" --warnings-as-errors \
            --additional-symbol-graph-dir "$symbols" --output-dir "$output/$module.doccarchive" \
            --fallback-bundle-identifier "$module"; then
        echo "the documentation of $module is built"
        passed=$((passed + 1))
    else
        echo "the documentation of $module is not right"
        failed=$((failed + 1))
    fi
done

blocks=$(mktemp)
trap 'rm -f "$blocks"' EXIT
python3 -B Tests/Docs/run.py --sluice "$sluice" >"$blocks" || true
sed '$d' "$blocks"
counts=$(tail -n 1 "$blocks")
case $counts in
*' passed, '*' failed')
    passed=$((passed + ${counts%% *}))
    counts=${counts##*, }
    failed=$((failed + ${counts%% *}))
    ;;
*)
    echo "$counts"
    failed=$((failed + 1))
    ;;
esac
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
