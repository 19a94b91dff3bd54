#!/usr/bin/env bash
# Runs the Swift tests under a sanitizer, by hand: a build of its own takes some ten minutes and two gigabytes.
#
#     Tests/sanitize.sh [--keep] [address] [thread] [-- words for swift test]
#
# Both when none is named. The command that the tests start is built the same way. --keep leaves the builds for the next time.
# The C kernels run under address and undefined-behaviour sanitizers in every Tests/Fuzz/run.sh.
set -uo pipefail
cd "$(dirname "$0")/.."

keep="" sanitizers="" failed=0
while [ $# -gt 0 ]; do
  case $1 in
    --keep) keep=yes; shift ;;
    address|thread) sanitizers="$sanitizers $1"; shift ;;
    --) shift; break ;;
    *) sed -n '2,4s/^# \?//p' "$0" >&2; exit 64 ;;
  esac
done

# Leaks are not looked for: the Swift runtime keeps its metadata. A report ends the program that made it.
export ASAN_OPTIONS="detect_leaks=0:abort_on_error=1:allocator_may_return_null=1" TSAN_OPTIONS="halt_on_error=1:suppressions=$PWD/Tests/thread-sanitizer.suppressions"
for sanitizer in ${sanitizers:-address thread}; do
  folder=.build-${sanitizer%"${sanitizer#?}"}san
  echo "== $sanitizer sanitizer"
  # The time limits of some tests are for programs that run at their own speed: one test after another.
  swift test --no-parallel --sanitize="$sanitizer" --scratch-path "$folder" "$@" || failed=1
  [ -n "$keep" ] || rm -rf "$folder"
done
exit $failed
