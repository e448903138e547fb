// The kernel that every other one must equal.

#include "kernel.h"

enum { ODD_ROOM = 32 };

/// Vectors one after the other, as 16-bit components: what a compiler turns into multiplications of pairs by itself.
static void prepare(const uint8_t *packed, size_t block_count, uint8_t *tile) {
  int16_t *components = (int16_t *)(void *)tile;
  for (size_t block = 0; block < block_count; block++) {
    for (size_t word = 0; word < WORD_COUNT; word++) {
      for (size_t lane = 0; lane < BLOCK_LENGTH; lane++) {
        const uint8_t *bytes = packed + (block * WORD_COUNT + word) * BLOCK_LENGTH * 4 + lane * 4;
        int16_t *vector = components + (block * BLOCK_LENGTH + lane) * DIMENSION;
        for (size_t i = 0; i < 4; i++) vector[word * 4 + i] = (int16_t)(bytes[i] - SS_DOT_PACKED_ZERO);
      }
    }
  }
}

static void scan(const uint8_t *tile, size_t block_count, const int8_t *queries, group_start start, tile_hits *hits) {
  const int16_t *components = (const int16_t *)(const void *)tile;
  // The even components are what all have more than the odd ones: loops of 64 and 32 compile to whole vectors.
  int16_t query[DIMENSION], odd_query[ODD_ROOM] = {0};
  for (size_t i = 0; i < DIMENSION; i++) query[i] = queries[i];
  for (size_t i = 0; i < SS_DOT_ODD_COUNT; i++) odd_query[i] = queries[i];
  int32_t sums[TILE_LENGTH];
  size_t length = block_count * BLOCK_LENGTH;
  for (size_t base = 0; base < length; base++) {
    const int16_t *vector = components + base * DIMENSION;
    int32_t all = 0, odd = 0;
    for (size_t i = 0; i < DIMENSION; i++) all += vector[i] * query[i];
    for (size_t i = 0; i < ODD_ROOM; i++) odd += vector[i] * odd_query[i];
    int32_t larger = start.odd[0] + odd < 0 ? -start.odd[0] - odd : start.odd[0] + odd;
    sums[base] = start.even[0] + all - odd + larger;
  }
  ss_dot_record_hits(sums, 1, length, 0, hits);
}

const kernel ss_dot_plain_kernel = {.group_length = 1, .base_offset = 0, .prepare = prepare, .scan = scan};
