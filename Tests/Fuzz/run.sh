#!/bin/sh
# Fuzzes the C kernels against slow readers: Tests/Fuzz/run.sh [--seconds N] [--target NAME]; names are in README.md.
# N seconds in all (60 when nothing is said), then readers.sh with a third of that for each reader of whole files.
# Needs a clang with libFuzzer: Swift's own toolchain has it, else Debian's packages clang and libclang-rt-N-dev, which
# Tests/run.sh installs.
set -eu
cd "$(dirname "$0")"
seconds=60 targets="csv tuples unescape utf8 charset json objects"
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) seconds=$2; shift 2 ;;
    --target) targets=$2; shift 2 ;;
    *) sed -n '2,5s/^# //p' "$0" >&2; exit 64 ;;
  esac
done

build=../../.build-fuzz
kernels=../../Sources/CBackupKernels charsets=../../Sources/CCharsetTables
mkdir -p "$build"

clang=$(./compiler.sh)

flags="-std=gnu11 -g -O1 -Wall -Wextra -I$kernels/include -I$charsets/include"
flags="$flags -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
for target in $targets; do
  more=
  [ "$target" != charset ] || more="$charsets/*.c $charsets/tables/*.c"
  # shellcheck disable=SC2086 # patterns without spaces
  "$clang" $flags -fsanitize=fuzzer "fuzz_$target.c" harness.c memory.c json_line.c reference_*.c "$kernels"/*.c $more \
    -o "$build/fuzz_$target" 2>"$build/compiler.log" || { cat "$build/compiler.log" >&2; exit 1; }
  grep -v 'ld.gold: warning' "$build/compiler.log" >&2 || true  # gold's noise about the sanitizer's own symbols
done

python3 make_corpus.py "$build/seeds"
count=$(echo $targets | wc -w)
status=0
for target in $targets; do
  # csv and tuples have the most to find: three times the time of the others
  share=$seconds
  if [ "$count" -gt 1 ]; then
    case $target in csv|tuples) share=$((seconds * 3 / 10)) ;; *) share=$((seconds / 10)) ;; esac
  fi
  mkdir -p "$build/corpus/$target"
  echo "fuzz_$target: $share s"
  "$build/fuzz_$target" -max_total_time="$share" -max_len=600 -timeout=20 -dict=tokens.dict -print_final_stats=1 \
    -verbosity=0 -artifact_prefix="$build/found-$target-" "$build/corpus/$target" "$build/seeds/$target" \
    2>"$build/$target.log" || status=1
  grep -E 'number_of_executed_units|^harness|^fuzz|ERROR|SUMMARY|Test unit written' "$build/$target.log" || true
done
[ "$count" -eq 1 ] || ./readers.sh --seconds $((seconds / 3)) || status=1
exit $status
