// Trials of one implementation against the plain one, on seeded random and hostile bytes. C, so that the same trials
// run on another CPU under an emulator (neon.sh). Each returns NULL, or what differs.
#pragma once
#include "CBackupKernels.h"

// Marking delimited text: every length from 0 to 300, all options.
const char *trial_csv_lengths(const bk_kernels *kernels, uint64_t seed);
// Around the borders of blocks and pages, with arrays that fill up, from any place on.
const char *trial_csv_borders(const bk_kernels *kernels, uint64_t seed);
// In two calls, cut anywhere.
const char *trial_csv_cuts(const bk_kernels *kernels, uint64_t seed);
const char *trial_tuples(const bk_kernels *kernels, uint64_t seed);
const char *trial_statements(const bk_kernels *kernels, uint64_t seed);
// Rows of several tables, grouped.
const char *trial_groups(const bk_kernels *kernels, uint64_t seed);
const char *trial_tuples_cuts(const bk_kernels *kernels, uint64_t seed);
// Rows of CSV and of SQL as JSON, under random plans, into large and small output.
const char *trial_emit(const bk_kernels *kernels, uint64_t seed);
// Rows of numbers side by side, and of what only looks like them, under any delimiter.
const char *trial_numbers(const bk_kernels *kernels, uint64_t seed);
const char *trial_utf8(const bk_kernels *kernels, uint64_t seed);
// Escapes of all kinds undone.
const char *trial_unescape(const bk_kernels *kernels, uint64_t seed);
// Texts with escapes of each kind, in runs and alone, as lines.
const char *trial_escaped_text(const bk_kernels *kernels, uint64_t seed);
// The index of JSON texts, in chunks: surrogates, and what only looks like them, around the borders of blocks.
const char *trial_json_index(const bk_kernels *kernels, uint64_t seed);
// JSON, and what is almost JSON, on one line: small memory for keys, many keys, keys spelled in two ways.
const char *trial_json(const bk_kernels *kernels, uint64_t seed);
// PostgreSQL's arrays, and what is almost one, under every rule, in little room.
const char *trial_arrays(const bk_kernels *kernels, uint64_t seed);
// Base64 with line ends, padding and faults anywhere.
const char *trial_base64(const bk_kernels *kernels, uint64_t seed);
// The same on one line, where that is what its bytes are written as.
const char *trial_base64_lines(const bk_kernels *kernels, uint64_t seed);
