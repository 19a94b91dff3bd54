#!/bin/sh
# The same trials for the NEON kernels, cross-compiled and run under qemu-user (the group `emulator` of
# Tests/packages.txt).
set -eu
cd "$(dirname "$0")/../.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cat > "$out/main.c" <<'C'
#include <stdio.h>
#include "KernelTrials.h"
int main(void) {
  const char *(*const trials[])(const bk_kernels *, uint64_t) = {
      trial_csv_lengths, trial_csv_borders, trial_csv_cuts, trial_tuples, trial_statements, trial_tuples_cuts,
      trial_emit, trial_numbers, trial_utf8, trial_unescape, trial_escaped_text, trial_json_index, trial_json,
      trial_arrays, trial_base64,
      trial_base64_lines, trial_groups };
  for (size_t i = 1; bk_kernels_at(i); i++)
    for (uint64_t seed = 0; seed < 3; seed++)
      for (size_t t = 0; t < sizeof trials / sizeof *trials; t++) {
        const char *wrong = trials[t](bk_kernels_at(i), seed);
        if (wrong) { printf("trial %zu, seed %d: %s\n", t, (int)seed, wrong); return 1; }
      }
  printf("%s equals plain\n", bk_kernels_in_use()->name);
  return 0;
}
C
cross=$(ls -d /usr/lib/gcc-cross/aarch64-linux-gnu/* | tail -1)
clang --target=aarch64-linux-gnu -O2 -Wall -isystem /usr/aarch64-linux-gnu/include \
  -ISources/CBackupKernels/include -ITests/KernelTrials/include \
  "$out/main.c" Tests/KernelTrials/*.c Sources/CBackupKernels/*.c \
  -static -fuse-ld=lld -B"$cross" -L"$cross" -B/usr/aarch64-linux-gnu/lib -L/usr/aarch64-linux-gnu/lib -o "$out/trials"
qemu-aarch64 "$out/trials"
