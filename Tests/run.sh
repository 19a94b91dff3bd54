#!/usr/bin/env bash
# Installs what is missing and runs every test. Debian or Ubuntu with Swift; no questions asked.
#
#   Tests/run.sh                  all parts
#   SLUICE_LONG=20 Tests/run.sh   random tests with twenty times the rounds, the corpus with every set of options
#
# Fails when any part fails, says what it skips, and ends with a line `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$0")/.."

passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { printf '\n== %s\n' "$*"; }

# Fuzzing wants a clang with libFuzzer. Where the Swift toolchain has none, the distribution's is installed.
install_fuzzer() {
  Tests/Fuzz/compiler.sh >/dev/null 2>&1 && return 0
  say "installing clang with libFuzzer"
  Tests/packages.sh fuzzer || return 1
  Tests/Fuzz/compiler.sh >/dev/null
}

# The NEON kernels want another architecture's compiler and an emulator; on ARM they are among the Swift tests.
install_emulator() {
  [ "$(uname -m)" = x86_64 ] && Tests/packages.sh emulator
}

# Counts what a part says of itself in its last line `N passed, N failed`; else the part is one test.
part() {
  local name=$1 status counts
  shift
  say "$name"
  "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  counts=$(grep -oE '[0-9]+ passed, [0-9]+ failed' "$log" | tail -1)
  if [ -n "$counts" ]; then
    local good=${counts%% *} bad=${counts##*, }
    bad=${bad%% *}
    [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
    passed=$((passed + good))
    failed=$((failed + bad))
  elif [ "$status" -eq 0 ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
  [ "$status" -eq 0 ] || echo "FAILED: $name (status $status)"
}

# A part that another folder holds.
optional_part() {
  local name=$1 file=$2
  shift 2
  if [ -e "$file" ]; then part "$name" "$@"; else say "skipped: $name ($file is not here)"; fi
}

# Swift Testing's own summary, as a line that `part` counts.
swift_tests() {
  local output status total bad
  output=$(mktemp)
  swift test --skip-build 2>&1 | tee "$output" | grep -vE '^(◇|✔ Test case|✔ Test "|✔ Test [a-zA-Z0-9_]+\()'
  status=${PIPESTATUS[0]}
  total=$(grep -oE 'Test run with [0-9]+ tests?' "$output" | tail -1 | grep -oE '[0-9]+')
  bad=$(grep -cE '^✘ Test ("|[^ ]+\().* failed after' "$output")
  rm -f "$output"
  if [ -z "$total" ] || { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; }; then
    echo "the Swift tests did not come to their end"
    total=${total:-0}
    bad=$((bad + 1))
    [ "$total" -ge "$bad" ] || total=$bad
  fi
  echo "$((total - bad)) passed, $bad failed"
  return "$status"
}

command -v swift >/dev/null || { echo "Swift is not here: see https://www.swift.org/install"; exit 1; }
Tests/packages.sh build tests || failed=$((failed + 1))
install_fuzzer || failed=$((failed + 1))
[ ! -e ../shared/tools/oracle-mysql.sh ] || Tests/packages.sh oracle ||
  echo "no mmdebstrap: Oracle MySQL's forms will be skipped"
say "Debian packages, which cannot be pinned"
Tests/packages.sh --versions build tests

part "layout of the sources" Tests/style.sh
part "build" swift build --build-tests
sluice=.build/debug/sluice
if [ -x "$sluice" ] && [ "$failed" -eq 0 ]; then
  part "Swift tests" swift_tests
  optional_part "truth from real servers" Tests/Truth/run.py python3 Tests/Truth/run.py --sluice "$sluice"
  optional_part "charsets of real servers" Tests/Truth/charsets.py python3 Tests/Truth/charsets.py --sluice "$sluice"
  if [ -d ../shared/corpus ]; then
    optional_part "developers' dumps" Tests/Truth/corpus.py \
      python3 Tests/Truth/corpus.py --sluice "$sluice" ../shared/corpus
  else
    say "skipped: developers' dumps (there is no corpus beside this package)"
  fi
  optional_part "changes of real servers, replayed" Tests/Replay/run.py python3 Tests/Replay/run.py --sluice "$sluice"
  optional_part "hostile archives" Tests/Hostile/run.py python3 Tests/Hostile/run.py --sluice "$sluice"
  part "documentation" Tests/docs.sh "$sluice"
  part "the command in a shell" Tests/command.sh "$sluice"
  part "kills, and resuming" Tests/soak.py --sluice "$sluice" --rows 8000 --kills 66
  part "fail at n" Tests/Faults/run.py --sluice "$sluice" --every 9
  optional_part "Parquet of other writers" Tests/parquet.sh Tests/parquet.sh "$sluice"
  optional_part "cloud" Tests/cloud.sh Tests/cloud.sh "$sluice"
  Tests/packages.sh stores || echo "no radosgw: its part of the stores will be skipped"
  optional_part "object stores" Tests/stores.sh Tests/stores.sh "$sluice"
  optional_part "the lake's own readers" Tests/Lake/run.py python3 Tests/Lake/run.py --sluice "$sluice" --quick
  if install_emulator; then
    part "NEON, emulated" Tests/KernelTrials/neon.sh
  else
    say "skipped: NEON, emulated (no emulator for it here)"
  fi
  optional_part "fuzz, a minute" Tests/Fuzz/run.sh Tests/Fuzz/run.sh --seconds 60
  optional_part "benchmarks, one short turn" Benchmarks/run.sh Benchmarks/run.sh --smoke
else
  say "skipped: everything else, since it is not built"
fi

say "all parts"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
