// NEON, with the dot product instructions and without. Both take the base as signed bytes.

#if defined(__aarch64__)

#include <arm_neon.h>
#include <string.h>

#include "kernel.h"

#if defined(__clang__)
#define DOTPROD __attribute__((target("dotprod")))
#else
#define DOTPROD __attribute__((target("+dotprod")))
#endif

enum {
  // 4 queries by 16 vectors: 16 sums, 4 registers of the base and 4 of the queries are 24 of the 32 registers.
  GROUP = 4,
  QUARTERS = BLOCK_LENGTH / 4,
};

static void prepare(const uint8_t *packed, size_t block_count, uint8_t *tile) {
  const uint8x16_t sign = vdupq_n_u8(0x80);
  for (size_t i = 0; i < block_count * BLOCK_SIZE; i += 16) vst1q_u8(tile + i, veorq_u8(vld1q_u8(packed + i), sign));
}

/// From the odd words to the even ones.
static inline void go_on(int32x4_t sums[GROUP][QUARTERS], const int32_t *even) {
  for (size_t i = 0; i < GROUP; i++) {
    int32x4_t start = vdupq_n_s32(even[i]);
    for (size_t quarter = 0; quarter < QUARTERS; quarter++) {
      sums[i][quarter] = vaddq_s32(vabsq_s32(sums[i][quarter]), start);
    }
  }
}

_Static_assert(ODD_WORD_COUNT % 4 == 3, "scan_dotprod goes on before the last of four words");

static inline bool has_hit(const int32x4_t sums[GROUP][QUARTERS]) {
  int32x4_t most = sums[0][0];
  for (size_t i = 0; i < GROUP; i++) {
    for (size_t quarter = 0; quarter < QUARTERS; quarter++) most = vmaxq_s32(most, sums[i][quarter]);
  }
  return vmaxvq_s32(most) >= 0;
}

static inline void record(const int32x4_t sums[GROUP][QUARTERS], size_t block, tile_hits *hits) {
  int32_t stored[GROUP][BLOCK_LENGTH];
  for (size_t i = 0; i < GROUP; i++) {
    for (size_t quarter = 0; quarter < QUARTERS; quarter++) vst1q_s32(stored[i] + quarter * 4, sums[i][quarter]);
  }
  ss_dot_record_hits(stored[0], GROUP, BLOCK_LENGTH, (uint32_t)(block * BLOCK_LENGTH), hits);
}

/// Adds the products with word `LANE` of four; the intrinsic wants a constant.
#define ADD_WORD(LANE)                                                                  \
  for (size_t quarter = 0; quarter < QUARTERS; quarter++) {                             \
    int8x16_t base = vld1q_s8(bytes + (word + LANE) * BLOCK_LENGTH * 4 + quarter * 16); \
    for (size_t i = 0; i < GROUP; i++) {                                                \
      sums[i][quarter] = vdotq_laneq_s32(sums[i][quarter], base, words[i], LANE);       \
    }                                                                                   \
  }

DOTPROD static void scan_dotprod(const uint8_t *tile, size_t block_count, const int8_t *queries, group_start start,
                                 tile_hits *hits) {
  for (size_t block = 0; block < block_count; block++) {
    const int8_t *bytes = (const int8_t *)tile + block * BLOCK_SIZE;
    int32x4_t sums[GROUP][QUARTERS];
    for (size_t i = 0; i < GROUP; i++) {
      for (size_t quarter = 0; quarter < QUARTERS; quarter++) sums[i][quarter] = vdupq_n_s32(start.odd[i]);
    }
    for (size_t word = 0; word < WORD_COUNT; word += 4) {
      int8x16_t words[GROUP];
      for (size_t i = 0; i < GROUP; i++) words[i] = vld1q_s8(queries + i * DIMENSION + word * 4);
      ADD_WORD(0)
      ADD_WORD(1)
      ADD_WORD(2)
      if (word + 3 == ODD_WORD_COUNT) go_on(sums, start.even);
      ADD_WORD(3)
    }
    if (__builtin_expect(has_hit(sums), 0)) record(sums, block, hits);
  }
}

const kernel ss_dot_neon_dotprod_kernel = {
    .group_length = GROUP, .base_offset = 0, .prepare = prepare, .scan = scan_dotprod};

/// Two products of 127 * 127 fit 16 bits, so neighbours are added before they are widened.
static inline int32x4_t add_products(int32x4_t sums, int8x16_t base, int8x16_t query) {
  int16x8_t first = vmull_s8(vget_low_s8(base), vget_low_s8(query));
  int16x8_t last = vmull_high_s8(base, query);
  return vpadalq_s16(sums, vpaddq_s16(first, last));
}

static void scan_neon(const uint8_t *tile, size_t block_count, const int8_t *queries, group_start start,
                      tile_hits *hits) {
  for (size_t block = 0; block < block_count; block++) {
    const int8_t *bytes = (const int8_t *)tile + block * BLOCK_SIZE;
    int32x4_t sums[GROUP][QUARTERS];
    for (size_t i = 0; i < GROUP; i++) {
      for (size_t quarter = 0; quarter < QUARTERS; quarter++) sums[i][quarter] = vdupq_n_s32(start.odd[i]);
    }
    for (size_t word = 0; word < WORD_COUNT; word++) {
      if (word == ODD_WORD_COUNT) go_on(sums, start.even);
      int8x16_t words[GROUP];
      for (size_t i = 0; i < GROUP; i++) {
        int32_t value;
        memcpy(&value, queries + i * DIMENSION + word * 4, sizeof value);
        words[i] = vreinterpretq_s8_s32(vdupq_n_s32(value));
      }
      for (size_t quarter = 0; quarter < QUARTERS; quarter++) {
        int8x16_t base = vld1q_s8(bytes + word * BLOCK_LENGTH * 4 + quarter * 16);
        for (size_t i = 0; i < GROUP; i++) sums[i][quarter] = add_products(sums[i][quarter], base, words[i]);
      }
    }
    if (__builtin_expect(has_hit(sums), 0)) record(sums, block, hits);
  }
}

const kernel ss_dot_neon_kernel = {.group_length = GROUP, .base_offset = 0, .prepare = prepare, .scan = scan_neon};

#endif
