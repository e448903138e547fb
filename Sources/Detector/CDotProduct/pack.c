// The packed form that all kernels share.

#include <string.h>

#include "kernel.h"

void ss_dot_pack(const int8_t *vectors, size_t count, size_t start, uint8_t *packed) {
  for (size_t i = 0; i < count; i++) {
    const int8_t *vector = vectors + i * DIMENSION;
    uint8_t *block = packed + (start + i) / BLOCK_LENGTH * BLOCK_SIZE;
    size_t lane = (start + i) % BLOCK_LENGTH;
    if (lane == 0) memset(block, SS_DOT_PACKED_ZERO, BLOCK_SIZE);
    for (size_t component = 0; component < DIMENSION; component++) {
      size_t word = component / 4;
      block[(word * BLOCK_LENGTH + lane) * 4 + component % 4] = (uint8_t)(vector[component] + SS_DOT_PACKED_ZERO);
    }
  }
}

void ss_dot_pack_rows(const int8_t *const *rows, size_t count, uint8_t *packed) {
  static const int8_t nothing[DIMENSION];
  // Rows are far from each other, so that the processor does not see by itself which comes next.
  enum { ROWS_AHEAD = 24 };
  for (size_t first = 0; first < count; first += BLOCK_LENGTH, packed += BLOCK_SIZE) {
    for (size_t lane = 0; lane < BLOCK_LENGTH; lane++) {
      const int8_t *row = first + lane < count ? rows[first + lane] : NULL;
      if (row == NULL) row = nothing;
      if (first + lane + ROWS_AHEAD < count) __builtin_prefetch(rows[first + lane + ROWS_AHEAD]);
      for (size_t word = 0; word < WORD_COUNT; word++) {
        uint32_t components;
        memcpy(&components, row + 4 * word, sizeof components);
        components ^= 0x80808080;  // Adds 128 to each.
        memcpy(packed + (word * BLOCK_LENGTH + lane) * 4, &components, sizeof components);
      }
    }
  }
}
