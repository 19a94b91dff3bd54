// Rows to JSON lines, two 32-byte stores a field: its key with the opening quote, its value, then a closing quote that the
// next key overwrites where the value has none. No checks within a row: one at its start, for the room of all of it.
//
//   fields  7  (bare, number)      ''  (null)          Ann  (text)
//   key     ,"id":"                ,"note":"           ,"name":"
//   out     ,"id":7                ,"note":null        ,"name":"Ann"      then the first comma becomes the brace
//                 ^ one byte back: no quote      ^ the same
//
// A value that is not clean is written by `special`. What that cannot do, and any row that may not fit or has a fault,
// is left to the plain implementation, row by row, so that every odd case has one meaning.

enum { NULL_FIELDS = 512, NULL_STRETCH = 16 << 10 };

// Texts that mean NULL, up to 7 bytes each.
typedef struct {
  uint64_t word, mask, length;
  uint32_t clean_length;  // its length, or no length at all where it holds a backslash, as a clean field never does
} null_word;
#define NO_NULL { .length = SIZE_MAX, .clean_length = UINT32_MAX }

typedef struct {
  const bk_batch *batch;
  const bk_plan *plan;
  uint8_t *scratch;
  size_t replaced;
  null_word known_nulls[2], nulls[2];  // the plan's, and those of them that stand in the rows that end before `searched_to`
  int null_count;
  uint32_t searched_to;
  uint64_t is_null[NULL_FIELDS / 64];
} emitter;

// What JSON writes for 0x00…0x1F, '"' and '\\'; nothing for other bytes.
static const struct { char text[7]; uint8_t length; } json_escapes[128] = {
  { "\\u0000", 6 }, { "\\u0001", 6 }, { "\\u0002", 6 }, { "\\u0003", 6 }, { "\\u0004", 6 }, { "\\u0005", 6 }, { "\\u0006", 6 }, { "\\u0007", 6 },
  { "\\b", 2 }, { "\\t", 2 }, { "\\n", 2 }, { "\\u000b", 6 }, { "\\f", 2 }, { "\\r", 2 }, { "\\u000e", 6 }, { "\\u000f", 6 },
  { "\\u0010", 6 }, { "\\u0011", 6 }, { "\\u0012", 6 }, { "\\u0013", 6 }, { "\\u0014", 6 }, { "\\u0015", 6 }, { "\\u0016", 6 }, { "\\u0017", 6 },
  { "\\u0018", 6 }, { "\\u0019", 6 }, { "\\u001a", 6 }, { "\\u001b", 6 }, { "\\u001c", 6 }, { "\\u001d", 6 }, { "\\u001e", 6 }, { "\\u001f", 6 },
  ['"'] = { "\\\"", 2 }, ['\\'] = { "\\\\", 2 },
};

static inline uint8_t *put_byte(uint8_t *o, uint8_t b) {
  uint64_t escape;
  memcpy(&escape, &json_escapes[b & 127], 8);
  const int is_escaped = b < 128 && escape != 0;
  escape = is_escaped ? escape : b;
  memcpy(o, &escape, 8);
  return o + (is_escaped ? json_escapes[b & 127].length : 1);
}

// What the byte behind an escape means, by enum bk_escapes.
#define BYTES16(n) n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7, n + 8, n + 9, n + 10, n + 11, n + 12, n + 13, n + 14, n + 15
#define BYTES BYTES16(0), BYTES16(16), BYTES16(32), BYTES16(48), BYTES16(64), BYTES16(80), BYTES16(96), BYTES16(112), BYTES16(128), \
  BYTES16(144), BYTES16(160), BYTES16(176), BYTES16(192), BYTES16(208), BYTES16(224), BYTES16(240)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Winitializer-overrides"
static const uint8_t escape_meanings[5][256] = {
  [BK_ESCAPES_NONE] = { BYTES },
  [BK_ESCAPES_LITERAL] = { BYTES },
  [BK_ESCAPES_MYSQL] = { BYTES, ['0'] = 0, ['b'] = '\b', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t', ['Z'] = 0x1A },
  [BK_ESCAPES_MYSQL_SQL] = { BYTES, ['0'] = 0, ['b'] = '\b', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t', ['Z'] = 0x1A },
  [BK_ESCAPES_COPY] = { BYTES, ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t', ['v'] = '\v' },
};
#pragma clang diagnostic pop
#undef BYTES
#undef BYTES16

// Letters that mean the same behind a backslash in JSON as under `escapes`.
static inline uint32_t letters_of_both(v32 v, uint32_t escapes) {
  if (escapes == BK_ESCAPES_LITERAL) return 0;
  v32 letters = v_or(v_or(v_equal(v, v_all('n')), v_equal(v, v_all('r'))), v_or(v_equal(v, v_all('t')), v_equal(v, v_all('b'))));
  if (escapes == BK_ESCAPES_COPY) letters = v_or(letters, v_equal(v, v_all('f')));
  return v_bits(letters);
}

// Text with its escapes undone (`care`) as the inside of a JSON string. NULL where there may be too little room before
// `end`, or an escape that is not among the usual ones.
//
//   text    he said ""no"",⏎ C:\\dir          quotes doubled, backslash escapes
//   kept    ........##..##.....##...        as long in JSON: a pair of quotes needs its first byte changed, `\\` nothing
//   stops   ...............#........        all else that is not copied: written one by one, then a look again behind it
static inline __attribute__((always_inline)) uint8_t *put_text_bytes(
    const uint8_t *p, size_t length, uint8_t *o, const uint8_t *end, const int care, uint8_t quote, uint8_t escape, uint32_t escapes) {
  const uint8_t *past = p + length;
  const uint8_t *const meant = escape_meanings[escapes];
  const int escaping = care && escapes != BK_ESCAPES_NONE;
  while (p < past) {
    if (o + 256 > end) return 0;
    const size_t count = (size_t)(past - p) < 32 ? (size_t)(past - p) : 32;
    const uint64_t here = (1ull << count) - 1;
    v32 v = v_load(p);
    uint64_t quotes = v_bits(v_equal(v, v_all('"'))) & here, slashes = v_bits(v_equal(v, v_all('\\'))) & here;
    uint64_t stops = quotes | slashes | v_bits(v_at_most(v, v_all(0x1F)));
    if (care) {
      uint64_t starts = escaping ? escape == '\\' ? slashes : v_bits(v_equal(v, v_all(escape))) & here : 0, escaped = 0, none = 0;
      if (quote != '"') stops |= v_bits(v_equal(v, v_all(quote)));
      if (starts) {
        escaped = escaped_bytes(starts, &none) & here;
        starts &= ~escaped;
        stops |= starts;
        if (escape == '\\') {
          uint64_t same = escaped & (quotes | slashes | letters_of_both(v, escapes));
          stops &= ~(same | same >> 1);
        }
      }
      if (quote == '"') {
        // Two quotes in a row are a pair; one without the other, or at the border, is a stop.
        quotes &= ~(escaped | starts);
        uint64_t first = quotes & bits_parity(quotes), pairs = first & quotes >> 1;
        v = v_xor(v, v_and(v_of_bits((uint32_t)pairs), v_all('"' ^ '\\')));
        stops &= ~(pairs | pairs << 1);
      }
    }
    v_store(o, v);
    stops &= here;
    const size_t place = stops ? bits_first(stops) : count;
    o += place;
    p += place;
    if (!stops) continue;
    uint8_t b = *p++;
    if (care && p < past) {
      const uint8_t next = *p;
      if (escaping && b == escape) {
        if (escapes == BK_ESCAPES_COPY && (next == 'x' || (next >= '0' && next <= '7'))) return 0;
        if (escapes == BK_ESCAPES_MYSQL_SQL && (next == '%' || next == '_')) o = put_byte(o, '\\');
        b = meant[next];
        p++;
      } else if (b == quote && next == quote) {
        p++;
      }
    }
    o = put_byte(o, b);
  }
  return o;
}

static uint8_t *put_text_plainly(const uint8_t *p, size_t length, uint8_t *o, const uint8_t *end) {
  return put_text_bytes(p, length, o, end, 0, 0, 0, 0);
}
static uint8_t *put_text_with_care(const uint8_t *p, size_t length, uint8_t *o, const uint8_t *end, uint8_t quote, uint8_t escape, uint32_t escapes) {
  return put_text_bytes(p, length, o, end, 1, quote, escape, escapes);
}

static const uint8_t base64_letters[65] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static uint8_t *put_base64_fast(const uint8_t *p, size_t length, uint8_t *o) {
  size_t i = 0;
  for (; i + 8 <= length; i += 6, o += 8) {  // six bytes are eight letters
    uint64_t v;
    memcpy(&v, p + i, 8);
    v = __builtin_bswap64(v);
    for (int k = 0; k < 8; k++) o[k] = base64_letters[v >> (58 - 6 * k) & 63];
  }
  for (; i + 3 <= length; i += 3, o += 4) {
    uint32_t v = (uint32_t)p[i] << 16 | (uint32_t)p[i + 1] << 8 | p[i + 2];
    for (int k = 0; k < 4; k++) o[k] = base64_letters[v >> (18 - 6 * k) & 63];
  }
  if (i < length) {
    uint32_t v = (uint32_t)p[i] << 16 | (i + 1 < length ? (uint32_t)p[i + 1] << 8 : 0);
    o[0] = base64_letters[v >> 18];
    o[1] = base64_letters[v >> 12 & 63];
    o[2] = i + 1 < length ? base64_letters[v >> 6 & 63] : '=';
    o[3] = '=';
    o += 4;
  }
  return o;
}

static uint8_t *put_quoted_bytes(const uint8_t *p, size_t length, const bk_plan *plan, uint8_t *o) {
  *o++ = '"';
  if (plan->hex_output) {
    for (size_t i = 0; i < length; i++, o += 2) {
      o[0] = (uint8_t)"0123456789abcdef"[p[i] >> 4];
      o[1] = (uint8_t)"0123456789abcdef"[p[i] & 15];
    }
  } else {
    o = put_base64_fast(p, length, o);
  }
  *o++ = '"';
  return o;
}

// Each byte's value as a hex digit, plus one; 0 where it is none.
static const uint8_t hex_values[256] = {
  ['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ['a'] = 11, 12, 13, 14, 15, 16, ['A'] = 11, 12, 13, 14, 15, 16,
};

// The bytes that hex digits mean, or SIZE_MAX. `out` may be the digits' own place.
static size_t decode_hex_fast(const uint8_t *digits, size_t length, uint8_t *out) {
  if (length & 1) return SIZE_MAX;
  uint32_t bad = 0;
  for (size_t i = 0; i < length; i += 2) {
    uint32_t high = hex_values[digits[i]], low = hex_values[digits[i + 1]];
    bad |= (high - 1) | (low - 1);
    out[i / 2] = (uint8_t)((high - 1) << 4 | (low - 1));
  }
  return bad >> 8 ? SIZE_MAX : length / 2;
}

// Bytes of a value as base64 or hex, where `rule` says so; else 0.
static uint8_t *put_binary(emitter *e, const bk_value *value, uint32_t rule, uint8_t *o, enum bk_fault *fault) {
  const uint8_t *t = value->text;
  size_t n = value->length;
  int is_hex = 0;
  if (rule == BK_RULE_HEX_BYTES && value->is_raw) {
    is_hex = 1;
    if (n >= 2 && ((t[0] == '0' && (t[1] | 0x20) == 'x') || (t[0] == '\\' && t[1] == 'x'))) { t += 2; n -= 2; }
  } else if (rule == BK_RULE_BYTEA) {
    if (n < 2 || t[0] != '\\' || t[1] != 'x') return 0;
    is_hex = 1;
    t += 2;
    n -= 2;
  } else if (rule == BK_RULE_LITERAL ? value->kind != BK_HEX && value->kind != BK_BINARY : rule != BK_RULE_BYTES && rule != BK_RULE_HEX_BYTES) {
    return 0;
  }
  if (is_hex) {
    n = decode_hex_fast(t, n, e->scratch);
    if (n == SIZE_MAX) { *fault = BK_FAULT_HEX; return 0; }
    t = e->scratch;
  }
  return put_quoted_bytes(t, n, e->plan, o);
}

// One field with its key, by any rule. `end`: the line must not pass it. NULL: the row is the plain implementation's.
static __attribute__((noinline)) uint8_t *special(emitter *e, const bk_column *column, bk_field field, uint8_t *o, const uint8_t *end) {
  const bk_batch *batch = e->batch;
  const bk_plan *plan = e->plan;
  uint32_t kind = bk_kind(field), rule = column->rule;
  if (kind == BK_ABSENT) return o;
  if ((field.end & BK_ARENA) && bk_is_null(batch, plan, field)) {  // of all others the caller knows
    if (plan->omit_nulls) return o;
    memcpy(o, column->key, column->key_length - 1);
    o += column->key_length - 1;
    memcpy(o, "null", 4);
    return o + 4;
  }
  size_t length = bk_end(field) - bk_start(field), key = column->key_length;
  const uint8_t *text = batch->in + bk_start(field);
  if (o + key + 64 > end) return 0;

  int is_text = kind == BK_QUOTED ? rule == BK_RULE_TEXT || rule == BK_RULE_LITERAL || rule == BK_RULE_QUOTED_TEXT
                : kind == BK_BARE && !plan->literals && (rule == BK_RULE_TEXT || rule == BK_RULE_QUOTED_TEXT);
  if (is_text && !(field.end & BK_ARENA) && (batch->is_utf8 || utf8_valid_prefix_fast(text, length) == length)) {
    const int care = (field.end & BK_CARE) != 0, escaping = plan->escapes != BK_ESCAPES_NONE;
    // A byte without a part in this value is looked for as a backslash, which JSON escapes anyway.
    const uint8_t escape = escaping ? plan->escape : '\\', quote = kind == BK_QUOTED ? text[-1] : '\\';
    const int usual = kind == BK_QUOTED ? quote < 0x80 && escape < 0x80 : escaping && escape == '\\';
    if (!care || (usual && !plan->multibyte)) {
      memcpy(o, column->key, key);
      uint8_t *done = care ? put_text_with_care(text, length, o + key, end, quote, escape, plan->escapes)
                           : put_text_plainly(text, length, o + key, end);
      if (done) { *done = '"'; return done + 1; }
    }
  }
  bk_value value;
  enum bk_fault fault = BK_FAULT_NONE;
  if (!bk_resolve(batch, plan, field, e->scratch, &value, &fault)) return 0;
  if (key + 64 + bk_value_room(&value, rule, plan) > (size_t)(end - o)) return 0;
  memcpy(o, column->key, key);
  if (value.kind != BK_JSON && value.kind != BK_BITS) {
    uint8_t *done = put_binary(e, &value, rule, o + key - 1, &fault);
    if (done) return done;
    if (fault) return 0;
  }
  size_t written = bk_emit_value(&value, rule, plan, o + key - 1, &e->replaced, &fault);
  return written == SIZE_MAX ? 0 : o + key - 1 + written;
}

// Whether the `length` bytes (at most 32) are a number that JSON takes as it is.
static inline int is_plain_number(const uint8_t *text, v32 v, size_t length) {
  uint64_t all = (1ull << length) - 1;
  uint64_t digits = v_bits(v_digits(v)) & all;
  if (digits == all) return length == 1 || *text != '0';
  uint64_t minus = v_bits(v_equal(v, v_all('-'))) & 1;
  uint64_t body = all & ~minus, other = body & ~digits;
  uint64_t zero_first = v_bits(v_equal(v, v_all('0'))) & (1 + minus) & body;  // '0' in the first place behind the sign
  // Digits alone, or one point with a digit on both sides.
  uint64_t point = v_bits(v_equal(v, v_all('.'))) & other;
  int form = other == point && !(other & (other - 1)) && (digits & (1 + minus)) && (digits >> (length - 1) & 1);
  // A leading zero stands alone, or before the point.
  uint64_t behind = (1 + minus) << 1;
  return form && (!zero_first || !(behind & body) || (behind & point));
}

static inline int is_null_text(const null_word *null, uint64_t word, size_t length) {
  return (((word ^ null->word) & null->mask) | (length ^ null->length)) == 0;
}

// Whether the text stands anywhere in in[from..<to]: its first and last byte at their distance, then all of it.
static inline int occurs(const null_word *null, const uint8_t *in, size_t from, size_t to) {
  if (null->length == 0) return 1;
  const size_t last = (size_t)null->length - 1;
  const v32 first_byte = v_all((uint8_t)null->word), last_byte = v_all((uint8_t)(null->word >> 8 * last));
  for (size_t at = from; at < to; at += 32) {
    uint32_t places = v_bits(v_equal(v_load(in + at), first_byte)) & v_bits(v_equal(v_load(in + at + last), last_byte));
    for (; places; places &= places - 1) {
      uint64_t word;
      memcpy(&word, in + at + bits_first(places), 8);
      if (!((word ^ null->word) & null->mask)) return 1;
    }
  }
  return 0;
}

// A text that stands nowhere in the next stretch of the slab need not be asked for in any of its fields, and most do not.
static __attribute__((noinline)) void look_for_nulls(emitter *e, const bk_row *row) {
  const bk_row *last = &e->batch->rows[e->batch->row_count - 1];
  uint32_t to = row->start + NULL_STRETCH < last->end ? row->start + NULL_STRETCH : last->end;
  if (to < row->end) to = row->end;
  e->searched_to = to + 1;
  e->null_count = 0;
  for (int i = 0; i < e->plan->null_count; i++) {
    int is_here = occurs(&e->known_nulls[i], e->batch->in, row->start, to);
    e->nulls[i] = is_here ? e->known_nulls[i] : (null_word)NO_NULL;
    e->null_count += is_here;
  }
}

// Bytes at the most by which JSON's escapes make text longer.
static size_t escaped_bytes_more(const uint8_t *text, size_t length) {
  size_t more = 0;
  for (size_t i = 0; i < length; i += 32) {
    const v32 v = v_load(text + i);
    more += 5 * (size_t)__builtin_popcount(v_bits(v_at_most(v, v_all(0x1F)))) + (size_t)__builtin_popcount(v_bits(v_unclean(v)));
  }
  return more;
}

enum row_kind {
  ROW_CLEAN,    // every field is clean, and none can be NULL
  ROW_EMPTIES,  // every field is clean; an empty bare one is NULL
  ROW_NULLS,    // every field is clean or NULL; `emitter.is_null` says which
  ROW_MIXED,    // no text means NULL; a field may be odd, or SQL's NULL
  ROW_ANY,      // ask of every field
};

// Marks, four fields at a time: each one's start in the low half of 64 bits, its end in the high half.
typedef uint64_t fields4 __attribute__((vector_size(32)));
typedef uint32_t halves8 __attribute__((vector_size(32)));
#define EACH_FIELD(start, end) { (uint64_t)(end) << 32 | (start), (uint64_t)(end) << 32 | (start), (uint64_t)(end) << 32 | (start), (uint64_t)(end) << 32 | (start) }

// What a row's fields have in common, by a look at their marks alone.
static inline __attribute__((always_inline)) enum row_kind kind_of_row(emitter *e, const bk_field *fields, size_t count) {
  const uint32_t length0 = e->nulls[0].clean_length, length1 = e->nulls[1].clean_length;
  // A clean field's end without its start is BK_CLEAN and its length; a quoted one's kind makes another number of it.
  const fields4 null0_at = EACH_FIELD(BK_CLEAN + length0, 0u), null1_at = EACH_FIELD(BK_CLEAN + length1, 0u);
  const fields4 clean = EACH_FIELD(0u, BK_CLEAN), low = EACH_FIELD(~0u, 0u), odd_bits = EACH_FIELD(~BK_OFFSET - (1u << 28), ~BK_OFFSET);
  fields4 odd = EACH_FIELD(0u, 0u);
  halves8 null0 = (halves8)odd, null1 = null0;
  bk_field few[4] = { { 0, BK_CLEAN + 8 }, { 0, BK_CLEAN + 8 }, { 0, BK_CLEAN + 8 }, { 0, BK_CLEAN + 8 } };
  if (count < 4) {
    for (size_t i = 0; i < count; i++) few[i] = fields[i];
    fields = few;
  }
  for (size_t i = 0;;) {
    fields4 v;
    memcpy(&v, fields + i, sizeof v);
    halves8 length = (halves8)(v >> 32) - (halves8)v;
    odd |= v ^ clean;
    null0 |= (halves8)(length == (halves8)null0_at);
    null1 |= (halves8)(length == (halves8)null1_at);
    if (i + 4 >= count) break;
    i = i + 8 <= count ? i + 4 : count - 4;  // the last four may be seen twice
  }
  odd &= odd_bits;
  fields4 any4 = odd | (((fields4)null0 | (fields4)null1) & low);
  if (!(any4[0] | any4[1] | any4[2] | any4[3])) return ROW_CLEAN;
  any4 = odd | ((fields4)null1 & low);
  if (length0 == 0 && !(any4[0] | any4[1] | any4[2] | any4[3])) return ROW_EMPTIES;
  if (!e->null_count) return ROW_MIXED;
  if (count > NULL_FIELDS) return ROW_ANY;
  // A second look, at the texts.
  uint64_t all = 1, any = 0;
  for (size_t i = 0; i < count; i += 64) {
    uint64_t bits = 0;
    for (size_t k = i; k < count && k < i + 64; k++) {
      uint32_t start = fields[k].start & BK_OFFSET, kind = fields[k].start & ~BK_OFFSET, flags = fields[k].end & ~BK_OFFSET;
      size_t length = (fields[k].end & BK_OFFSET) - start;
      uint64_t word;
      memcpy(&word, e->batch->in + start, 8);
      uint64_t is_null = (kind | (flags & BK_ARENA)) == 0;
      is_null &= is_null_text(&e->nulls[0], word, length) | is_null_text(&e->nulls[1], word, length);
      is_null |= kind == BK_NULL;
      all &= is_null | ((flags == BK_CLEAN) & (kind <= BK_QUOTED));
      bits |= is_null << (k - i);
    }
    e->is_null[i / 64] = bits;
    any |= bits;
  }
  return !all ? ROW_ANY : any ? ROW_NULLS : ROW_CLEAN;
}

static const uint8_t null_text[64] = "null";

// One line without its end. NULL: the row is the plain implementation's.
static inline __attribute__((always_inline)) uint8_t *emit_row(
    emitter *e, const bk_field *field, uint8_t *o, const uint8_t *end, const enum row_kind kind_of_row, const int all_text) {
  const bk_plan *const plan = e->plan;
  const uint8_t *const in = e->batch->in;
  const bk_column *column = plan->columns;
  const size_t keep_nulls = plan->omit_nulls ? 0 : SIZE_MAX;
  const uint32_t only_ascii = e->batch->is_utf8 ? 0 : ~0u;
  const int takes_bare_text = !plan->literals | plan->numbers_as_written;
  for (const bk_field *last = field + plan->column_count; field < last; field++, column++) {
    const uint32_t start = field->start & BK_OFFSET, kind = field->start & ~BK_OFFSET, rule = column->rule;
    const size_t length = (field->end & BK_OFFSET) - start, key = column->key_length;
    const uint8_t *text = in + start;
    const v32 v = v_load(text);
    size_t quotes = 1;
    int ok = 1, is_null = 0;
    if (kind_of_row == ROW_EMPTIES) is_null = (field->end & BK_OFFSET) == field->start;
    if (kind_of_row == ROW_MIXED) {
      is_null = kind == BK_NULL;
      ok = ((field->end & ~BK_OFFSET) == BK_CLEAN) & (kind <= BK_QUOTED);
    }
    if (kind_of_row == ROW_NULLS) {
      size_t i = (size_t)(column - plan->columns);
      is_null = e->is_null[i / 64] >> (i % 64) & 1;
    }
    if (kind_of_row == ROW_ANY) {
      uint64_t word;
      memcpy(&word, text, 8);
      is_null = (((field->start & ~BK_OFFSET) | (field->end & BK_ARENA)) == 0) &
                (is_null_text(&e->nulls[0], word, length) | is_null_text(&e->nulls[1], word, length));
      is_null |= kind == BK_NULL;
      ok = ((field->end & ~BK_OFFSET) == BK_CLEAN) & (kind <= BK_QUOTED);
      ok &= (v_bits(v) & only_ascii & (uint32_t)((1ull << (length & 63)) - 1)) == 0;
      ok &= (length <= 32) | !only_ascii;
    }
    if (!all_text && rule != BK_RULE_TEXT) {
      if ((rule == BK_RULE_NUMBER) | (rule == BK_RULE_NUMBER_TEXT) | ((rule == BK_RULE_LITERAL) & (kind == BK_BARE))) {
        ok &= (length - 1 < 32) && is_plain_number(text, v, length);
        quotes = rule == BK_RULE_NUMBER_TEXT;
      } else {
        ok &= (rule == BK_RULE_LITERAL) | ((rule == BK_RULE_QUOTED_TEXT) & (kind == BK_QUOTED));
      }
    } else if (!all_text) {
      ok &= (kind != BK_BARE) | takes_bare_text;
    }
    if (!all_text || kind_of_row >= ROW_MIXED) {
      if (__builtin_expect(!(ok | is_null), 0)) {
        o = special(e, column, *field, o, end);
        if (!o) return 0;
        continue;
      }
    }
    v_store(o, v_load(column->key));
    if (__builtin_expect(key > 32, 0)) memcpy(o + 32, column->key + 32, key - 32);
    if (kind_of_row == ROW_CLEAN) {
      uint8_t *value = o + key - 1 + quotes;
      v_store(value, v);
      if (__builtin_expect(length > 32, 0))
        for (size_t i = 32; i < length; i += 32) v_store(value + i, v_load(text + i));
      value[length] = '"';
      o = value + length + quotes;
    } else {
      quotes = is_null ? 0 : quotes;
      const size_t written = is_null ? 4 : length, advance = key - 1 + written + 2 * quotes;
      uint8_t *value = o + key - 1 + quotes;
      v_store(value, v_load(is_null ? null_text : text));
      if (__builtin_expect(written > 32, 0))
        for (size_t i = 32; i < written; i += 32) v_store(value + i, v_load(text + i));
      value[written] = '"';
      o += is_null ? advance & keep_nulls : advance;
    }
  }
  return o;
}

static inline __attribute__((always_inline)) bk_emitted emit_rows(
    const bk_batch *batch, const bk_plan *plan, size_t first_row, uint8_t *out, size_t capacity, uint8_t *scratch, const int all_text) {
  emitter e;
  e.batch = batch;
  e.plan = plan;
  e.scratch = scratch;
  e.null_count = 0;
  e.searched_to = plan->null_count ? 0 : UINT32_MAX;
  for (int i = 0; i < 2; i++) e.nulls[i] = e.known_nulls[i] = (null_word)NO_NULL;
  for (int i = 0; i < plan->null_count; i++) {
    null_word *null = &e.known_nulls[i];
    null->word = 0;
    null->length = plan->null_length[i];
    null->mask = (1ull << (8 * null->length)) - 1;
    memcpy(&null->word, plan->null_text[i], null->length);
    if (!memchr(plan->null_text[i], '\\', null->length)) null->clean_length = (uint32_t)null->length;
  }
  size_t columns_room = plan->prefix_length + 128;
  for (uint32_t i = 0; i < plan->column_count; i++) columns_room += plan->columns[i].key_length + 5;

  bk_emitted done = { .row = first_row };
  uint8_t *o = out;
  const uint8_t *const out_end = out + capacity;
  for (; done.row < batch->row_count; done.row++) {
    const bk_row *row = &batch->rows[done.row];
    const bk_field *fields = batch->fields + row->first;
    size_t past = done.row + 1 < batch->row_count ? row[1].first : batch->field_count;
    size_t room = columns_room + (row->end - row->start);
    uint8_t *line = o;
    if (past - row->first != plan->column_count) goto plainly;
    if (room > (size_t)(out_end - o)) {
      // In an empty output it is a very long row. What it needs is counted here, since the plain implementation would undo its
      // escapes in the scratch memory only to learn that there is no room.
      done.status = BK_EMIT_FULL;
      done.needed = o > out ? room : 2 * room + escaped_bytes_more(batch->in + row->start, row->end - row->start);
      break;
    }
    e.replaced = 0;
    if (__builtin_expect(row->end >= e.searched_to, 0)) look_for_nulls(&e, row);
    if (plan->prefix_length) {
      memcpy(o, plan->prefix, plan->prefix_length);
      o += plan->prefix_length;
    }
    enum row_kind kind = batch->is_utf8 ? kind_of_row(&e, fields, plan->column_count) : ROW_ANY;
    if (kind == ROW_CLEAN) o = emit_row(&e, fields, o, out_end - room, ROW_CLEAN, all_text);
    else if (kind == ROW_EMPTIES) o = emit_row(&e, fields, o, out_end - room, ROW_EMPTIES, all_text);
    else if (kind == ROW_MIXED) o = emit_row(&e, fields, o, out_end - room, ROW_MIXED, all_text);
    else if (kind == ROW_NULLS) o = emit_row(&e, fields, o, out_end - room, ROW_NULLS, all_text);
    else o = emit_row(&e, fields, o, out_end - room, ROW_ANY, all_text);
    if (!o) goto plainly;
    if (o == line) o++;
    *line = '{';
    o[0] = '}';
    o[1] = '\n';
    o += 2;
    done.replaced += e.replaced;
    continue;

  plainly:;
    bk_batch one = *batch;
    one.row_count = done.row + 1;
    one.field_count = past;
    bk_emitted last = bk_emit_plain(&one, plan, done.row, line, (size_t)(out_end - line), scratch);
    o = line + last.length;
    done.blank += last.blank;
    done.replaced += last.replaced;
    if (last.status == BK_EMIT_DONE) continue;
    done.status = last.status;
    done.needed = last.needed;
    done.fault = last.fault;
    done.fault_field = last.fault_field;
    done.fault_at = last.fault_at;
    break;
  }
  done.length = (size_t)(o - out);
  return done;
}

static bk_emitted emit_fast(const bk_batch *batch, const bk_plan *plan, size_t first_row, uint8_t *out, size_t capacity, uint8_t *scratch) {
  int all_text = !plan->literals;
  for (uint32_t i = 0; i < plan->column_count; i++) all_text &= plan->columns[i].rule == BK_RULE_TEXT;
  for (int i = 0; i < plan->null_count; i++)
    if (plan->null_length[i] > 7) return bk_emit_plain(batch, plan, first_row, out, capacity, scratch);
  if (all_text) return emit_rows(batch, plan, first_row, out, capacity, scratch, 1);
  return emit_rows(batch, plan, first_row, out, capacity, scratch, 0);
}
