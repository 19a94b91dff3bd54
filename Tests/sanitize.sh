#!/usr/bin/env bash
# Runs every Swift test under a sanitizer, and hostile archives through the sanitized command. By hand: it takes an hour
# and two gigabytes.
#
#     Tests/sanitize.sh [--keep] [address] [thread] [-- words for swift test]
#
# Both when none is named. --keep leaves the builds for the next time. With words for swift test, only those tests.
# The command and the samples that the tests start are built the same way. Prints what was skipped, what failed and
# every report, and ends with a line `N passed, N failed`: a report counts as a failure, whichever program made it and
# whatever its test made of that.
# The C kernels run under address and undefined-behaviour sanitizers in every Tests/Fuzz/run.sh.
set -uo pipefail
cd "$(dirname "$0")/.."

keep="" sanitizers="" passed=0 failed=0
while [ $# -gt 0 ]; do
  case $1 in
    --keep) keep=yes; shift ;;
    address|thread) sanitizers="$sanitizers $1"; shift ;;
    --) shift; break ;;
    *) sed -n '2,5s/^# \?//p' "$0" >&2; exit 64 ;;
  esac
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Reports go to files of their own: many tests look at what a program says and how it ends, and some expect an error.
# Leaks are not looked for: the Swift runtime keeps its metadata. 86 is no exit status of sluice.
export ASAN_OPTIONS="detect_leaks=0:abort_on_error=1:allocator_may_return_null=1:log_path=$work/report"
export TSAN_OPTIONS="exitcode=86:log_path=$work/report"
# The thread sanitizer keeps a table in a file, where it may make one, and dies where files may not grow
# (FullDiskTests). It looks in the first folder that is there.
export TEST_TMPDIR=$work/none
unset TMPDIR

add() {
  passed=$((passed + $1))
  failed=$((failed + $2))
}

swift_tests() {
  local status total bad
  # The time limits of some tests are for programs that run at their own speed: one test after another.
  LD_PRELOAD=$preloaded swift test --skip-build --no-parallel --sanitize="$sanitizer" --scratch-path "$folder" "$@" \
    >"$work/log" 2>&1
  status=$?
  grep -E '^(✘|➜|↳ "|. Test run with)' "$work/log"
  total=$(grep -oE 'Test run with [0-9]+ tests?' "$work/log" | tail -1 | grep -oE '[0-9]+')
  bad=$(grep -cE '^✘ Test ("|[^ ]+\().* failed after' "$work/log")
  if [ -z "$total" ]; then
    echo "the tests did not come to their end:"
    tail -20 "$work/log"
  fi
  [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  total=${total:-$bad}
  add $((total - bad)) "$bad"
}

hostile_archives() {
  local counts
  SLUICE_SANITIZER=$sanitizer LD_PRELOAD=$preloaded \
    python3 Tests/Hostile/run.py --sluice "$folder/debug/sluice" 2>&1 | tee "$work/log"
  counts=$(grep -oE '[0-9]+ passed, [0-9]+ failed' "$work/log" | tail -1)
  # shellcheck disable=SC2086
  add ${counts//[!0-9 ]/}
}

reports() {
  local files count
  files=$(find "$work" -name 'report.*')
  count=$(grep -c . <<<"$files")
  [ "$count" -eq 0 ] || cat "$work"/report.*
  rm -f "$work"/report.*
  echo "$count programs with reports of the $sanitizer sanitizer"
  add 0 "$count"
}

for sanitizer in ${sanitizers:-address thread}; do
  folder=$PWD/.build-${sanitizer%"${sanitizer#?}"}san preloaded=""
  printf '\n== %s sanitizer\n' "$sanitizer"
  if ! swift build --build-tests --sanitize="$sanitizer" --scratch-path "$folder" >"$work/log" 2>&1; then
    tail -40 "$work/log"
    add 0 1
    continue
  fi
  if [ "$sanitizer" = thread ]; then
    preloaded=$folder/mutex.so
    clang -O1 -Wall -Wextra -Werror -shared -fPIC Tests/Sanitizing/mutex.c -o "$preloaded" || { add 0 1; continue; }
  fi
  swift_tests "$@"
  [ $# -gt 0 ] || hostile_archives
  reports
  [ -n "$keep" ] || rm -rf "$folder"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
