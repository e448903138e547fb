// The search: runs of queries over tiles of the base, whatever the kernel.
//
// A tile stays in the first-level cache while the queries of a run pass over it, and the queries of a run stay in the
// second level. What must be known of a query (its threshold, less what the base offset adds) is computed once a run.

#include <string.h>

#include "dispatch.h"

enum {
  /// One more than the largest product of two vectors.
  UNREACHABLE = 127 * 127 * DIMENSION + 1,
};

/// A threshold with the same hits that sums can be compared with without overflow.
static int32_t clamped(int32_t threshold) {
  if (threshold > UNREACHABLE) return UNREACHABLE;
  if (threshold < -UNREACHABLE) return -UNREACHABLE;
  return threshold;
}

static int32_t component_sum(const int8_t *vector, size_t first, size_t end) {
  int32_t sum = 0;
  for (size_t i = first; i < end; i++) sum += vector[i];
  return sum;
}

void ss_dot_record_hits(const int32_t *sums, size_t group_length, size_t length, uint32_t first, tile_hits *hits) {
  for (size_t query = 0; query < group_length; query++) {
    for (size_t i = 0; i < length; i++) {
      if (sums[query * length + i] >= 0) hits->base[query][hits->count[query]++] = first + (uint32_t)i;
    }
  }
}

/// Up to SS_DOT_RUN_LENGTH queries, padded to a multiple of any group length with zero vectors that nothing reaches.
typedef struct query_run {
  const int8_t *queries;
  size_t first;
  size_t count;
  int32_t thresholds[SS_DOT_RUN_LENGTH + GROUP_LIMIT];
  int32_t odd_start[SS_DOT_RUN_LENGTH + GROUP_LIMIT];
  int32_t even_start[SS_DOT_RUN_LENGTH + GROUP_LIMIT];
  /// The last queries, where they are fewer than a group.
  int8_t remainder[GROUP_LIMIT * DIMENSION];
} query_run;

static void prepare_run(query_run *run, const kernel *with, const int8_t *queries, const int32_t *thresholds,
                        size_t first, size_t count) {
  run->queries = queries + first * DIMENSION;
  run->first = first;
  run->count = count;
  for (size_t i = 0; i < count; i++) {
    run->thresholds[i] = clamped(thresholds[first + i]);
    const int8_t *query = run->queries + i * DIMENSION;
    run->odd_start[i] = -with->base_offset * component_sum(query, 0, SS_DOT_ODD_COUNT);
    run->even_start[i] = -run->thresholds[i] - with->base_offset * component_sum(query, SS_DOT_ODD_COUNT, DIMENSION);
  }
  for (size_t i = count; i < count + GROUP_LIMIT; i++) {
    run->odd_start[i] = 0;
    run->even_start[i] = -UNREACHABLE;
  }
  size_t left = count % with->group_length;
  memset(run->remainder, 0, sizeof run->remainder);
  memcpy(run->remainder, run->queries + (count - left) * DIMENSION, left * DIMENSION);
}

/// Where the hits go.
typedef struct hit_buffer {
  ss_dot_hit *hits;
  size_t capacity;
  uint64_t count;
} hit_buffer;

/// The product of a query and a packed vector, over some of the components.
static int32_t product(const int8_t *query, const uint8_t *packed, size_t base, size_t first, size_t end) {
  const uint8_t *lane = packed + base / BLOCK_LENGTH * BLOCK_SIZE + base % BLOCK_LENGTH * 4;
  int32_t sum = 0;
  for (size_t i = first; i < end; i++) {
    sum += query[i] * (lane[i / 4 * BLOCK_LENGTH * 4 + i % 4] - SS_DOT_PACKED_ZERO);
  }
  return sum;
}

static void append(hit_buffer *buffer, ss_dot_hit hit) {
  if (buffer->count < buffer->capacity) buffer->hits[buffer->count] = hit;
  buffer->count++;
}

/// Moves the hits of a group to the buffer, but for those in the padding of the last block.
///
/// A kernel only says that the query or its mirror image reaches the threshold: which, or both, and with what product,
/// is computed here.
static void flush(tile_hits *found, const query_run *run, size_t group, size_t group_length, const uint8_t *packed,
                  size_t tile_start, size_t base_end, hit_buffer *buffer) {
  for (size_t i = 0; i < group_length; i++) {
    for (size_t slot = 0; slot < found->count[i]; slot++) {
      size_t base = tile_start + found->base[i][slot];
      if (base >= base_end) break;
      const int8_t *query = run->queries + (group + i) * DIMENSION;
      int32_t odd = product(query, packed, base, 0, SS_DOT_ODD_COUNT);
      int32_t even = product(query, packed, base, SS_DOT_ODD_COUNT, DIMENSION);
      ss_dot_hit hit = {.query = (uint32_t)(run->first + group + i), .base = (uint32_t)base};
      for (uint32_t mirrored = 0; mirrored < 2; mirrored++) {
        hit.is_mirrored = mirrored;
        hit.product = mirrored ? even - odd : even + odd;
        if (hit.product >= run->thresholds[group + i]) append(buffer, hit);
      }
    }
    found->count[i] = 0;
  }
}

uint64_t ss_dot_search(ss_dot_kernel name, const int8_t *queries, size_t query_count, const int32_t *thresholds,
                       const uint8_t *packed, size_t base_start, size_t base_end, ss_dot_hit *hits, size_t capacity) {
  const kernel *with = ss_dot_available_kernel(name);
  if (with == NULL || base_start % BLOCK_LENGTH != 0) __builtin_trap();
  hit_buffer buffer = {.hits = hits, .capacity = capacity, .count = 0};
  _Alignas(64) uint8_t prepared[TILE_SIZE];
  tile_hits found;
  memset(found.count, 0, sizeof found.count);
  query_run run;
  for (size_t first = 0; first < query_count; first += SS_DOT_RUN_LENGTH) {
    size_t left = query_count - first;
    prepare_run(&run, with, queries, thresholds, first, left < SS_DOT_RUN_LENGTH ? left : SS_DOT_RUN_LENGTH);
    for (size_t start = base_start; start < base_end; start += TILE_LENGTH) {
      size_t length = base_end - start < TILE_LENGTH ? base_end - start : TILE_LENGTH;
      size_t block_count = (length + BLOCK_LENGTH - 1) / BLOCK_LENGTH;
      const uint8_t *tile = packed + start / BLOCK_LENGTH * BLOCK_SIZE;
      if (with->prepare != NULL) {
        with->prepare(tile, block_count, prepared);
        tile = prepared;
      }
      for (size_t group = 0; group < run.count; group += with->group_length) {
        bool is_whole = group + with->group_length <= run.count;
        const int8_t *members = is_whole ? run.queries + group * DIMENSION : run.remainder;
        group_start starts = {.odd = run.odd_start + group, .even = run.even_start + group};
        with->scan(tile, block_count, members, starts, &found);
        flush(&found, &run, group, with->group_length, packed, start, base_end, &buffer);
      }
    }
  }
  return buffer.count;
}
