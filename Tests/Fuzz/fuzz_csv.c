// Delimited text in the dialects of Sources/BackupRows/Spelling/CSVDialect.swift, and in others.
#include <string.h>
#include "harness.h"

static void set_nulls(bk_plan *plan, const char *first, const char *second) {
  const char *nulls[] = { first, second };
  for (int i = 0; i < 2 && nulls[i]; i++) {
    plan->null_text[i] = (const uint8_t *)nulls[i];
    plan->null_length[i] = (uint8_t)strlen(nulls[i]);
    plan->null_count = (uint8_t)(i + 1);
  }
}

static void choose_dialect(fuzz_input *input, bk_csv *csv, bk_plan *plan) {
  uint8_t choice = take_option(input), more = take_option(input);
  *csv = (bk_csv){ .delimiter = ',', .quote = '"', .has_quote = 1, .newline = choice >> 3 & 3 };
  switch (choice & 7) {
    case 0:  // MySQL's CSV
      csv->escape = '\\';
      plan->escapes = BK_ESCAPES_MYSQL;
      plan->escape_null = 1;
      set_nulls(plan, "\\N", "NULL");
      break;
    case 1:  // PostgreSQL's CSV
      csv->quotes_anywhere = 1;
      set_nulls(plan, "", NULL);
      break;
    case 2:  // mysqldump --tab
      csv->delimiter = '\t';
      csv->has_quote = csv->quote = 0;
      csv->escape = '\\';
      plan->escapes = BK_ESCAPES_MYSQL;
      plan->escape_null = 1;
      set_nulls(plan, "\\N", NULL);
      break;
    case 3:  // COPY's text
      csv->delimiter = '\t';
      csv->has_quote = csv->quote = 0;
      csv->escape = '\\';
      csv->newline = BK_NEWLINE_LF;
      csv->copy_end = 1;
      plan->escapes = BK_ESCAPES_COPY;
      set_nulls(plan, "\\N", NULL);
      break;
    case 4:  // OUTFILE … ESCAPED BY '"'
      csv->quote_null = 1;
      csv->escape = '"';
      set_nulls(plan, "\"N", "NULL");
      break;
    case 5:  // COPY … CSV ESCAPE '\'
      csv->escape = '\\';
      csv->escape_in_quotes = csv->quotes_anywhere = 1;
      csv->undoubled = more & 1;
      plan->escapes = BK_ESCAPES_QUOTES;
      set_nulls(plan, "", NULL);
      break;
    default:
      csv->delimiter = (uint8_t)",;\t|:\x01 ~"[more & 7];
      csv->has_quote = more >> 3 & 1;
      csv->quote = !csv->has_quote ? 0 : more & 16 ? '"' : '\'';
      csv->escape = (uint8_t)"\0\\^\""[more >> 5 & 3];
      csv->copy_end = more >> 7;
      csv->escape_in_quotes = choice >> 5 & 1;
      plan->escapes = csv->escape ? BK_ESCAPES_QUOTES + (more >> 1) % 4u : BK_ESCAPES_NONE;
      if (plan->escapes == BK_ESCAPES_QUOTES) csv->escape_in_quotes = 1;  // the only dialects that have it
      if (choice & 64) set_nulls(plan, "-", "NA");
  }
  csv->has_escape = csv->escape && csv->escape != csv->quote;
  if (!csv->has_escape) plan->escapes = BK_ESCAPES_NONE;
  plan->escape = csv->escape;
  plan->quote = csv->quote;
  plan->undoubled = csv->undoubled;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  fuzz_input input = { bytes, size };
  bk_csv csv;
  fuzz_case job = { .csv = &csv };
  choose_dialect(&input, &csv, &job.plan);
  uint8_t charset = take_option(&input);
  take_common_options(&input, &job);
  // Columns in a charset whose second bytes may look like ASCII. Only MySQL has them: PostgreSQL writes one encoding.
  if (charset % 8 == 1 && !csv.quotes_anywhere) {
    job.plan.multibyte = BK_GBK + charset / 8 % 4u;
    job.only_bytes = 1;
    csv.multibyte_count = job.length + 1;
    uint8_t *multibyte = keep(csv.multibyte_count);
    memset(multibyte, job.plan.multibyte, csv.multibyte_count);
    csv.multibyte = multibyte;
  }
  ref_rows expected = ref_read_csv(job.text, job.length, &csv, &job.plan);
  check_case(&job, &expected);
  release_all();
  return 0;
}
