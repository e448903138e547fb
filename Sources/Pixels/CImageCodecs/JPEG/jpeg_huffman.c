// Huffman tables of baseline JPEGs, made for speed: one look gives a code and what follows it.

#include "jpeg_huffman.h"

#include <string.h>

enum { ENTRY_COUNT = 1 << SS_HUFFMAN_BITS, LARGEST_DIFFERENCE_SIZE = 11, LARGEST_COEFFICIENT_SIZE = 10 };

static bool is_symbol(uint8_t symbol, bool is_dc) {
  if (is_dc) return symbol <= LARGEST_DIFFERENCE_SIZE;
  const int size = symbol & 15;
  return size == 0 ? symbol == 0x00 || symbol == 0xf0 : size <= LARGEST_COEFFICIENT_SIZE;
}

static uint32_t code_entry(uint8_t symbol, uint32_t length, bool is_dc) {
  const uint32_t size = symbol & 15;
  const uint32_t advance = is_dc || symbol == 0 ? 0 : (symbol >> 4) + 1u;
  return (1 - (1u << size)) << 16 | advance << 8 | (length + size);
}

bool ss_huffman_define(ss_huffman_table *table, bool is_dc, const uint8_t *definition, size_t length) {
  if (table->definition_length == length && memcmp(table->definition, definition, length) == 0) {
    if (table->repetitions < UINT32_MAX) table->repetitions += 1;
    return true;
  }
  table->definition_length = 0;
  table->repetitions = 0;
  table->has_skips = false;
  const uint8_t *const symbols = definition + 16;
  uint32_t *entry = table->entries;
  uint32_t code = 0;
  int32_t index = 0;
  for (uint32_t bits = 1; bits <= 16; bits++) {
    const uint32_t count = definition[bits - 1];
    code <<= 1;
    // The code that follows the last of a length must be one of that length too: ones alone are no code.
    if (count > 0 && code + count >= 1u << bits) return false;
    table->shift[bits] = index - (int32_t)code;
    for (uint32_t i = 0; i < count; i++) {
      const uint8_t symbol = symbols[index++];
      if (!is_symbol(symbol, is_dc)) return false;
      if (bits > SS_HUFFMAN_BITS) continue;
      const uint32_t value = code_entry(symbol, bits, is_dc);
      uint32_t *const end = entry + (1u << (SS_HUFFMAN_BITS - bits));
      while (entry < end) *entry++ = value;
    }
    code += count;
    table->beyond[bits] = code << (16 - bits);
  }
  while (entry < table->entries + ENTRY_COUNT) *entry++ = 0;
  memcpy(table->definition, definition, length);
  table->definition_length = length;
  return true;
}

void ss_huffman_make_skips(ss_huffman_table *table) {
  if (table->has_skips) return;
  for (uint32_t look = 0; look < 1 << SS_SKIP_BITS; look++) {
    uint32_t used = 0, advance = 0, ends_block = 0;
    while (!ends_block) {
      // The zeros that are shifted in decide nothing: a code that needs them is too long.
      const uint32_t rest = look << used & ((1 << SS_SKIP_BITS) - 1);
      const uint32_t entry = table->entries[rest >> (SS_SKIP_BITS - SS_HUFFMAN_BITS)];
      const uint32_t step = ss_huffman_advance(entry), size = ss_huffman_used(entry);
      // The first code's magnitude may reach beyond the look: nobody wants to know it.
      if (size == 0 || advance + step + 1 > 63 || (used > 0 && used + size > SS_SKIP_BITS)) break;
      used += size;
      ends_block = step == 0;
      advance += ends_block ? 1 : step;
      if (used >= SS_SKIP_BITS) break;
    }
    table->skips[look] = (uint16_t)(ends_block << 11 | advance << 5 | used);
  }
  table->has_skips = true;
}

uint32_t ss_huffman_find_long(const ss_huffman_table *table, uint32_t bits, bool is_dc) {
  for (uint32_t length = SS_HUFFMAN_BITS + 1; length <= 16; length++) {
    if (bits >= table->beyond[length]) continue;
    const int32_t index = (int32_t)(bits >> (16 - length)) + table->shift[length];
    return code_entry(table->definition[16 + index], length, is_dc);
  }
  return 0;
}
