#!/bin/sh
# Names a clang that has libFuzzer and the sanitizers: the one of CLANG, Swift's own, or the distribution's. Fails where
# there is none.
set -eu
probe=$(mktemp)
trap 'rm -f "$probe"' EXIT

has_fuzzer() { echo 'int LLVMFuzzerTestOneInput(const char *b, unsigned long n) { return !b && n; }' |
  "$1" -x c - -fsanitize=fuzzer,address,undefined -o "$probe" 2>/dev/null; }

swift=$(command -v swift || true)
# Swift's own directory often stands first on the path, in front of the distribution's.
own=${swift:+$(dirname "$(readlink -f "$swift")")/clang}
for clang in "${CLANG:-}" "$own" clang /usr/bin/clang /usr/bin/clang-[0-9]*; do
  if [ -n "$clang" ] && has_fuzzer "$clang"; then
    echo "$clang"
    exit 0
  fi
done
echo "no clang with libFuzzer: apt-get install -y clang, and libclang-rt-N-dev of its version" >&2
exit 1
