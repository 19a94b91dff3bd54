// Where characters of two bytes begin, 64 bytes at a time.
#pragma once
#include "../kernels.h"
#include "block64.h"

// The bytes that begin a character of two bytes, in two ranges: as bk_is_lead has them.
typedef struct {
  uint8_t low, span, other_low, other_span;
} lead_bytes;
static inline lead_bytes lead_bytes_of(uint8_t multibyte) {
  switch (multibyte) {
    case BK_CP932: return (lead_bytes){ 0x81, 0x9F - 0x81, 0xE0, 0xFC - 0xE0 };
    case BK_BIG5: return (lead_bytes){ 0xA1, 0xF9 - 0xA1, 0xA1, 0xF9 - 0xA1 };
    default: return (lead_bytes){ 0x81, 0xFE - 0x81, 0x81, 0xFE - 0x81 };
  }
}
static inline uint64_t v64_leads(v64 v, const lead_bytes *lead) {
  return v64_from(v, lead->low, lead->span) | v64_from(v, lead->other_low, lead->other_span);
}
