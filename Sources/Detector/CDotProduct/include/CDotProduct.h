#ifndef CDOTPRODUCT_H
#define CDOTPRODUCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Why this is C: Swift has no attribute that compiles one function for an instruction set that the rest of the program
// does without. Nothing else belongs here.
//
// What every function keeps to:
// - The caller allocates. No pointer need be aligned; packed vectors that begin on a multiple of 64 bytes are read
//   fastest.
// - Nothing is kept between calls, so that any number of threads may call at once.
// - All arithmetic is on integers and exact: every kernel gives the same hits in the same order.

enum {
  /// Components of a vector, each an int8 in -127...127. The caller sees to it that -128 does not occur.
  SS_DOT_DIMENSION = 64,
  /// Components that change their sign when what the vector describes is mirrored: the first. The others stay.
  SS_DOT_ODD_COUNT = 28,
  /// Vectors that are packed together.
  SS_DOT_BLOCK_LENGTH = 16,
  /// Bytes of a packed block.
  SS_DOT_BLOCK_SIZE = SS_DOT_BLOCK_LENGTH * SS_DOT_DIMENSION,
  /// The byte that stands for a component of 0 in a packed block; the byte of component c is c + 128.
  SS_DOT_PACKED_ZERO = 128,
  /// Queries that pass over the base at once.
  SS_DOT_RUN_LENGTH = 512,
  /// Base vectors that one run of queries meets before it moves on. A multiple of the block length.
  SS_DOT_TILE_LENGTH = 128,
};

/// The instructions that a search is made of.
typedef enum ss_dot_kernel {
  /// C that any compiler understands.
  SS_DOT_PLAIN = 0,
  SS_DOT_AVX2,
  /// The 256-bit VNNI of processors without AVX-512.
  SS_DOT_AVX_VNNI,
  SS_DOT_AVX512_VNNI,
  SS_DOT_NEON,
  /// The dot product instructions of Armv8.4, optional from Armv8.2.
  SS_DOT_NEON_DOTPROD,
} ss_dot_kernel;

enum { SS_DOT_KERNEL_COUNT = SS_DOT_NEON_DOTPROD + 1 };

/// A query and a base vector that are alike.
typedef struct ss_dot_hit {
  /// Index of the query.
  uint32_t query;
  /// Index of the base vector in the packed table.
  uint32_t base;
  /// Their dot product, -1,032,256...1,032,256; where `is_mirrored` is 1, that of the query's mirror image: of the
  /// query with the sign of its odd components changed.
  int32_t product;
  /// 0 or 1.
  uint32_t is_mirrored;
} ss_dot_hit;

/// The kernel's name, a static string in ASCII.
const char *ss_dot_kernel_name(ss_dot_kernel kernel);

/// Whether the kernel is in this build and both this processor and its operating system support it.
bool ss_dot_kernel_is_available(ss_dot_kernel kernel);

/// The fastest kernel that is available.
ss_dot_kernel ss_dot_best_kernel(void);

/// Packs `count` vectors into a table, as its vectors `start`, `start` + 1, ...
///
/// Block n of the table holds vectors 16n...16n+15 as 16 words of 16 * 4 bytes: byte 64w + 4j + i is component 4w + i
/// of vector 16n + j, plus 128. A block is filled with zero vectors when its first vector is packed, so that vectors
/// packed in ascending order leave the last block padded.
///
/// `vectors` is count * 64 components, row-major. `packed` has room for ceil((start + count) / 16) blocks.
void ss_dot_pack(const int8_t *vectors, size_t count, size_t start, uint8_t *packed);

/// Packs vectors that stand anywhere into a table of their own: `count` addresses of 64 components each, or NULL for a
/// vector of zeros. `packed` has room for ceil(count / 16) blocks; the last is padded with zero vectors.
void ss_dot_pack_rows(const int8_t *const *rows, size_t count, uint8_t *packed);

/// Finds every query and base vector whose dot product is at least the query's threshold, and every query whose mirror
/// image has such a product: with one pass for both. With O the sum over the odd components and E that over the others,
/// the products are E + O and E - O, and the larger of them is E + |O|.
///
/// `queries` is query_count * 64 components, row-major; `thresholds` is one a query, any int32. The base vectors are
/// those of the table `packed` from `base_start`, a multiple of 16, up to but not including `base_end`; what pads the
/// last block is never a hit. Counts and indices are below 2^32.
///
/// The hits come in runs of 512 queries; within a run in tiles of 128 base vectors, counted from `base_start`; within a
/// tile by query, then by base vector, then the query before its mirror image. The first `capacity` of them are written
/// to `hits`. Returns the number of all of them, which may be more. A kernel that is not available traps.
uint64_t ss_dot_search(ss_dot_kernel kernel, const int8_t *queries, size_t query_count, const int32_t *thresholds,
                       const uint8_t *packed, size_t base_start, size_t base_end, ss_dot_hit *hits, size_t capacity);

#endif
