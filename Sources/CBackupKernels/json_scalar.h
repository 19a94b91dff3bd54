// Numbers and words of JSON: RFC 8259, sections 3 and 6.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Past the digits at `at`, which are not looked for after the text.
static inline size_t json_past_digits(const uint8_t *text, size_t length, size_t at) {
  for (;;) {
    uint64_t word;
    memcpy(&word, text + at, 8);
    word ^= 0x3030303030303030u;  // a digit becomes its value, at most nine
    const uint64_t other = (word | ((word & 0x7F7F7F7F7F7F7F7Fu) + 0x7676767676767676u)) & 0x8080808080808080u;
    if (other) at += (size_t)__builtin_ctzll(other) / 8;
    else at += 8;
    if (at >= length) return length;
    if (other) return at;
  }
}

// The end of the number at `at`, 0 where it is none.
static inline size_t json_past_number(const uint8_t *text, size_t length, size_t at) {
  at += text[at] == '-';
  size_t past = json_past_digits(text, length, at);
  if (past <= at || (text[at] == '0' && past > at + 1)) return 0;
  if (past < length && text[past] == '.') {
    at = past + 1;
    past = json_past_digits(text, length, at);
    if (past <= at) return 0;
  }
  if (past < length && (text[past] | 0x20) == 'e') {
    at = past + 1;
    if (at < length) at += text[at] == '+' || text[at] == '-';
    past = json_past_digits(text, length, at);
    if (past <= at) return 0;
  }
  return past;
}

// Bytes that may follow a number or a word. A quote may not, but is a token of its own and wrong there.
static const uint8_t json_ends_scalar[256] = { [' '] = 1, ['\n'] = 1, ['\r'] = 1, ['\t'] = 1,
                                               [','] = 1, ['}'] = 1,  [']'] = 1 };

// The end of the number or the word at `at`, 0 where there is none, or something else follows it at once.
static inline size_t json_past_scalar(const uint8_t *text, size_t length, size_t at) {
  size_t past;
  uint32_t word;
  memcpy(&word, text + at, 4);
  const uint8_t b = (uint8_t)word;
  if (b != 't' && b != 'f' && b != 'n') {
    past = json_past_number(text, length, at);
    if (!past) return 0;
  } else {
    past = at + 4 + (b == 'f');
    const char *const meant = b == 't' ? "true" : b == 'f' ? "fals" : "null";
    if (past > length || memcmp(&word, meant, 4) || (b == 'f' && text[at + 4] != 'e')) return 0;
  }
  return past == length || json_ends_scalar[text[past]] ? past : 0;
}
