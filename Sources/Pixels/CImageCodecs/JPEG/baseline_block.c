// Blocks of baseline JPEGs: the codes of all coefficients are read, but only what is wanted is made of them.

#include "baseline_block.h"

#include "jpeg_inverse_dct.h"

enum {
  LARGEST_COEFFICIENT = 32767,
  /// Bits of a coefficient's code with its magnitude.
  LONGEST_CODE = 26,
};

const uint8_t SS_ZIGZAG[SS_PLACE_COUNT] = {
    0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13,
    6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31,
    39, 46, 53, 60, 61, 54, 47, 55, 62, 63, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
};

/// Looks a code up. 26 bits must be there; none is used up. 0 for no code.
static inline uint32_t look_up(const ss_bit_reader *reader, const ss_huffman_table *table, bool is_dc) {
  const uint32_t entry = table->entries[ss_peek(reader, SS_HUFFMAN_BITS)];
  return entry != 0 ? entry : ss_huffman_find_long(table, ss_peek(reader, 16), is_dc);
}

/// Uses up a code and the magnitude that follows it, which it gives as a number: a first bit of 0 is the sign of a
/// negative one.
static inline int32_t take_value(ss_bit_reader *reader, uint32_t entry) {
  const int32_t lowest = ss_huffman_lowest(entry), used = (int32_t)ss_huffman_used(entry);
  const int32_t magnitude = (int32_t)(reader->bits >> (64 - used)) & -lowest;
  ss_consume(reader, (uint32_t)used);
  return magnitude + (2 * magnitude <= -lowest ? lowest : 0);
}

/// Reads over the coefficients of a block but the first. False for no code and for too many coefficients.
static bool skip_coefficients(ss_bit_reader *shared, const ss_huffman_table *table, bool uses_skips) {
  ss_bit_reader reader = *shared;
  uint32_t index = 0;
  while (index < 63) {
    if (reader.count < LONGEST_CODE) ss_refill(&reader);
    if (uses_skips) {
      const uint32_t skip = table->skips[ss_peek(&reader, SS_SKIP_BITS)];
      if (skip != 0 && index + ss_skip_advance(skip) <= 63) {
        ss_consume(&reader, ss_skip_used(skip));
        index = ss_skip_ends_block(skip) ? 63 : index + ss_skip_advance(skip);
        continue;
      }
    }
    const uint32_t entry = look_up(&reader, table, false);
    if (entry == 0) return false;
    ss_consume(&reader, ss_huffman_used(entry));
    index = ss_huffman_advance(entry) == 0 ? 63 : index + ss_huffman_advance(entry);
  }
  *shared = reader;
  return index == 63;
}

/// Takes one code of a block, whose index it moves: to 63 at the end of the block, and beyond it where there is no
/// code.
static inline void take_code(ss_bit_reader *reader, const ss_huffman_table *table, int16_t *block, uint32_t *index) {
  uint32_t entry = table->entries[ss_peek(reader, SS_HUFFMAN_BITS)];
  if (!ss_huffman_has_magnitude(entry)) {
    entry = look_up(reader, table, false);
    if (!ss_huffman_has_magnitude(entry)) {
      ss_consume(reader, ss_huffman_used(entry));
      *index = entry == 0 ? UINT32_MAX : ss_huffman_advance(entry) == 0 ? 63 : *index + ss_huffman_advance(entry);
      return;
    }
  }
  *index += ss_huffman_advance(entry);
  block[SS_ZIGZAG[*index]] = (int16_t)take_value(reader, entry);
}

/// Writes the coefficients of a block but the first, where they are not 0. `block` has room for one more than 64.
/// False as above.
static bool take_coefficients(ss_bit_reader *shared, const ss_huffman_table *table, int16_t *block) {
  ss_bit_reader reader = *shared;
  uint32_t index = 0;
  while (index < 63) {
    // What comes next waits for a refill, which two codes need at most, but four seldom.
    ss_refill(&reader);
    take_code(&reader, table, block, &index);
    if (index >= 63) break;
    take_code(&reader, table, block, &index);
    if (index >= 63 || reader.count < LONGEST_CODE) continue;
    take_code(&reader, table, block, &index);
    if (index >= 63 || reader.count < LONGEST_CODE) continue;
    take_code(&reader, table, block, &index);
  }
  *shared = reader;
  return index == 63;
}

bool ss_baseline_decode_block(ss_bit_reader *reader, ss_baseline_channel *channel, uint32_t column, uint32_t row) {
  ss_refill(reader);
  const uint32_t entry = look_up(reader, channel->dc, true);
  if (entry == 0) return false;
  channel->prediction += take_value(reader, entry);
  if (channel->prediction < -LARGEST_COEFFICIENT || channel->prediction > LARGEST_COEFFICIENT) return false;

  const uint32_t eighths = channel->eighths;
  const uint32_t left = column * eighths, top = row * eighths;
  const bool is_seen = left < channel->width && top < channel->height;
  if (!is_seen || eighths == 1) {
    if (!skip_coefficients(reader, channel->ac, channel->uses_skips) || ss_has_run_over(reader)) return false;
    if (!is_seen) return true;
  }
  const size_t stride = channel->width;
  uint8_t *const samples = channel->samples + top * stride + left;
  if (eighths == 1) {
    bool is_certain = true;
    *samples = ss_jpeg_flat_sample(channel->prediction * channel->factors[0], &is_certain);
    return is_certain;
  }

  int16_t block[64 + 1] = {0};
  block[0] = (int16_t)channel->prediction;
  if (!take_coefficients(reader, channel->ac, block) || ss_has_run_over(reader)) return false;
  const uint32_t across = channel->width - left < eighths ? channel->width - left : eighths;
  const uint32_t down = channel->height - top < eighths ? channel->height - top : eighths;
  if (across == eighths && down == eighths) {
    return ss_jpeg_inverse_dct(block, channel->factors, eighths, samples, stride);
  }
  uint8_t whole[64];
  if (!ss_jpeg_inverse_dct(block, channel->factors, eighths, whole, eighths)) return false;
  for (uint32_t y = 0; y < down; y++) memcpy(samples + y * stride, whole + y * eighths, across);
  return true;
}
