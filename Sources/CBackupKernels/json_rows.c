// Rows that are objects of JSON: their members as fields. The index (json_index.c) finds the tokens, and what stands
// inside an object or an array of a row is only passed over here: it is read when the row is written (json.c).
//
//   text      {"id": 7, "tags": ["a", "b"], "note": null}⏎     members  id  name  tags  note
//   fields    7 (bare) · absent · ["a", "b"] (to be prepared) · null
//
// The members are those of the rows before, in their order, so that a key is found where the last one was left.
#include "json.h"
#include "json_scalar.h"

typedef struct {
  const uint8_t *text;
  size_t length, indexed;
  size_t end;  // where tokens end: the text's end, or the first byte that no JSON has there
  const bk_kernels *kernels;
  bk_json_scan scan;
  uint64_t slashes;      // backslashes in the chunk before
  const uint32_t *past;  // the last token known
  uint32_t tokens[JSON_TOKENS];
  uint8_t line[JSON_CHUNK + 2 * BK_SLACK];  // not used: what the index writes
} row_tokens;

// The chunk again, a byte at a time, up to the one that is wrong.
static __attribute__((noinline)) size_t index_to_fault(row_tokens *w, size_t from, size_t past, bk_json_scan scan) {
  size_t count = 0;
  uint8_t *out = w->line;
  w->end = past;
  for (size_t i = from; i < past; i++) {
    const size_t more = bk_json_index_plain(w->text, i, i + 1, w->length, w->tokens + count, &scan, &out);
    if (scan.wrong) {
      w->end = i;
      break;
    }
    count += more;
  }
  w->indexed = w->end;
  return count;
}

// The first token of what comes next; where nothing does, the end, again and again.
static __attribute__((noinline)) const uint32_t *refill(row_tokens *w) {
  while (w->indexed < w->end) {
    const size_t from = w->indexed, past = w->end - from < JSON_CHUNK ? w->end : from + JSON_CHUNK;
    const bk_json_scan before = w->scan;
    uint8_t *out = w->line;
    w->slashes = w->scan.slashes;
    w->scan.slashes = 0;
    size_t count = w->kernels->json_index(w->text, from, past, w->length, w->tokens, &w->scan, &out);
    w->indexed = past;
    if (__builtin_expect(w->scan.wrong != 0, 0)) count = index_to_fault(w, from, past, before);
    w->past = w->tokens + count;
    if (count) return w->tokens;
  }
  w->tokens[0] = (uint32_t)w->end;
  w->past = w->tokens + 1;
  return w->tokens;
}

static void begin(row_tokens *w, const uint8_t *text, size_t from, size_t length) {
  w->text = text;
  w->length = w->end = length;
  w->indexed = from;
  w->kernels = bk_kernels_in_use();
  w->scan = (bk_json_scan){ .pair_at = SIZE_MAX };
  w->slashes = 0;
  w->past = w->tokens;
}

#define NEXT (__builtin_expect(token == w.past, 0) ? (token = refill(&w), *token++) : *token++)

static inline int is_member(const bk_json_member *member, const uint8_t *key, size_t length) {
  if (member->length != length) return 0;
  for (size_t i = 0; i < length; i += 8) {
    uint64_t a, b;
    memcpy(&a, member->key + i, 8);
    memcpy(&b, key + i, 8);
    const size_t left = length - i;
    if ((a ^ b) & (left >= 8 ? ~0ull : (1ull << 8 * left) - 1)) return 0;
  }
  return 1;
}

// Whether a line ends in text[from..<past], which is white space.
static inline int has_line_end(const uint8_t *text, size_t from, size_t past) {
  for (; from < past; from++)
    if (text[from] == '\n' || text[from] == '\r') return 1;
  return 0;
}

static inline int opens(uint8_t b) { return b == '{' || b == '['; }
static inline int closes(uint8_t b) { return b == '}' || b == ']'; }

// Whether the tokens end where something is wrong. An escape may only be cut by the end of what was read.
static inline int is_fault(const row_tokens *w, int at_end) {
  return w->end < w->length && (at_end || w->end + 12 <= w->length);
}

static void set_fault(bk_marks *marks, enum bk_fault fault, size_t at) {
  marks->status = BK_MARK_FAULT;
  marks->fault = fault;
  marks->fault_at = at;
}

void bk_mark_json(const uint8_t *in, size_t from, size_t len, int at_end, bk_json_rows *rows, bk_marks *marks) {
  row_tokens w;
  begin(&w, in, from, len);
  const uint32_t *token = w.tokens;
  const size_t member_count = rows->member_count;
  bk_json_member *const members = rows->members;
  size_t p = NEXT, start = from;
  marks->status = BK_MARK_MORE;
  marks->consumed = from;
  for (;;) {
    int is_after_comma = 0;
    if (rows->is_array && rows->is_after_row && p < w.end && in[p] == ',') {
      is_after_comma = 1;
      p = NEXT;
    }
    if (p >= w.end) break;
    start = p;
    if (rows->is_array) {
      if (in[p] == ']' && !is_after_comma) {
        marks->status = BK_MARK_END;
        marks->consumed = p + 1;
        return;
      }
      if (rows->is_after_row && !is_after_comma) {
        set_fault(marks, BK_FAULT_JSON, p);
        return;
      }
    } else if (rows->is_after_row && !has_line_end(in, marks->consumed, p)) {
      set_fault(marks, BK_FAULT_AFTER_OBJECT, p);
      return;
    }
    if (in[p] != '{') {
      set_fault(marks, BK_FAULT_NO_OBJECT, p);
      return;
    }
    if (marks->row_count == marks->row_capacity || marks->field_capacity - marks->field_count < member_count) {
      marks->status = BK_MARK_FULL;
      return;
    }
    bk_field *const fields = marks->fields + marks->field_count;
    size_t member = 0;
    p = NEXT;
    if (p >= w.end) goto cut;
    if (in[p] != '}') {
      for (;;) {
        if (p >= w.end) goto cut;
        if (in[p] != '"') goto fault;
        const size_t key = p + 1, key_end = NEXT;
        if (key_end >= w.end) goto cut;
        for (; member < member_count && !is_member(&members[member], in + key, key_end - key); member++)
          fields[member] = (bk_field){ BK_ABSENT, 0 };
        if (member == member_count) {
          marks->status = BK_MARK_KEYS;
          marks->fault_at = start;
          return;
        }
        p = NEXT;
        if (p >= w.end) goto cut;
        if (in[p] != ':') goto fault;
        p = NEXT;
        if (p >= w.end) goto cut;
        bk_field *const field = &fields[member++];
        const uint8_t b = in[p];
        if (b == '"') {
          const size_t q = NEXT;
          if (q >= w.end) goto cut;
          const int may_escape = (w.scan.slashes | w.slashes) != 0 || q - p > JSON_CHUNK;
          const int escapes = may_escape && memchr(in + p + 1, '\\', q - p - 1);
          *field = (bk_field){ (uint32_t)(p + 1) | BK_QUOTED, (uint32_t)q | (escapes ? BK_CARE : BK_CLEAN) };
          p = NEXT;
        } else if (opens(b)) {
          const size_t value = p;
          for (size_t depth = 1; depth;) {
            p = NEXT;
            if (p >= w.end) goto cut;
            depth += (size_t)opens(in[p]);
            depth -= (size_t)closes(in[p]);
          }
          bk_json_member *const of = &members[member - 1];
          if (of->nested == BK_NESTED_APART) of->shows_apart = 1;
          const uint32_t kind = of->nested == BK_NESTED_APART ? BK_REFUSED : BK_QUOTED;
          *field = (bk_field){ (uint32_t)value | kind, (uint32_t)(p + 1) };
          p = NEXT;
        } else {
          const size_t q = NEXT;
          if (q >= w.end) goto cut;
          const size_t past = json_past_scalar(in, len, p);
          if (!past || past > q) goto fault;
          if (b == 'n') *field = (bk_field){ (uint32_t)p | BK_NULL, (uint32_t)past };
          else *field = (bk_field){ (uint32_t)p | BK_BARE, (uint32_t)past | BK_CLEAN };
          p = q;
        }
        if (p >= w.end) goto cut;
        if (in[p] == '}') break;
        if (in[p] != ',') goto fault;
        p = NEXT;
      }
    }
    for (; member < member_count; member++) fields[member] = (bk_field){ BK_ABSENT, 0 };
    marks->rows[marks->row_count++] =
        (bk_row){ .first = (uint32_t)marks->field_count, .start = (uint32_t)start, .end = (uint32_t)p + 1 };
    marks->field_count += member_count;
    marks->consumed = p + 1;
    rows->is_after_row = 1;
    p = NEXT;
  }
  if (w.end < len) goto cut;
  if (at_end && !rows->is_array) marks->consumed = len;
  return;
fault:
  set_fault(marks, BK_FAULT_JSON, p);
  return;
cut:
  if (is_fault(&w, at_end)) set_fault(marks, BK_FAULT_JSON, w.end);
  else if (at_end) set_fault(marks, BK_FAULT_CUT_JSON, start);
}

void bk_read_json_keys(const uint8_t *in, size_t from, size_t len, int at_end, bk_json_object *object) {
  row_tokens w;
  begin(&w, in, from, len);
  const uint32_t *token = w.tokens;
  size_t p = NEXT;
  object->count = 0;
  object->status = BK_MARK_FAULT;
  p = NEXT;
  for (;;) {
    if (p >= w.end) goto cut;
    if (in[p] == '}' && object->count == 0) break;
    if (in[p] != '"') goto fault;
    const size_t key = p + 1, key_end = NEXT;
    if (object->count < object->capacity)
      object->keys[object->count] = (bk_json_key){ (uint32_t)key, (uint32_t)(key_end - key) };
    object->count++;
    p = NEXT;
    if (p >= w.end) goto cut;
    if (in[p] != ':') goto fault;
    p = NEXT;
    if (p >= w.end) goto cut;
    // The same faults are found as where rows are marked, at the same bytes.
    const size_t value = p;
    const int is_scalar = in[p] != '"' && !opens(in[p]);
    if (in[p] == '"') (void)NEXT;
    for (size_t depth = (size_t)opens(in[p]); depth;) {
      p = NEXT;
      if (p >= w.end) goto cut;
      depth += (size_t)opens(in[p]);
      depth -= (size_t)closes(in[p]);
    }
    p = NEXT;
    if (p >= w.end) goto cut;
    const size_t past = is_scalar ? json_past_scalar(in, len, value) : p;
    if (!past || past > p) {
      p = value;
      goto fault;
    }
    if (in[p] == '}') break;
    if (in[p] != ',') goto fault;
    p = NEXT;
  }
  object->status = BK_MARK_END;
  object->end = p + 1;
  return;
fault:
  object->fault = BK_FAULT_JSON;
  object->end = p;
  return;
cut:
  object->fault = is_fault(&w, at_end) ? BK_FAULT_JSON : BK_FAULT_CUT_JSON;
  object->end = w.end < len ? w.end : from;
  if (object->fault == BK_FAULT_CUT_JSON && !at_end) object->status = BK_MARK_MORE;
}

size_t bk_json_text(const uint8_t *text, size_t length, uint8_t *out) {
  size_t n = 0;
  for (size_t i = 0; i < length;) {
    if (text[i] != '\\' || i + 1 >= length) {
      out[n++] = text[i++];
      continue;
    }
    i++;
    const size_t written = bk_undo_escape(BK_ESCAPES_JSON, 0, text, &i, length, out + n);
    if (written == SIZE_MAX) return SIZE_MAX;
    n += written;
  }
  return n;
}
