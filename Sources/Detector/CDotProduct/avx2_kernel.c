// AVX2 without VNNI: components widened to 16 bits and multiplied in pairs.
//
// The alternative, vpmaddubsw on bytes, would need the sign of the query moved onto the base for every pair of vectors,
// which costs the instruction that it saves. Widening is done once for a run of queries instead.

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#include "kernel.h"

#define AVX2 __attribute__((target("avx2")))

enum {
  // 6 queries by 16 vectors: 12 sums, 2 registers of the base and 1 of the query are 15 of the 16 registers.
  GROUP = 6,
  /// A step multiplies 2 components of 8 vectors; a word is two steps, of its components 0 and 2 and of 1 and 3.
  STEP_COUNT = WORD_COUNT * 2,
  ODD_STEP_COUNT = ODD_WORD_COUNT * 2,
  STEP_SIZE = BLOCK_LENGTH * 4,
};

AVX2 static void prepare(const uint8_t *packed, size_t block_count, uint8_t *tile) {
  const __m256i low_bytes = _mm256_set1_epi16(0xFF);
  for (size_t word = 0; word < block_count * WORD_COUNT; word++) {
    for (size_t half = 0; half < 2; half++) {
      __m256i bytes = _mm256_loadu_si256((const __m256i *)(packed + word * 64 + half * 32));
      uint8_t *steps = tile + word * 2 * STEP_SIZE + half * 32;
      _mm256_store_si256((__m256i *)steps, _mm256_and_si256(bytes, low_bytes));
      _mm256_store_si256((__m256i *)(steps + STEP_SIZE), _mm256_srli_epi16(bytes, 8));
    }
  }
}

/// The query's components as 16-bit pairs, in the order of the steps.
static void widen(const int8_t *query, int32_t *pairs) {
  for (size_t word = 0; word < WORD_COUNT; word++) {
    const int8_t *components = query + word * 4;
    const int16_t widened[4] = {components[0], components[2], components[1], components[3]};
    memcpy(pairs + word * 2, widened, sizeof widened);
  }
}

/// Adds one step to the sums of all queries.
#define ADD_STEP(step)                                                                         \
  {                                                                                            \
    __m256i base_low = _mm256_load_si256((const __m256i *)(steps + (step) * STEP_SIZE));       \
    __m256i base_high = _mm256_load_si256((const __m256i *)(steps + (step) * STEP_SIZE + 32)); \
    _Pragma("clang loop unroll(full)") for (size_t i = 0; i < GROUP; i++) {                    \
      __m256i query = _mm256_set1_epi32(pairs[i][step]);                                       \
      low[i] = _mm256_add_epi32(low[i], _mm256_madd_epi16(base_low, query));                   \
      high[i] = _mm256_add_epi32(high[i], _mm256_madd_epi16(base_high, query));                \
    }                                                                                          \
  }

AVX2 static void scan(const uint8_t *tile, size_t block_count, const int8_t *queries, group_start start,
                      tile_hits *hits) {
  int32_t pairs[GROUP][STEP_COUNT];
  for (size_t i = 0; i < GROUP; i++) widen(queries + i * DIMENSION, pairs[i]);
  for (size_t block = 0; block < block_count; block++) {
    const uint8_t *steps = tile + block * STEP_COUNT * STEP_SIZE;
    __m256i low[GROUP], high[GROUP];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < GROUP; i++) low[i] = high[i] = _mm256_set1_epi32(start.odd[i]);
    for (size_t step = 0; step < ODD_STEP_COUNT; step++) ADD_STEP(step)
#pragma clang loop unroll(full)
    for (size_t i = 0; i < GROUP; i++) {
      __m256i even = _mm256_set1_epi32(start.even[i]);
      low[i] = _mm256_add_epi32(_mm256_abs_epi32(low[i]), even);
      high[i] = _mm256_add_epi32(_mm256_abs_epi32(high[i]), even);
    }
    for (size_t step = ODD_STEP_COUNT; step < STEP_COUNT; step++) ADD_STEP(step)
    // The sign survives the conjunction only where every sum is negative.
    __m256i all = _mm256_and_si256(low[0], high[0]);
#pragma clang loop unroll(full)
    for (size_t i = 1; i < GROUP; i++) all = _mm256_and_si256(all, _mm256_and_si256(low[i], high[i]));
    if (__builtin_expect(_mm256_movemask_ps(_mm256_castsi256_ps(all)) == 0xFF, 1)) continue;
    int32_t sums[GROUP][BLOCK_LENGTH];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < GROUP; i++) {
      _mm256_storeu_si256((__m256i *)sums[i], low[i]);
      _mm256_storeu_si256((__m256i *)(sums[i] + 8), high[i]);
    }
    ss_dot_record_hits(sums[0], GROUP, BLOCK_LENGTH, (uint32_t)(block * BLOCK_LENGTH), hits);
  }
}

const kernel ss_dot_avx2_kernel = {
    .group_length = GROUP, .base_offset = SS_DOT_PACKED_ZERO, .prepare = prepare, .scan = scan};

#endif
