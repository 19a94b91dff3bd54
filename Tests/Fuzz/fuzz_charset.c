// Text in other charsets: whole runs against a character at a time, and fields of a row against what their escapes and
// characters mean one by one.
#include <string.h>
#include "../../Sources/CCharsetTables/charset.h"
#include "harness.h"

typedef struct {
  uint8_t *text;
  bk_charset_result end;
} decoded;

static decoded decode_plainly(const bk_charset *charset, const uint8_t *text, size_t length) {
  decoded all = { .text = keep(BK_CHARSET_GROWTH * length + BK_CHARSET_SLACK) };
  all.end = bk_charset_decode_plain(charset, text, length, all.text);
  return all;
}

static void require_same(const decoded *plain, bk_charset_result end, const uint8_t *text, const char *key) {
  REQUIRE(plain->end.read == end.read && plain->end.status == end.status && plain->end.written == end.written,
          "%s: %zu read, status %d; plainly %zu, status %d", key, end.read, end.status, plain->end.read,
          plain->end.status);
  REQUIRE(!memcmp(plain->text, text, end.written), "%s: another text", key);
}

static uint8_t multibyte_of(const bk_packed *table) {
  if (table->family != BK_CHARSET_MYSQL) return BK_SINGLE;
  if (!strcmp(table->key, "gbk")) return BK_GBK;
  if (!strcmp(table->key, "gb18030")) return BK_GB18030;
  if (!strcmp(table->key, "big5")) return BK_BIG5;
  return !strcmp(table->key, "cp932") || !strcmp(table->key, "sjis") ? BK_CP932 : BK_SINGLE;
}

// One value of a row, in quotes.
static void check_field(const bk_packed *table, const bk_charset *charset, const uint8_t *text, size_t length,
                        uint8_t options, uint8_t slack) {
  uint8_t *quoted = keep(length + 2);
  quoted[0] = options & 1 ? '"' : '\'';
  memcpy(quoted + 1, text, length);
  quoted[length + 1] = quoted[0];
  const int care = memchr(text, '\\', length) || memchr(text, quoted[0], length);
  const bk_field field = { 1 | BK_QUOTED, (uint32_t)(length + 1) | (care ? BK_CARE : 0) };
  const bk_row row = { 0, 0, (uint32_t)(length + 2) };
  const bk_column rule = { .rule = BK_RULE_TEXT };
  bk_text_column column = { .charset = charset, .multibyte = multibyte_of(table) };
  column.escaped_with = options & 2 ? column.multibyte : BK_SINGLE;
  bk_plan plan = { .columns = &rule,
                   .column_count = 1,
                   .escape = '\\',
                   .escapes = (uint8_t[]){ BK_ESCAPES_NONE, BK_ESCAPES_MYSQL, BK_ESCAPES_MYSQL_SQL,
                                           BK_ESCAPES_COPY }[options >> 2 & 3],
                   .multibyte = column.escaped_with,
                   .literals = options & 16 ? BK_LITERALS_MYSQL : BK_LITERALS_NONE };
  bk_batch batch = { .in = exact_copy(quoted, length + 2, slack, options % 7),
                     .fields = &field,
                     .rows = &row,
                     .field_count = 1,
                     .row_count = 1 };
  uint8_t *scratch = keep(length + 1024), *arena = keep(BK_CHARSET_GROWTH * length + 1 + BK_CHARSET_SLACK + BK_SLACK);
  bk_field made = field;
  const bk_text_made done = bk_make_text(&batch, &plan, &column, 1, (bk_text_made){ .is_utf8 = 1 }, 1, &made, arena,
                                         BK_CHARSET_GROWTH * length + 1 + BK_CHARSET_SLACK, scratch);
  uint8_t *undone = keep(length + BK_SLACK);
  const size_t left = bk_unescape(&batch, &plan, field, undone);
  REQUIRE(done.status != BK_TEXT_FULL, "%s: no room", table->key);
  if (!(made.end & BK_ARENA)) {
    REQUIRE(done.status == BK_TEXT_OTHER || bk_ascii_prefix(text, length) == length, "%s: left as it is", table->key);
    if (done.status == BK_TEXT_OTHER && left != SIZE_MAX)
      REQUIRE(decode_plainly(charset, undone, left).end.status != BK_CHARSET_DONE, "%s: not decoded", table->key);
    return;
  }
  const decoded plain = decode_plainly(charset, undone, left);
  batch.arena = arena;
  uint8_t *meant = keep(BK_CHARSET_GROWTH * length + BK_SLACK);
  const size_t written = bk_unescape(&batch, &plan, made, meant);
  require_same(&plain, (bk_charset_result){ left, written, BK_CHARSET_DONE }, meant, table->key);
  for (size_t i = 0; made.end & BK_CLEAN && i < written; i++)
    REQUIRE(meant[i] >= 0x20 && meant[i] != '"' && meant[i] != '\\', "%s: not clean", table->key);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  fuzz_input input = { bytes, size };
  const bk_packed *table = bk_packed_tables[take_option(&input) % bk_packed_count];
  const bk_charset *charset = bk_charset_named(table->family, table->key);
  REQUIRE(charset, "no charset %s", table->key);
  const uint8_t options = take_option(&input), slack = take_option(&input);
  const size_t repeat = 1 + take_option(&input) % 8, length = input.left * repeat;
  uint8_t *text = keep(length);
  for (size_t i = 0; i < length; i++) text[i] = input.at[i % input.left];
  const decoded plain = decode_plainly(charset, text, length);
  uint8_t *out = keep(BK_CHARSET_GROWTH * length + BK_CHARSET_SLACK);
  require_same(&plain, bk_charset_decode(charset, text, length, out), out, table->key);
  require_same(&plain, bk_charset_decode_slack(charset, exact_copy(text, length, slack, options % 64), length, out),
               out, table->key);
  if (charset->is_ascii) check_field(table, charset, text, length, options, slack);
  release_all();
  return 0;
}
