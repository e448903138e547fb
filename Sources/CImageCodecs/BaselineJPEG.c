// Baseline JPEGs as they are usual, faster than libjpeg decodes them: only what is wanted of each block is worked out.

#include "BaselineJPEG.h"

#include <stdlib.h>
#include <string.h>

#include "BitReader.h"
#include "JPEGInverseDCT.h"

enum {
  END_OF_IMAGE = 0xd9,
  FIRST_RESTART = 0xd0,
  /// Bytes of codes from which on it pays to make skips for one picture.
  LONG_SCAN = 8192,
  /// Repetitions of a table after which more pictures with it are to be expected.
  FREQUENT = 4,
  /// Of 63 coefficients, or of how far a damaged block may run beyond them.
  PLACE_COUNT = 80,
  LARGEST_COEFFICIENT = 32767,
  /// Bits of a code with its magnitude.
  LONGEST_CODE = 26,
};

struct ssc_baseline_state {
  ssc_huffman_table dc[SSC_TABLE_COUNT], ac[SSC_TABLE_COUNT];
  /// The codes between two markers, without the zeros that are stuffed into them.
  uint8_t *codes;
  size_t capacity;
};

/// Where coefficients stand in a block, row by row. Those that a damaged block has too many go behind it.
static const uint8_t ZIGZAG[PLACE_COUNT] = {
    0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13,
    6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31,
    39, 46, 53, 60, 61, 54, 47, 55, 62, 63, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
};

/// A channel while it is decoded.
typedef struct channel {
  /// Scale and size of its plane; 0 where it is not wanted.
  uint32_t eighths, width, height;
  uint8_t *samples;
  uint32_t across, down;
  const ssc_huffman_table *dc, *ac;
  bool uses_skips;
  int32_t prediction;
  /// 1...255, row by row.
  int16_t factors[64];
} channel;

/// Looks a code up. 26 bits must be there; none is used up. 0 for no code.
static inline uint32_t look_up(const ssc_bit_reader *reader, const ssc_huffman_table *table, bool is_dc) {
  const uint32_t entry = table->entries[ssc_peek(reader, SSC_HUFFMAN_BITS)];
  return entry != 0 ? entry : ssc_huffman_find_long(table, ssc_peek(reader, 16), is_dc);
}

/// Uses up a code and the magnitude that follows it, which it gives as a number: a first bit of 0 is the sign of a
/// negative one.
static inline int32_t take_value(ssc_bit_reader *reader, uint32_t entry) {
  const int32_t lowest = ssc_huffman_lowest(entry), used = (int32_t)ssc_huffman_used(entry);
  const int32_t magnitude = (int32_t)(reader->bits >> (64 - used)) & -lowest;
  ssc_consume(reader, (uint32_t)used);
  return magnitude + (2 * magnitude <= -lowest ? lowest : 0);
}

/// Reads over the coefficients of a block but the first. False for no code and for too many coefficients.
static bool skip_coefficients(ssc_bit_reader *shared, const ssc_huffman_table *table, bool uses_skips) {
  ssc_bit_reader reader = *shared;
  uint32_t index = 0;
  while (index < 63) {
    if (reader.count < LONGEST_CODE) ssc_refill(&reader);
    if (uses_skips) {
      const uint32_t skip = table->skips[ssc_peek(&reader, SSC_SKIP_BITS)];
      if (skip != 0 && index + ssc_skip_advance(skip) <= 63) {
        ssc_consume(&reader, ssc_skip_used(skip));
        index = ssc_skip_ends_block(skip) ? 63 : index + ssc_skip_advance(skip);
        continue;
      }
    }
    const uint32_t entry = look_up(&reader, table, false);
    if (entry == 0) return false;
    ssc_consume(&reader, ssc_huffman_used(entry));
    index = ssc_huffman_advance(entry) == 0 ? 63 : index + ssc_huffman_advance(entry);
  }
  *shared = reader;
  return index == 63;
}

/// Takes one code of a block, whose index it moves: to 63 at the end of the block, and beyond it where there is no code.
static inline void take_code(ssc_bit_reader *reader, const ssc_huffman_table *table, int16_t *block, uint32_t *index) {
  uint32_t entry = table->entries[ssc_peek(reader, SSC_HUFFMAN_BITS)];
  if (!ssc_huffman_has_magnitude(entry)) {
    entry = look_up(reader, table, false);
    if (!ssc_huffman_has_magnitude(entry)) {
      ssc_consume(reader, ssc_huffman_used(entry));
      *index = entry == 0 ? UINT32_MAX : ssc_huffman_advance(entry) == 0 ? 63 : *index + ssc_huffman_advance(entry);
      return;
    }
  }
  *index += ssc_huffman_advance(entry);
  block[ZIGZAG[*index]] = (int16_t)take_value(reader, entry);
}

/// Writes the coefficients of a block but the first, where they are not 0. `block` has room for one more than 64. False as
/// above.
static bool take_coefficients(ssc_bit_reader *shared, const ssc_huffman_table *table, int16_t *block) {
  ssc_bit_reader reader = *shared;
  uint32_t index = 0;
  while (index < 63) {
    // What comes next waits for a refill, which two codes need at most, but four seldom.
    ssc_refill(&reader);
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

/// Decodes a block, and its samples where it is in a plane that is wanted.
static bool decode_block(ssc_bit_reader *reader, channel *channel, uint32_t column, uint32_t row) {
  ssc_refill(reader);
  const uint32_t entry = look_up(reader, channel->dc, true);
  if (entry == 0) return false;
  channel->prediction += take_value(reader, entry);
  if (channel->prediction < -LARGEST_COEFFICIENT || channel->prediction > LARGEST_COEFFICIENT) return false;

  const uint32_t eighths = channel->eighths;
  const uint32_t left = column * eighths, top = row * eighths;
  const bool is_seen = left < channel->width && top < channel->height;
  if (!is_seen || eighths == 1) {
    if (!skip_coefficients(reader, channel->ac, channel->uses_skips) || ssc_has_run_over(reader)) return false;
    if (!is_seen) return true;
  }
  const size_t stride = channel->width;
  uint8_t *const samples = channel->samples + top * stride + left;
  if (eighths == 1) {
    bool is_certain = true;
    *samples = ssc_flat_sample(channel->prediction * channel->factors[0], &is_certain);
    return is_certain;
  }

  int16_t block[64 + 1] = {0};
  block[0] = (int16_t)channel->prediction;
  if (!take_coefficients(reader, channel->ac, block) || ssc_has_run_over(reader)) return false;
  const uint32_t across = channel->width - left < eighths ? channel->width - left : eighths;
  const uint32_t down = channel->height - top < eighths ? channel->height - top : eighths;
  if (across == eighths && down == eighths) {
    return ssc_inverse_dct(block, channel->factors, eighths, samples, stride);
  }
  uint8_t whole[64];
  if (!ssc_inverse_dct(block, channel->factors, eighths, whole, eighths)) return false;
  for (uint32_t y = 0; y < down; y++) memcpy(samples + y * stride, whole + y * eighths, across);
  return true;
}

/// Copies codes up to the next marker, without the zeros that are stuffed after 0xFF, and pads them. Gives the bytes
/// after the marker, which it receives; `NULL` where there is none.
static const uint8_t *copy_codes(const uint8_t *bytes, const uint8_t *end, uint8_t *codes, size_t *count,
                                 uint8_t *marker) {
  uint8_t *code = codes;
  while (true) {
    const uint8_t *found = memchr(bytes, 0xff, (size_t)(end - bytes));
    if (!found || end - found < 2) return NULL;
    const bool is_stuffed = found[1] == 0;
    const size_t length = (size_t)(found - bytes) + (is_stuffed ? 1 : 0);
    memcpy(code, bytes, length);
    code += length;
    bytes = found + 2;
    if (is_stuffed) continue;
    *marker = found[1];
    *count = (size_t)(code - codes);
    memset(code, 0, SSC_READER_PADDING);
    return bytes;
  }
}

static bool decode_mcu(ssc_bit_reader *reader, channel *channels, uint32_t count, uint32_t column, uint32_t row) {
  for (channel *channel = channels; channel < channels + count; channel++) {
    for (uint32_t y = 0; y < channel->down; y++) {
      for (uint32_t x = 0; x < channel->across; x++) {
        if (!decode_block(reader, channel, column * channel->across + x, row * channel->down + y)) return false;
      }
    }
  }
  return true;
}

/// Decodes the codes of the scan, to the end of the image right behind them.
static bool decode_scan(const ssc_baseline_frame *frame, channel *channels, const uint8_t *bytes, const uint8_t *end,
                        uint8_t *codes) {
  const uint32_t mcu_width = 8 * channels->across, mcu_height = 8 * channels->down;
  const uint32_t columns = (frame->width + mcu_width - 1) / mcu_width;
  const uint32_t rows = (frame->height + mcu_height - 1) / mcu_height;
  size_t count;
  uint8_t marker;
  uint32_t left = frame->restart_interval, restarts = 0;
  bytes = copy_codes(bytes, end, codes, &count, &marker);
  if (!bytes) return false;
  ssc_bit_reader reader = ssc_read_bits(codes, count);
  for (uint32_t row = 0; row < rows; row++) {
    for (uint32_t column = 0; column < columns; column++) {
      if (frame->restart_interval > 0 && left-- == 0) {
        if (!ssc_is_at_end(&reader) || marker != FIRST_RESTART + restarts % 8) return false;
        restarts += 1;
        left = frame->restart_interval - 1;
        bytes = copy_codes(bytes, end, codes, &count, &marker);
        if (!bytes) return false;
        reader = ssc_read_bits(codes, count);
        for (uint32_t i = 0; i < frame->component_count; i++) channels[i].prediction = 0;
      }
      if (!decode_mcu(&reader, channels, frame->component_count, column, row)) return false;
    }
  }
  return ssc_is_at_end(&reader) && marker == END_OF_IMAGE;
}

/// The smallest scale at which the shorter side keeps `least_side` of its pixels, if it has them.
static uint32_t scale(uint32_t width, uint32_t height, uint32_t least_side) {
  const uint64_t side = width < height ? width : height;
  uint32_t eighths = 1;
  while (eighths < 8 && side * eighths / 8 < least_side) eighths *= 2;
  return eighths;
}

/// Prepares the tables and factors of a channel.
static bool prepare(ssc_baseline_state *state, const ssc_baseline_frame *frame, uint32_t index, bool is_long,
                    channel *channel) {
  const ssc_baseline_component *component = &frame->components[index];
  const ssc_huffman_definition dc = frame->dc[component->dc_table], ac = frame->ac[component->ac_table];
  ssc_huffman_table *const differences = &state->dc[component->dc_table], *const table = &state->ac[component->ac_table];
  if (!ssc_huffman_define(differences, true, dc.bytes, dc.length)) return false;
  if (!ssc_huffman_define(table, false, ac.bytes, ac.length)) return false;
  if (channel->eighths <= 1 && (is_long || table->repetitions >= FREQUENT)) ssc_huffman_make_skips(table);
  channel->uses_skips = table->has_skips;
  channel->dc = differences;
  channel->ac = table;
  channel->across = component->across;
  channel->down = component->down;
  const uint8_t *factors = frame->quantisers[component->quantiser];
  for (uint32_t i = 0; i < 64; i++) channel->factors[ZIGZAG[i]] = factors[i];
  return true;
}

/// Sizes of the planes, also in the header.
static void measure(const ssc_baseline_frame *frame, uint32_t least_side, uint32_t least_colour_side, channel *channels,
                    ssc_planes_header *header) {
  channel *const luma = &channels[0];
  luma->eighths = scale(frame->width, frame->height, least_side);
  luma->width = (frame->width * luma->eighths + 7) / 8;
  luma->height = (frame->height * luma->eighths + 7) / 8;
  *header = (ssc_planes_header){frame->width, frame->height, luma->width, luma->height, 0, 0};
  if (frame->component_count == 1 || least_colour_side == 0) return;
  const uint32_t across = frame->components[0].across / frame->components[1].across;
  const uint32_t down = frame->components[0].down / frame->components[1].down;
  const uint32_t width = (frame->width + across - 1) / across, height = (frame->height + down - 1) / down;
  for (channel *colour = luma + 1; colour < luma + 3; colour++) {
    colour->eighths = scale(width, height, least_colour_side);
    colour->width = header->colour_width = (width * colour->eighths + 7) / 8;
    colour->height = header->colour_height = (height * colour->eighths + 7) / 8;
  }
}

ssc_baseline_state *ssc_baseline_state_create(void) { return calloc(1, sizeof(ssc_baseline_state)); }

void ssc_baseline_state_free(ssc_baseline_state *state) {
  if (!state) return;
  free(state->codes);
  free(state);
}

ssc_status ssc_baseline_decode(ssc_baseline_state *state, const uint8_t *bytes, size_t length, uint64_t pixel_limit,
                               uint32_t least_side, uint32_t least_colour_side, ssc_planes_header *header,
                               uint8_t *planes, size_t capacity) {
  memset(header, 0, sizeof *header);
  ssc_baseline_frame frame;
  if (!ssc_baseline_read_frame(bytes, length, &frame)) return SSC_UNSUPPORTED;
  if ((uint64_t)frame.width * frame.height > pixel_limit) return SSC_UNSUPPORTED;
  channel channels[SSC_COMPONENT_LIMIT] = {0};
  measure(&frame, least_side, least_colour_side, channels, header);
  uint64_t size = 0;
  for (uint32_t i = 0; i < frame.component_count; i++) size += (uint64_t)channels[i].width * channels[i].height;
  if (size > capacity) return SSC_BUFFER_TOO_SMALL;

  const size_t code_length = length - frame.scan_start;
  if (code_length > SIZE_MAX - SSC_READER_PADDING) return SSC_UNSUPPORTED;
  if (code_length + SSC_READER_PADDING > state->capacity) {
    free(state->codes);
    state->capacity = code_length + SSC_READER_PADDING;
    state->codes = malloc(state->capacity);
    if (!state->codes) state->capacity = 0;
    if (!state->codes) return SSC_UNSUPPORTED;
  }
  for (uint32_t i = 0; i < frame.component_count; i++) {
    channels[i].samples = i == 0 ? planes : channels[i - 1].samples + (size_t)channels[i - 1].width * channels[i - 1].height;
    if (!prepare(state, &frame, i, code_length >= LONG_SCAN, &channels[i])) return SSC_UNSUPPORTED;
  }
  const bool is_sound = decode_scan(&frame, channels, bytes + frame.scan_start, bytes + length, state->codes);
  return is_sound ? SSC_OK : SSC_UNSUPPORTED;
}
