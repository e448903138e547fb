// VNNI: vpdpbusd adds four products of an unsigned and a signed byte to each 32-bit lane, exactly.
//
// The base is the unsigned operand, as it is packed; the 128 that it has too much a component is in the initial sums.

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#include "kernel.h"

static inline int32_t word_of(const int8_t *queries, size_t query, size_t word) {
  int32_t value;
  memcpy(&value, queries + query * DIMENSION + word * 4, sizeof value);
  return value;
}

#define AVX512_VNNI __attribute__((target("avx512f,avx512vnni")))

enum {
  // 6 queries by 4 blocks: 24 sums, 4 registers of the base and 1 of the query are 29 of the 32 registers, and 24
  // multiplications share 10 loads.
  WIDE_GROUP = 6,
  WIDE_BLOCKS = 4,
};

/// Adds the products with one word to the sums of all queries and blocks.
// clang-format off: a pragma belongs to the loop behind it.
#define ADD_WIDE_WORD(word)                                                            \
  {                                                                                    \
    __m512i base[WIDE_BLOCKS];                                                         \
    _Pragma("clang loop unroll(full)") for (size_t block = 0; block < blocks; block++) \
      base[block] = _mm512_loadu_si512(packed + block * BLOCK_SIZE + (word) * 64);     \
    _Pragma("clang loop unroll(full)") for (size_t i = 0; i < WIDE_GROUP; i++) {       \
      __m512i query = _mm512_set1_epi32(word_of(queries, i, word));                    \
      _Pragma("clang loop unroll(full)") for (size_t block = 0; block < blocks; block++) \
        sums[i][block] = _mm512_dpbusd_epi32(sums[i][block], base[block], query);      \
    }                                                                                  \
  }
// clang-format on

/// `blocks` is a constant: the arrays become registers.
AVX512_VNNI __attribute__((always_inline)) static inline void scan_blocks(const uint8_t *packed, const size_t blocks,
                                                                          size_t first_block, const int8_t *queries,
                                                                          group_start start, tile_hits *hits) {
  packed += first_block * BLOCK_SIZE;
  __m512i sums[WIDE_GROUP][WIDE_BLOCKS];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < WIDE_GROUP; i++) {
#pragma clang loop unroll(full)
    for (size_t block = 0; block < blocks; block++) sums[i][block] = _mm512_set1_epi32(start.odd[i]);
  }
#pragma clang loop unroll(disable)
  for (size_t word = 0; word < ODD_WORD_COUNT; word++) ADD_WIDE_WORD(word)
#pragma clang loop unroll(full)
  for (size_t i = 0; i < WIDE_GROUP; i++) {
    __m512i even = _mm512_set1_epi32(start.even[i]);
#pragma clang loop unroll(full)
    for (size_t block = 0; block < blocks; block++) {
      sums[i][block] = _mm512_add_epi32(_mm512_abs_epi32(sums[i][block]), even);
    }
  }
#pragma clang loop unroll(disable)
  for (size_t word = ODD_WORD_COUNT; word < WORD_COUNT; word++) ADD_WIDE_WORD(word)
  // The sign survives the conjunction only where every sum is negative.
  __m512i all = _mm512_set1_epi32(-1);
#pragma clang loop unroll(full)
  for (size_t i = 0; i < WIDE_GROUP; i++) {
#pragma clang loop unroll(full)
    for (size_t block = 0; block < blocks; block++) all = _mm512_and_si512(all, sums[i][block]);
  }
  if (__builtin_expect(_mm512_cmpge_epi32_mask(all, _mm512_setzero_si512()) == 0, 1)) return;
  int32_t stored[WIDE_GROUP * WIDE_BLOCKS * BLOCK_LENGTH];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < WIDE_GROUP; i++) {
#pragma clang loop unroll(full)
    for (size_t block = 0; block < blocks; block++) {
      _mm512_storeu_si512(stored + (i * blocks + block) * BLOCK_LENGTH, sums[i][block]);
    }
  }
  ss_dot_record_hits(stored, WIDE_GROUP, blocks * BLOCK_LENGTH, (uint32_t)(first_block * BLOCK_LENGTH), hits);
}

AVX512_VNNI static void scan_wide(const uint8_t *tile, size_t block_count, const int8_t *queries, group_start start,
                                  tile_hits *hits) {
  size_t block = 0;
  for (; block + WIDE_BLOCKS <= block_count; block += WIDE_BLOCKS) {
    scan_blocks(tile, WIDE_BLOCKS, block, queries, start, hits);
  }
  for (; block < block_count; block++) scan_blocks(tile, 1, block, queries, start, hits);
}

const kernel ss_dot_avx512_vnni_kernel = {
    .group_length = WIDE_GROUP, .base_offset = SS_DOT_PACKED_ZERO, .prepare = NULL, .scan = scan_wide};

#define AVX_VNNI __attribute__((target("avx2,avxvnni")))

enum {
  // 6 queries by 16 vectors: 12 sums, 2 registers of the base and 1 of the query are 15 of the 16 registers.
  GROUP = 6,
};

/// Adds the products with one word to the sums of all queries.
#define ADD_WORD(word)                                                                    \
  {                                                                                       \
    __m256i base_low = _mm256_loadu_si256((const __m256i *)(packed + (word) * 64));       \
    __m256i base_high = _mm256_loadu_si256((const __m256i *)(packed + (word) * 64 + 32)); \
    _Pragma("clang loop unroll(full)") for (size_t i = 0; i < GROUP; i++) {               \
      __m256i query = _mm256_set1_epi32(word_of(queries, i, word));                       \
      low[i] = _mm256_dpbusd_avx_epi32(low[i], base_low, query);                          \
      high[i] = _mm256_dpbusd_avx_epi32(high[i], base_high, query);                       \
    }                                                                                     \
  }

AVX_VNNI static void scan(const uint8_t *tile, size_t block_count, const int8_t *queries, group_start start,
                          tile_hits *hits) {
  for (size_t block = 0; block < block_count; block++) {
    const uint8_t *packed = tile + block * BLOCK_SIZE;
    __m256i low[GROUP], high[GROUP];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < GROUP; i++) low[i] = high[i] = _mm256_set1_epi32(start.odd[i]);
    for (size_t word = 0; word < ODD_WORD_COUNT; word++) ADD_WORD(word)
#pragma clang loop unroll(full)
    for (size_t i = 0; i < GROUP; i++) {
      __m256i even = _mm256_set1_epi32(start.even[i]);
      low[i] = _mm256_add_epi32(_mm256_abs_epi32(low[i]), even);
      high[i] = _mm256_add_epi32(_mm256_abs_epi32(high[i]), even);
    }
    for (size_t word = ODD_WORD_COUNT; word < WORD_COUNT; word++) ADD_WORD(word)
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

const kernel ss_dot_avx_vnni_kernel = {
    .group_length = GROUP, .base_offset = SS_DOT_PACKED_ZERO, .prepare = NULL, .scan = scan};

#endif
