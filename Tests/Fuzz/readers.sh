#!/bin/sh
# Fuzzes the readers of whole files, in Swift: Tests/Fuzz/readers.sh [--seconds N] [--target NAME] [FOLDER…]; names are
# in README.md. N seconds for each target (20 when nothing is said), after a build of some minutes. Seeds are the
# fixtures, and what lies in the folders. Needs Swift's own libFuzzer; says so and ends well where it is missing.
set -eu
cd "$(dirname "$0")"
seconds=20 targets="changes parquet pages"
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) seconds=$2; shift 2 ;;
    --target) targets=$2; shift 2 ;;
    -*) sed -n '2,4s/^# //p' "$0" >&2; exit 64 ;;
    *) break ;;
  esac
done

build=../../.build-fuzz
toolchain=$(dirname "$(readlink -f "$(command -v swift)")")
if ! ls "$toolchain"/../lib/clang/*/lib/linux/libclang_rt.fuzzer-"$(uname -m)".a >/dev/null 2>&1; then
  echo "skipped: the readers under libFuzzer (this Swift toolchain has none)"
  exit 0
fi

mkdir -p "$build"
status=0
for target in $targets; do
  if ! swift build --package-path Readers --scratch-path "$build/readers" -c release --product "$target" \
    --sanitize fuzzer --sanitize address >"$build/compiler.log" 2>&1; then
    grep -A5 'error:' "$build/compiler.log" >&2 || tail -20 "$build/compiler.log" >&2
    exit 1
  fi
  python3 seeds_readers.py "$target" "$build/seeds/$target" "$@"
  mkdir -p "$build/corpus/$target"
  echo "$target: $seconds s"
  # Leaks are not looked for: the Swift runtime keeps its metadata.
  ASAN_OPTIONS=detect_leaks=0 "$build/readers/release/$target" -max_total_time="$seconds" -max_len=20000 -timeout=20 \
    -rss_limit_mb=1024 -print_final_stats=1 -verbosity=0 -artifact_prefix="$build/found-$target-" \
    "$build/corpus/$target" "$build/seeds/$target" 2>"$build/$target.log" || status=1
  grep -E 'number_of_executed_units|found: |ERROR|SUMMARY|Test unit written' "$build/$target.log" || true
done
exit $status
