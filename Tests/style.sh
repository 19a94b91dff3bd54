#!/bin/sh
# Checks the layout of all source text: swift-format, clang-format, C headers that compile alone, and no line over 120
# columns.
#
#     Tests/style.sh          says what is not as it should be, and fails
#     Tests/style.sh --fix    formats in place what a tool can format
set -eu
export LC_ALL=C.UTF-8 # columns are letters, not bytes
cd "$(dirname "$0")/.."
swift_files="Package.swift Sources Tests samples Benchmarks/Package.swift Benchmarks/Benchmarks Benchmarks/Sources"
# The files of this name that are written by hand.
named() {
    find Package.swift README.md .github Sources Tests Benchmarks samples \
        \( -name .build -o -name raw -o -name out -o -name venv \) -prune -o -type f -name "$1" -print |
        grep -v -e '^Sources/CCharsetTables/' -e '^Tests/Fixtures/' || true
}
c_files=$(named '*.c' && named '*.h')
tools=.build/tools/style
Tests/python-packages.sh "$tools" clang-format

if [ "${1:-}" = --fix ]; then
    # shellcheck disable=SC2086 # lists of names without spaces
    swift format --in-place --recursive --parallel $swift_files
    # shellcheck disable=SC2086
    "$tools/bin/clang-format" -i $c_files
fi

status=0
# shellcheck disable=SC2086
swift format lint --strict --recursive --parallel $swift_files || status=1
# shellcheck disable=SC2086
"$tools/bin/clang-format" --dry-run --Werror $c_files || status=1
for header in $(named '*.h' | grep -v simd_neon); do
    for vectors in BK_SSE2 BK_AVX2 BK_AVX512; do
        "$(dirname "$(readlink -f "$(command -v swift)")")/clang" -std=gnu11 -fsyntax-only -x c -D"$vectors" \
            -ISources/CBackupKernels/include -ISources/CCharsetTables/include \
            -Wno-pragma-once-outside-header "$header" ||
            { echo "$header does not compile alone"; status=1; }
    done
done
long=$(for name in '*.swift' '*.c' '*.h' '*.sh' '*.md'; do named "$name"; done | xargs grep -nE '^.{121,}$' || true)
if [ -n "$long" ]; then
    echo "lines over 120 columns:"
    printf '%s\n' "$long"
    status=1
fi
[ "$status" -eq 0 ] && echo "the layout is as configured"
exit "$status"
