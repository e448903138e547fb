// The kernel that every other one must equal.

#include "Kernel.h"

static void scan(const uint8_t *tile, size_t block_count, const int8_t *queries, const int32_t *initial,
                 tile_hits *hits) {
  for (size_t block = 0; block < block_count; block++) {
    int32_t sums[BLOCK_LENGTH];
    for (size_t lane = 0; lane < BLOCK_LENGTH; lane++) sums[lane] = initial[0];
    for (size_t word = 0; word < WORD_COUNT; word++) {
      const uint8_t *bytes = tile + block * BLOCK_SIZE + word * BLOCK_LENGTH * 4;
      const int8_t *query = queries + word * 4;
      for (size_t lane = 0; lane < BLOCK_LENGTH; lane++) {
        for (size_t i = 0; i < 4; i++) sums[lane] += bytes[lane * 4 + i] * query[i];
      }
    }
    ssc_record_hits(sums, 1, BLOCK_LENGTH, (uint32_t)(block * BLOCK_LENGTH), hits);
  }
}

const kernel ssc_plain_kernel = {.group_length = 1, .base_offset = SSC_DOT_PACKED_ZERO, .prepare = NULL, .scan = scan};
