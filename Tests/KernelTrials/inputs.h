// What the trials are made on: random bytes of each format, the same for the same seed.
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "random.h"

// Rows that look real, or (mode < 18) bytes that do not.
static inline size_t make_csv(uint8_t *p, size_t n, int mode) {
  static const char *alph[] = { ",\"\\\n\rab1", ",\"\n",          ",\"\nabcdefghijklm0123456789",
                                "\t\\\nN.ab\\", "\"\"\"\",\nab",  "(),';\\\"N0123456789.-eExab \n",
                                "('a',1),",     "é你😀\200\377a", ",\"\r\n\\Nabc" };
  const char *a = alph[mode % 9];
  size_t m = strlen(a);
  if (mode < 18) {
    for (size_t i = 0; i < n; i++) p[i] = rnd(30) ? (uint8_t)a[rnd((uint32_t)m)] : (uint8_t)rnd(256);
    return n;
  }
  size_t i = 0;
  int cols = 1 + (int)rnd(20), crlf = rnd(4) == 0;
  uint8_t sep = mode % 4 == 3 ? '\t' : ',';
  while (i + 400 < n) {
    for (int c = 0; c < cols; c++) {
      if (c) p[i++] = sep;
      switch (rnd(13)) {
        case 0: break;
        case 1: i += (size_t)sprintf((char *)p + i, "%d", (int)rnd(100000)); break;
        case 2: i += (size_t)sprintf((char *)p + i, "-%d.%02d", (int)rnd(1000), (int)rnd(100)); break;
        case 3: i += (size_t)sprintf((char *)p + i, "\"he said \"\"%d\"\", ok\"", (int)rnd(1000)); break;
        case 11:
          i += (size_t)sprintf((char *)p + i, rnd(8) ? "\"%*d\"" : "\"loose \"%*d\"\"\" quote\"", (int)rnd(70), 7);
          break;
        case 4: i += (size_t)sprintf((char *)p + i, "\\N"); break;
        case 5: i += (size_t)sprintf((char *)p + i, "\"a\\\"b%c\n\r\n\\\\\"", (int)('a' + rnd(26))); break;
        case 6: i += (size_t)sprintf((char *)p + i, "NULL"); break;
        case 7: {
          size_t k = rnd(100);
          if (i + 400 + k < n)
            for (size_t j = 0; j < k; j++) p[i++] = (uint8_t)"abc déf\xE4\xBD\xA0g"[rnd(13)];
          break;
        }
        case 8: i += (size_t)sprintf((char *)p + i, "\"\""); break;
        case 9: i += (size_t)sprintf((char *)p + i, rnd(40) ? "2024-01-01 10:00:00" : "a\"b"); break;
        case 10: i += (size_t)sprintf((char *)p + i, "\"%d\"", (int)rnd(10000000)); break;
        default:
          i += (size_t)sprintf((char *)p + i, "%s",
                               (const char *[]){ "t", "f", "true", "0042", "1e5", "-0", "0.5", "1.", "+3", "NaN", ".5",
                                                 "\\x6162", "DEADBEEF", "00", "-",
                                                 "12345678901234567890123456789012345" }[rnd(16)]);
      }
      if (i + 400 >= n) break;
    }
    if (crlf) p[i++] = '\r';
    p[i++] = '\n';
    if (rnd(400) == 0) i += (size_t)sprintf((char *)p + i, "\\.\n");
  }
  return i;
}
// Rows of numbers, and of what only looks like one; `hostile`: how often, of 64.
static inline size_t make_numbers(uint8_t *p, size_t n, uint8_t separator, uint32_t hostile) {
  size_t i = 0;
  const int columns = 1 + (int)rnd(20), digits = 1 + (int)rnd(12);
  while (i + 1000 < n) {
    for (int c = 0; c < columns; c++) {
      if (c) p[i++] = separator;
      if (rnd(64) < hostile) {
        static const char *const odd[] = { "",      "00",  "01", "-",   "-0", "-01", "1.", ".5",    "-.5",  "1..2",
                                           "1.2.3", "--1", "1-", "1e5", "+1", "0.",  " 1", "\"7\"", "NULL", "1 2" };
        i += (size_t)sprintf((char *)p + i, "%s", odd[rnd(20)]);
        continue;
      }
      if (rnd(4) == 0) p[i++] = '-';
      p[i++] = (uint8_t)('0' + rnd(10));
      if (p[i - 1] != '0')
        for (int k = (int)rnd((uint32_t)digits); k > 0; k--) p[i++] = (uint8_t)('0' + rnd(10));
      if (rnd(3) == 0) i += (size_t)sprintf((char *)p + i, ".%0*d", 1 + (int)rnd((uint32_t)digits), (int)rnd(10));
    }
    p[i++] = '\n';
  }
  return i;
}
static inline size_t make_sql(uint8_t *p, size_t n) {
  size_t i = 0;
  int cols = 1 + (int)rnd(12);
  while (i + 300 < n) {
    p[i++] = '(';
    for (int c = 0; c < cols && i + 200 < n; c++) {
      if (c) {
        p[i++] = ',';
        if (rnd(20) == 0) p[i++] = ' ';
      }
      switch (rnd(14)) {
        case 0: i += (size_t)sprintf((char *)p + i, "NULL"); break;
        case 1: i += (size_t)sprintf((char *)p + i, "%d", (int)rnd(100000)); break;
        case 2: i += (size_t)sprintf((char *)p + i, "-%d.%02d", (int)rnd(1000), (int)rnd(100)); break;
        case 12: {  // first and second bytes, some of which are backslashes
          p[i++] = '\'';
          for (size_t k = rnd(70); k; k--) {
            const uint8_t pair[2] = { (uint8_t)"\x81\x9F\xA0\xA1\xB0\xDF\xE0\xF9\xFC\xFE\xFF\x80\x62"[rnd(13)],
                                      (uint8_t)"\\\\\x40\x7E\x80\xA1\xFE\x30\xFF\x62"[rnd(10)] };
            const int is_escaped = pair[1] == '\\' && pair[0] < 0x80;
            if (rnd(20) || is_escaped) p[i++] = pair[0];
            if (rnd(20)) p[i++] = pair[1];
            if (is_escaped || rnd(40) == 0) p[i++] = '\\';
          }
          p[i++] = 'e';
          p[i++] = '\'';
          break;
        }
        case 3: i += (size_t)sprintf((char *)p + i, "'it''s %d'", (int)rnd(100)); break;
        case 4: i += (size_t)sprintf((char *)p + i, "'a\\'b\\\\'"); break;
        case 5: i += (size_t)sprintf((char *)p + i, "0x%04x", (int)rnd(65536)); break;
        case 6: i += (size_t)sprintf((char *)p + i, "_binary 'ab\\0%c'", (int)rnd(256)); break;
        case 7: {
          p[i++] = '\'';
          size_t k = rnd(90);
          for (size_t j = 0; j < k; j++) p[i++] = (uint8_t)"abc, )(de\"f\ng"[rnd(13)];
          p[i++] = '\'';
          break;
        }
        case 8: i += (size_t)sprintf((char *)p + i, "%d.5e+%02d", (int)rnd(10), (int)rnd(30)); break;
        case 9: i += (size_t)sprintf((char *)p + i, "''"); break;
        case 10: i += (size_t)sprintf((char *)p + i, "'2024-01-01 10:00:00'"); break;
        case 11: i += (size_t)sprintf((char *)p + i, "\"dq \\\" x\""); break;
        default:
          i += (size_t)sprintf(
              (char *)p + i, "%s",
              (const char *[]){ "true",
                                "DEFAULT",
                                "x'4142'",
                                "b'101'",
                                "E'a\\n'",
                                "null",
                                "$$x$$",
                                "1::int",
                                "/*c*/1",
                                "now()",
                                "-",
                                "1e",
                                "N'x'",
                                "_utf8mb4'y'",
                                "False",
                                "'a'::text",
                                "'b''c'::character varying(10)",
                                "E'it\\'s, (ok)'",
                                "n'it''s'",
                                "'x' :: int",
                                "'2024-01-01'::timestamp without time zone",
                                "5::numeric(10,2)",
                                "NULL::int",
                                "true::boolean",
                                "b''",
                                "X'0'",
                                "_binary'z'",
                                "'a'::text'b'",
                                "E'\\'', '",
                                "N'plain text, and \"more\" of it'",
                                "E'some text (of several words)'",
                                "'x'::pg_catalog.\"char\"",
                                "'2024-01-01 00:00:00+00'::timestamp with time zone" }[rnd(6) ? rnd(4) : rnd(33)]);
      }
    }
    p[i++] = ')';
    p[i++] = rnd(50) ? ',' : ';';
    if (rnd(10) == 0) p[i++] = '\n';
    if (rnd(60) == 0)
      i +=
          (size_t)sprintf((char *)p + i, "%s", (const char *[]){ "/* c */", "-- c\n", "/*!1 ", ",", ";", "x" }[rnd(6)]);
  }
  return i;
}

// Statements with rows, most of them with a head of these.
enum { HEADS = 6 };
static const char *const made_heads[HEADS] = {
  "INSERT INTO `t` VALUES",       "INSERT INTO `t` (`a`, `b`, `c`) VALUES",
  "INSERT INTO `t` (`a`) VALUES", "INSERT INTO public.orders_of_the_last_year VALUES",
  "REPLACE INTO u(a) VALUE",      "INSERT INTO `it's` VALUES"
};
static inline size_t make_statements(uint8_t *p, size_t n) {
  size_t i = 0;
  while (i + 1000 < n) {
    const int head = rnd(3) ? (int)rnd(2) : (int)rnd(HEADS);
    i += (size_t)sprintf((char *)p + i, "%s%s", made_heads[head],
                         (const char *[]){ " ", "", "\n\t", "S" }[rnd(40) ? 0 : rnd(4)]);
    i += make_sql(p + i, 301 + (rnd(3) ? 0 : rnd(300)));
    while (i && (p[i - 1] == ',' || p[i - 1] == '\n')) i--;
    i += (size_t)sprintf(
        (char *)p + i, "%s",
        (const char *[]){ ";\n", ";", "; \r\n\n", " ON DUPLICATE;\n", ";-- c\n", ",;" }[rnd(20) ? 0 : rnd(6)]);
  }
  return i;
}
