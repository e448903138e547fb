#ifndef SS_DOT_KERNEL_H
#define SS_DOT_KERNEL_H

// What the search asks of a kernel.

#include "CDotProduct.h"

enum {
  DIMENSION = SS_DOT_DIMENSION,
  /// Four components are a word: what one lane of an instruction multiplies.
  WORD_COUNT = DIMENSION / 4,
  /// Words whose components change their sign when the query is mirrored.
  ODD_WORD_COUNT = SS_DOT_ODD_COUNT / 4,
  BLOCK_LENGTH = SS_DOT_BLOCK_LENGTH,
  BLOCK_SIZE = SS_DOT_BLOCK_SIZE,
  TILE_LENGTH = SS_DOT_TILE_LENGTH,
  /// Bytes of a tile of 16-bit components, the widest form that a kernel prepares.
  TILE_SIZE = TILE_LENGTH * DIMENSION * 2,
  GROUP_LIMIT = 8,
};

_Static_assert(SS_DOT_ODD_COUNT % 4 == 0, "no word is odd in part");

/// The base vectors of one tile that a group of queries hits, by their places in the tile, ascending for each query.
typedef struct tile_hits {
  size_t count[GROUP_LIMIT];
  uint32_t base[GROUP_LIMIT][TILE_LENGTH];
} tile_hits;

/// What the sums of a group of queries begin with, and what is added when the odd words are done.
typedef struct group_start {
  /// What the base offset adds to the odd words, negative.
  const int32_t *odd;
  /// Minus the threshold, minus what the base offset adds to the even words.
  const int32_t *even;
} group_start;

typedef struct kernel {
  /// Queries that one call of `scan` takes, 1...GROUP_LIMIT.
  size_t group_length;
  /// What the kernel adds to a component of the base: 128 where it multiplies the packed bytes as they are.
  int32_t base_offset;
  /// Rewrites `block_count` packed blocks into what `scan` reads, once for a run of queries; NULL where that is the
  /// packed bytes. `tile` has room for TILE_SIZE bytes, aligned to 64.
  void (*prepare)(const uint8_t *packed, size_t block_count, uint8_t *tile);
  /// Appends the hits of `group_length` queries in `block_count` blocks, 1...TILE_LENGTH / 16.
  ///
  /// The products with the odd words are summed up first, then the size of that sum goes on with the even words: what
  /// comes out is the larger of the products with the query and with its mirror image, less the threshold. 0 or more is
  /// a hit.
  void (*scan)(const uint8_t *tile, size_t block_count, const int8_t *queries, group_start start, tile_hits *hits);
} kernel;

extern const kernel ss_dot_plain_kernel;
#if defined(__x86_64__)
extern const kernel ss_dot_avx2_kernel;
extern const kernel ss_dot_avx_vnni_kernel;
extern const kernel ss_dot_avx512_vnni_kernel;
#elif defined(__aarch64__)
extern const kernel ss_dot_neon_kernel;
extern const kernel ss_dot_neon_dotprod_kernel;
#endif

/// Appends the hits among `sums`: `length` for each query of the group, row-major, the first of them for the base
/// vector `first` of the tile.
void ss_dot_record_hits(const int32_t *sums, size_t group_length, size_t length, uint32_t first, tile_hits *hits);

#endif
