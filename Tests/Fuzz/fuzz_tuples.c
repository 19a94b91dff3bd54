// The tuples of INSERT … VALUES, from after VALUES on.
#include "harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  fuzz_input input = { bytes, size };
  uint8_t choice = take_option(&input), charset = take_option(&input);
  bk_sql sql = { .mysql = choice & 1, .backslash = choice >> 1 & 1, .double_is_string = (choice & 5) == 5 };
  fuzz_case job = { .sql = &sql };
  take_common_options(&input, &job);
  if (charset % 8 == 1 && sql.mysql) {
    sql.multibyte = job.plan.multibyte = BK_GBK + charset / 8 % 4u;
    job.only_bytes = 1;
  }
  job.plan.escape = '\\';
  job.plan.escapes = !sql.backslash ? BK_ESCAPES_NONE : sql.mysql ? BK_ESCAPES_MYSQL_SQL : BK_ESCAPES_COPY;
  job.plan.literals = sql.mysql ? BK_LITERALS_MYSQL : BK_LITERALS_POSTGRESQL;
  ref_rows expected = ref_read_tuples(job.text, job.length, &sql);
  check_case(&job, &expected);
  release_all();
  return 0;
}
