// Fields of a batch whose values were made and lie in its arena, as decoded text does: longer than the input in places,
// so that a kernel that reads them where the input lies reads what is not there.
#pragma once
#include <string.h>
#include "CBackupKernels.h"
#include "inputs.h"

enum { MADE = 1 << 20 };

// Moves some of the values into the arena of the batch, some with more bytes after them, and their marks into
// `fields`.
static inline void move_to_arena(bk_batch *batch, bk_field *fields, const bk_kernels *plain) {
  static uint8_t arena[MADE + BK_SLACK];
  size_t used = rnd(MADE / 2);
  memcpy(fields, batch->fields, batch->field_count * sizeof *fields);
  for (size_t i = 0; i < batch->field_count; i++) {
    const bk_field field = fields[i];
    const uint32_t kind = field.start & ~BK_OFFSET, start = field.start & BK_OFFSET;
    const size_t length = (field.end & BK_OFFSET) - start;
    const int is_text = kind == BK_QUOTED || (kind == BK_BARE && !(field.end & BK_CARE));
    if (field.end & BK_CARE && plain->utf8_valid_prefix(batch->in + start, length) != length) continue;
    if (!is_text || field.end & BK_TYPED || rnd(3) || used + 2 * length + 100 > MADE) continue;
    arena[used++] = kind == BK_QUOTED ? batch->in[start - 1] : ' ';
    memcpy(arena + used, batch->in + start, length);
    size_t made = length;
    if (!(field.end & BK_CARE))
      for (uint32_t more = rnd(4) ? rnd(4) : rnd(100); more; more--) arena[used + made++] = (uint8_t)"aé1"[rnd(4)];
    int is_clean = !(field.end & BK_CARE) && plain->utf8_valid_prefix(arena + used, made) == made;
    for (size_t k = 0; k < made; k++) {
      const uint8_t b = arena[used + k];
      is_clean &= b >= 0x20 && b != '"' && b != '\\';
    }
    fields[i] = (bk_field){ (uint32_t)used | BK_QUOTED, (uint32_t)(used + made) | (field.end & BK_CARE) | BK_ARENA |
                                                            (is_clean && rnd(4) ? BK_CLEAN : 0) };
    used += made;
  }
  batch->arena = arena;
  batch->fields = fields;
}
