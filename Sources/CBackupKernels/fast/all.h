// All fast kernels as one text; the file that includes it has chosen what a v32 is.
#include "../kernels.h"
#include "block64.h"
#include "mark_csv.h"
#include "mark_tuples.h"
#include "utf8.h"
#include "emit/rows.h"
