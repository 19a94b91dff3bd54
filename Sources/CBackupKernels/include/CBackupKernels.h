// The per-byte work of Sluice: mark structural bytes, emit NDJSON, check UTF-8. No policy lives here: what a table is,
// what a fault means and where output goes is decided in Swift, once a slab.
//
// Slack: inputs are readable for BK_SLACK bytes past their end, outputs writable for BK_SLACK bytes past their
// capacity.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "bk_fault.h"

#define BK_SLACK  64
#define BK_OFFSET 0x0FFFFFFFu  // a record, and so an offset in a slab, is smaller than 2^28 (256 MiB)

// ---------------------------------------------------------------------------------------------------------------------
// Marks: where the fields and rows of a slab lie.

// `start`: low 28 bits the offset of the value's first byte, high 4 bits its kind.
// `end`: low 28 bits the offset past its last byte, high 4 bits flags.
typedef struct bk_field {
  uint32_t start, end;
} bk_field;

enum bk_kind {             // as they stand in the high bits of `start`
  BK_BARE = 0u << 28,      // without quotes: a number, a word, an unquoted CSV field
  BK_QUOTED = 1u << 28,    // inside quotes; the byte at start - 1 is the quote
  BK_NULL = 2u << 28,      // SQL: the word NULL
  BK_ABSENT = 3u << 28,    // SQL: the word DEFAULT; the value is not in the data
  BK_HEX = 4u << 28,       // hex digits of 0x… or x'…'
  BK_BITS = 5u << 28,      // binary digits of b'…' or 0b…
  BK_BINARY = 6u << 28,    // a quoted string with the introducer _binary
  BK_ESCAPED = 7u << 28,   // PostgreSQL's E'…' with escapes; without, it is BK_QUOTED
  BK_JSON = 8u << 28,      // already a JSON value; copied as it is
  BK_SECTIONS = 9u << 28,  // an unquoted CSV field with quotes inside, which open and close (PostgreSQL); never NULL
  // a value under a cast whose result nobody here knows; its bytes say which. Of JSON: an object or an array that is
  // not prepared, or is none
  BK_REFUSED = 10u << 28,
};
enum bk_flag {  // as they stand in the high bits of `end`
  // holds an escape or a doubled quote that must be undone; in the arena, it is UTF-8
  BK_CARE = 1u << 28,
  BK_ARENA = 2u << 28,  // offsets point into the batch's arena, not into the slab
  // a hint: every byte stands in JSON as it is; in the arena, it is UTF-8, too. Not all implementations give it
  BK_CLEAN = 4u << 28,
  // SQL: the literal has a type of its own: N'…', _utf8mb4'…', CONVERT(… USING utf8mb4), '…'::char(2); or it is U&'…',
  // whose escapes are of its own kind. Resolved before emitting
  BK_TYPED = 8u << 28,
};

typedef struct bk_row {
  uint32_t first;       // index of the row's first field; its last is one before the next row's first
  uint32_t start, end;  // the record as it stands in the slab, without its terminator
} bk_row;

enum bk_mark_status {
  BK_MARK_MORE,   // all whole records are marked; the rest needs more bytes
  BK_MARK_FULL,   // the arrays are full; call again from `consumed`
  BK_MARK_END,    // the rows are over (`\.` of COPY, `;` of INSERT); `consumed` is past that
  BK_MARK_TAIL,   // SQL: something other than a comma or a tuple follows; `consumed` is before it
  BK_MARK_FAULT,  // see `fault`, `fault_at`; whole records before it are marked
  BK_MARK_KEYS,   // JSON: the next row has a key that is not known, or its keys in another order
};

// SQL: rows of statements with the same head.
typedef struct {
  uint32_t row;   // the first of them; the last is one before the next run's first
  uint32_t head;  // the number of the head
} bk_run;

typedef struct bk_marks {
  bk_field *fields;
  bk_row *rows;
  size_t field_capacity, row_capacity;  // in elements
  size_t field_count, row_count;        // marked so far; marking appends
  size_t typed_count;                   // at least one where a field has BK_TYPED
  // SQL, where heads are known:
  bk_run *runs;        // one more than rows, in room; the last one may have no row
  size_t run_count;    // appended so far
  uint32_t head;       // of the statement that `consumed` stands in, or BK_NO_HEAD between two statements
  uint8_t has_tuples;  // that statement has shown a tuple
  size_t consumed;     // offset past the last whole record and its terminator
  enum bk_mark_status status;
  enum bk_fault fault;
  size_t fault_at;  // offset of the byte at fault
} bk_marks;

// ---------------------------------------------------------------------------------------------------------------------
// Marking delimited text: CSV, TSV, PostgreSQL's COPY text.

// BK_RAW + n: not text, but n bytes as they are, no escapes in them (MariaDB writes BIT so into delimited text).
enum bk_multibyte { BK_SINGLE, BK_GBK, BK_CP932, BK_BIG5, BK_GB18030, BK_RAW = 16 };

enum bk_newline {
  BK_NEWLINE_LF_OR_CRLF,
  BK_NEWLINE_LF,  // a carriage return is data
  BK_NEWLINE_CR,
  BK_NEWLINE_CRLF,  // a carriage return or a line feed alone is data
};

typedef struct {
  uint8_t delimiter, quote, escape;
  uint8_t has_quote, has_escape;  // escape differs from quote: a doubled quote inside quotes always means one quote
  uint8_t newline;                // enum bk_newline
  uint8_t copy_end;               // a line `\.` ends the rows (COPY … FROM stdin)
  uint8_t escape_in_quotes;       // the escape character means nothing outside quotes (PostgreSQL)
  uint8_t quote_null;             // at a field's start, quote + 'N' + end of field is NULL (OUTFILE … ESCAPED BY '"')
  uint8_t quotes_anywhere;        // quotes open and close inside a field, too (PostgreSQL)
  // a doubled quote closes and opens, and means none (PostgreSQL's ESCAPE '\'); with quotes_anywhere
  uint8_t undoubled;
  // a quote inside quotes closes them only where the field ends after it, else it is data (LOAD DATA)
  uint8_t loose_quotes;
  // per field of a row, enum bk_multibyte: columns in charsets of their own (OUTFILE); or nothing
  const uint8_t *multibyte;
  size_t multibyte_count;
} bk_csv;

// Marks the records in in[from..<len]. `at_end`: nothing follows, so a last record without terminator is whole.
void bk_mark_csv(const uint8_t *in, size_t from, size_t len, int at_end, const bk_csv *csv, bk_marks *marks);

typedef struct {
  size_t rows, consumed;  // as in bk_marks
} bk_counted;

// Counts the whole records in in[from..<len], where more follows, at a fraction of what it costs to mark them. Returns
// 1 where bk_mark_csv into such `marks`, which are empty, gives so many rows, no fault, no end and no full arrays; 0
// where that is not known.
int bk_count_csv(const uint8_t *in, size_t from, size_t len, const bk_csv *csv, const bk_marks *marks,
                 bk_counted *counted);

// ---------------------------------------------------------------------------------------------------------------------
// Marking the tuples of INSERT … VALUES (…), (…);

// The head of an INSERT: its text from the first word up to VALUES, which many statements repeat.
typedef struct {
  const uint8_t *text;  // readable for BK_SLACK bytes past its end
  uint32_t length;
  uint32_t statements;  // that were found to begin with it, since this was last set to 0
  size_t first_at;      // where the first of these begins
  uint32_t follower;    // the head of the statement after the last one with this head; where none was, its own
  // What its maker says of its rows; bk_runs.h asks for it.
  uint32_t table;        // heads of one table have it in common; less than BK_HEADS
  uint32_t layout;       // the same of a layout; 0: not known yet
  uint32_t field_count;  // of a row, BK_ANY_FIELDS, or BK_NO_FIELDS where it is not known yet
} bk_head;

enum { BK_HEADS = 512 };
#define BK_NO_HEAD    0xFFFFFFFFu
#define BK_ANY_FIELDS 0xFFFFFFFFu  // the head lists columns: a row with another number of fields is at fault
#define BK_NO_FIELDS  0xFFFFFFFEu

// Heads that are found again, however often the table changes; at most BK_HEADS.
typedef struct bk_heads bk_heads;

bk_heads *bk_make_heads(void);
void bk_free_heads(bk_heads *heads);

// Adds the head that is the first `length` bytes of a statement, which is readable for BK_SLACK bytes past its end and
// lives as long as the heads. One of the same text is no longer found. It is known by its number alone, and never
// found, where `length` is 0, no bracket follows, or its text is none that can be compared. Returns its number, or
// BK_NO_HEAD where there are BK_HEADS.
uint32_t bk_add_head(bk_heads *heads, const uint8_t *statement, size_t statement_length, size_t length);
bk_head *bk_head_at(bk_heads *heads, uint32_t number);
// From now on none of them is found; their numbers stay.
void bk_hide_heads(bk_heads *heads);
// There are none.
void bk_clear_heads(bk_heads *heads);

typedef struct {
  // MySQL's literals (_binary'…', 0x…, N'…', # comments); else PostgreSQL's (E'…', $$…$$, casts)
  uint8_t mysql;
  uint8_t backslash;         // backslash escapes in plain '…' strings
  uint8_t double_is_string;  // "…" is a string, not an identifier
  uint8_t multibyte;         // enum bk_multibyte: a client charset in which 0x5C may be a second byte
  uint8_t charset;           // enum bk_sql_charset
  bk_heads *heads;           // or nothing: rows of one statement are marked
} bk_sql;

enum bk_sql_charset {  // what plain strings are in
  BK_CHARSET_UTF8,
  BK_CHARSET_OTHER,
  BK_CHARSET_BINARY,  // each column's own
};

// Marks tuples from in[from], which stands before a tuple, a comma or the statement's end. Where heads are known, it
// continues with the next statement for as long as that begins with one of them, and in[from] may stand between two
// statements (`marks->head` is BK_NO_HEAD); BK_MARK_END then is in front of a statement with another head.
void bk_mark_tuples(const uint8_t *in, size_t from, size_t len, int at_end, const bk_sql *sql, bk_marks *marks);

// ---------------------------------------------------------------------------------------------------------------------
// Emitting NDJSON.

enum bk_rule {          // what a column's value becomes, decided once per table
  BK_RULE_TEXT,         // JSON string
  BK_RULE_NUMBER,       // JSON number by its literal; NaN and infinities as strings
  BK_RULE_NUMBER_TEXT,  // the same digits in a string
  BK_RULE_BOOL,         // true, false
  BK_RULE_BYTES,        // the value's bytes, as base64 or hex
  BK_RULE_HEX_BYTES,    // the value is hex text (0x or \x in front allowed) of the bytes
  BK_RULE_BYTEA,        // PostgreSQL's bytea text, hex or escape form
  BK_RULE_BIT,          // MySQL's BIT: the value's bytes, big-endian, as an integer
  BK_RULE_HEX_BIT,      // the value is hex text of those bytes
  BK_RULE_BIT_TEXT,     // the integer's digits in a string
  BK_RULE_HEX_BIT_TEXT,
  BK_RULE_LITERAL,  // no declared type: what the SQL literal itself says
  // JSON string, in SQL only of a quoted literal: a bare number would be a date, or the place of an ENUM's word
  BK_RULE_QUOTED_TEXT,
  BK_RULE_TRIMMED_TEXT,  // JSON string without the blanks at its end: MySQL's CHAR
  BK_RULE_PADDED_TEXT,   // JSON string of so many characters, filled up with blanks: PostgreSQL's char(n)
};
enum bk_escapes {        // what a backslash (or the escape character) means inside a value with BK_CARE
  BK_ESCAPES_NONE,       // nothing; only doubled quotes
  BK_ESCAPES_QUOTES,     // before a quote or itself: that byte; else it stands for itself (PostgreSQL's CSV)
  BK_ESCAPES_MYSQL,      // \0 \b \n \r \t \Z, else the next byte
  BK_ESCAPES_MYSQL_SQL,  // the same, and \% \_ keep their backslash
  BK_ESCAPES_COPY,       // \b \f \n \r \t \v \ooo \xhh, else the next byte
  BK_ESCAPES_JSON,       // \b \f \n \r \t \uXXXX, else the next byte; values without quotes are JSON's own
};

enum bk_literals {  // whose literals they are, where rows are SQL
  BK_LITERALS_NONE,
  BK_LITERALS_MYSQL,       // in a text column TRUE is 1, and b'…' is bytes, not digits
  BK_LITERALS_POSTGRESQL,  // in a text column TRUE is true, and X'…' is bits, not bytes
};

typedef struct {
  const uint8_t *key;   // `,"name":"` — the last byte is the opening quote, left out where the value has none
  uint32_t key_length;  // with that quote
  uint32_t rule;        // enum bk_rule
  uint32_t size;        // bits of a BIT, characters of a BK_RULE_PADDED_TEXT; 0: not known
} bk_column;

typedef struct bk_plan {
  const bk_column *columns;
  uint32_t column_count;
  const uint8_t *prefix;  // written first in every line: `,"key":"value"`, or nothing
  uint32_t prefix_length;
  uint8_t escape;              // the escape character of CSV; SQL: backslash
  uint8_t escapes;             // enum bk_escapes
  uint8_t multibyte;           // enum bk_multibyte
  uint8_t hex_output;          // binary as hex, not base64
  uint8_t literals;            // enum bk_literals
  uint8_t numbers_as_written;  // a bare number in a text column is its literal, whatever the server would make of it
  uint8_t omit_nulls;
  uint8_t replace_utf8;  // invalid UTF-8 becomes U+FFFD and is counted
  uint8_t skip_blank;    // a blank line is no row (more than one column)
  uint8_t null_count;    // unquoted texts that mean NULL
  const uint8_t *null_text[2];
  uint8_t null_length[2];
  // escape + 'N' is NULL inside quotes, too, and so is a text of `null_text` spelled with escapes (LOAD DATA)
  uint8_t escape_null;
  uint8_t quote;      // of fields of kind BK_SECTIONS
  uint8_t undoubled;  // see bk_csv
} bk_plan;

typedef struct bk_batch {
  const uint8_t *in, *arena;
  const bk_field *fields;
  const bk_row *rows;
  size_t field_count, row_count;
  uint8_t is_utf8;  // all of `in` is known to be valid UTF-8
} bk_batch;

enum bk_emit_status { BK_EMIT_DONE, BK_EMIT_FULL, BK_EMIT_FAULT };

typedef struct {
  size_t row;       // rows before this one are done
  size_t length;    // bytes written, always whole lines
  size_t blank;     // blank lines skipped
  size_t replaced;  // U+FFFD written
  enum bk_emit_status status;
  size_t needed;        // FULL with length 0: bytes that this row needs
  enum bk_fault fault;  // FAULT: of the row `row`
  size_t fault_field;   // index of the field in its row
  size_t fault_at;      // offset in the slab
} bk_emitted;

// Writes rows from `first_row` on as JSON lines into out[0..<capacity], until all are done, the next does not fit, or
// one cannot be written. `scratch` holds at least as many bytes as the longest value that needs care or decoding, and
// BK_SLACK.
bk_emitted bk_emit(const bk_batch *batch, const bk_plan *plan, size_t first_row, uint8_t *out, size_t capacity,
                   uint8_t *scratch);

// One value on its own (an element of an array).
typedef struct {
  const uint8_t *text;  // the value's bytes, escapes undone
  size_t length;
  uint32_t kind;  // of its field
  int is_utf8;    // known to be valid
  int is_raw;     // a plain string of SQL or CSV, not a literal that says what it is
  // blanks that belong after its text; set by the kernels
  uint32_t padding;
} bk_value;

// Writes one value (not null) under `rule`, `size` as in bk_column. Returns bytes written, SIZE_MAX with *fault set.
// `out` has room for bk_value_room bytes.
size_t bk_emit_value(const bk_value *value, enum bk_rule rule, uint32_t size, const bk_plan *plan, uint8_t *out,
                     size_t *replaced, enum bk_fault *fault);
size_t bk_value_room(const bk_value *value, enum bk_rule rule, uint32_t size, const bk_plan *plan);

// Undoes escapes and doubled quotes of one field, or decodes a literal, into `out` (as long as the field, plus
// BK_SLACK); returns the length, or SIZE_MAX with an escape that means nothing.
size_t bk_unescape(const bk_batch *batch, const bk_plan *plan, bk_field field, uint8_t *out);

// Whether an unquoted field's text means NULL.
int bk_is_null(const bk_batch *batch, const bk_plan *plan, bk_field field);

// Writes text as the inside of a JSON string (no quotes) into out, which has 6 bytes for each of text.
size_t bk_escape_json(const uint8_t *text, size_t length, uint8_t *out);

// ---------------------------------------------------------------------------------------------------------------------

// Offset of the first byte that does not belong to valid UTF-8, or `length`.
size_t bk_utf8_valid_prefix(const uint8_t *text, size_t length);

// Whether `needle` stands somewhere in `text`.
int bk_contains(const uint8_t *text, size_t length, const uint8_t *needle, size_t needle_length);

#include "bk_decode.h"
#include "bk_json_rows.h"
#include "bk_numbers.h"
#include "bk_pieces.h"
#include "bk_prepare.h"
#include "bk_runs.h"
#include "bk_text.h"

// ---------------------------------------------------------------------------------------------------------------------
// The implementations of the names above: one is chosen once, by the CPU or by
// SLUICE_KERNELS=plain|sse2|avx2|avx512|neon.

struct bk_json_scan;

typedef struct bk_kernels {
  const char *name;
  void (*mark_csv)(const uint8_t *in, size_t from, size_t len, int at_end, const bk_csv *csv, bk_marks *marks);
  void (*mark_tuples)(const uint8_t *in, size_t from, size_t len, int at_end, const bk_sql *sql, bk_marks *marks);
  bk_emitted (*emit)(const bk_batch *batch, const bk_plan *plan, size_t first_row, uint8_t *out, size_t capacity,
                     uint8_t *scratch);
  size_t (*utf8_valid_prefix)(const uint8_t *text, size_t length);
  size_t (*unescape)(const bk_batch *batch, const bk_plan *plan, bk_field field, uint8_t *out);
  // Indexes text[from..<past] of a JSON text; see json.h in this target
  size_t (*json_index)(const uint8_t *text, size_t from, size_t past, size_t length, uint32_t *tokens,
                       struct bk_json_scan *scan, uint8_t **out);
  enum bk_json_end (*array)(bk_array *array);
  // Base64 text, perhaps in lines, to its bytes, for which `out` has three bytes for four, and BK_SLACK; SIZE_MAX: it
  // is none
  size_t (*decode_base64)(const uint8_t *text, size_t length, uint8_t *out);
  // The same text on one line, where it is what its bytes are written as; else SIZE_MAX. `is_escaped`: a backslash
  // before `n` or `r` is a line end
  size_t (*join_base64)(const uint8_t *text, size_t length, int is_escaped, uint8_t *out);
  int (*count_csv)(const uint8_t *in, size_t from, size_t len, const bk_csv *csv, const bk_marks *marks,
                   bk_counted *counted);
  // What bk_json_line does, but for UTF-8; see json.h in this target
  enum bk_json_end (*json_line)(const uint8_t *text, size_t length, uint8_t *out, size_t *written,
                                bk_json_memory *memory, struct bk_json_scan *scan);
} bk_kernels;

// The implementation number `index` that this CPU can run, the plain one first; NULL past the last.
const bk_kernels *bk_kernels_at(size_t index);
// The one in use.
const bk_kernels *bk_kernels_in_use(void);
