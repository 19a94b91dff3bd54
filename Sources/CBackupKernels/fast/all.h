// All fast kernels as one text; the file that includes it has chosen what a v32 is.
#include "../kernels.h"
#include "array.h"
#include "base64_line.h"
#include "block64.h"
#include "bytes.h"
#include "count_csv.h"
#include "emit/rows.h"
#include "json_index.h"
#include "json_line.h"
#include "mark_csv.h"
#include "mark_tuples.h"
#include "unescape.h"
#include "utf8.h"

#define BK_FAST_KERNELS(name)                                                                                          \
  { name,           mark_csv_fast,   mark_tuples_fast, emit_fast,          utf8_valid_prefix_fast,                     \
    unescape_fast,  json_index_fast, array_fast,       decode_base64_fast, join_base64_fast,                           \
    count_csv_fast, json_line_fast }
