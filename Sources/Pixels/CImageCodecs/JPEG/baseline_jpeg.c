// Baseline JPEGs as they are usual, faster than libjpeg decodes them: only what is wanted of each block is worked out.

#include "baseline_jpeg.h"

#include <stdlib.h>
#include <string.h>

#include "baseline_block.h"

enum {
  END_OF_IMAGE = 0xd9,
  FIRST_RESTART = 0xd0,
  /// Bytes of codes from which on it pays to make skips for one picture.
  LONG_SCAN = 8192,
  /// Repetitions of a table after which more pictures with it are to be expected.
  FREQUENT = 4,
};

struct ss_baseline_state {
  ss_huffman_table dc[SS_TABLE_COUNT], ac[SS_TABLE_COUNT];
  /// The codes between two markers, without the zeros that are stuffed into them.
  uint8_t *codes;
  size_t capacity;
};

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
    memset(code, 0, SS_READER_PADDING);
    return bytes;
  }
}

static bool decode_mcu(ss_bit_reader *reader, ss_baseline_channel *channels, uint32_t count, uint32_t column,
                       uint32_t row) {
  for (ss_baseline_channel *channel = channels; channel < channels + count; channel++) {
    for (uint32_t y = 0; y < channel->down; y++) {
      for (uint32_t x = 0; x < channel->across; x++) {
        const uint32_t block_column = column * channel->across + x, block_row = row * channel->down + y;
        if (!ss_baseline_decode_block(reader, channel, block_column, block_row)) return false;
      }
    }
  }
  return true;
}

/// Decodes the codes of the scan, to the end of the image right behind them.
static bool decode_scan(const ss_baseline_frame *frame, ss_baseline_channel *channels, const uint8_t *bytes,
                        const uint8_t *end, uint8_t *codes) {
  const uint32_t mcu_width = 8 * channels->across, mcu_height = 8 * channels->down;
  const uint32_t columns = (frame->width + mcu_width - 1) / mcu_width;
  const uint32_t rows = (frame->height + mcu_height - 1) / mcu_height;
  size_t count;
  uint8_t marker;
  uint32_t left = frame->restart_interval, restarts = 0;
  bytes = copy_codes(bytes, end, codes, &count, &marker);
  if (!bytes) return false;
  ss_bit_reader reader = ss_read_bits(codes, count);
  for (uint32_t row = 0; row < rows; row++) {
    for (uint32_t column = 0; column < columns; column++) {
      if (frame->restart_interval > 0 && left-- == 0) {
        if (!ss_is_at_end(&reader) || marker != FIRST_RESTART + restarts % 8) return false;
        restarts += 1;
        left = frame->restart_interval - 1;
        bytes = copy_codes(bytes, end, codes, &count, &marker);
        if (!bytes) return false;
        reader = ss_read_bits(codes, count);
        for (uint32_t i = 0; i < frame->component_count; i++) channels[i].prediction = 0;
      }
      if (!decode_mcu(&reader, channels, frame->component_count, column, row)) return false;
    }
  }
  return ss_is_at_end(&reader) && marker == END_OF_IMAGE;
}

/// The smallest scale at which the shorter side keeps `least_side` of its pixels, if it has them.
static uint32_t scale(uint32_t width, uint32_t height, uint32_t least_side) {
  const uint64_t side = width < height ? width : height;
  uint32_t eighths = 1;
  while (eighths < 8 && side * eighths / 8 < least_side) eighths *= 2;
  return eighths;
}

/// Prepares the tables and factors of a channel.
static bool prepare(ss_baseline_state *state, const ss_baseline_frame *frame, uint32_t index, bool is_long,
                    ss_baseline_channel *channel) {
  const ss_baseline_component *component = &frame->components[index];
  const ss_huffman_definition dc = frame->dc[component->dc_table], ac = frame->ac[component->ac_table];
  ss_huffman_table *const differences = &state->dc[component->dc_table];
  ss_huffman_table *const table = &state->ac[component->ac_table];
  if (!ss_huffman_define(differences, true, dc.bytes, dc.length)) return false;
  if (!ss_huffman_define(table, false, ac.bytes, ac.length)) return false;
  if (channel->eighths <= 1 && (is_long || table->repetitions >= FREQUENT)) ss_huffman_make_skips(table);
  channel->uses_skips = table->has_skips;
  channel->dc = differences;
  channel->ac = table;
  channel->across = component->across;
  channel->down = component->down;
  const uint8_t *factors = frame->quantisers[component->quantiser];
  for (uint32_t i = 0; i < 64; i++) channel->factors[SS_ZIGZAG[i]] = factors[i];
  return true;
}

/// Sizes of the planes, also in the header.
static void measure(const ss_baseline_frame *frame, uint32_t least_side, uint32_t least_colour_side,
                    ss_baseline_channel *channels, ss_baseline_header *header) {
  ss_baseline_channel *const luma = &channels[0];
  luma->eighths = scale(frame->width, frame->height, least_side);
  luma->width = (frame->width * luma->eighths + 7) / 8;
  luma->height = (frame->height * luma->eighths + 7) / 8;
  *header = (ss_baseline_header){frame->width, frame->height, luma->width, luma->height, 0, 0};
  if (frame->component_count == 1 || least_colour_side == 0) return;
  const uint32_t across = frame->components[0].across / frame->components[1].across;
  const uint32_t down = frame->components[0].down / frame->components[1].down;
  const uint32_t width = (frame->width + across - 1) / across, height = (frame->height + down - 1) / down;
  for (ss_baseline_channel *colour = luma + 1; colour < luma + 3; colour++) {
    colour->eighths = scale(width, height, least_colour_side);
    colour->width = header->colour_width = (width * colour->eighths + 7) / 8;
    colour->height = header->colour_height = (height * colour->eighths + 7) / 8;
  }
}

ss_baseline_state *ss_baseline_state_create(void) { return calloc(1, sizeof(ss_baseline_state)); }

void ss_baseline_state_free(ss_baseline_state *state) {
  if (!state) return;
  free(state->codes);
  free(state);
}

ss_codec_status ss_baseline_decode(ss_baseline_state *state, const uint8_t *bytes, size_t length, uint64_t pixel_limit,
                                   uint32_t least_side, uint32_t least_colour_side, ss_baseline_header *header,
                                   uint8_t *planes, size_t capacity) {
  memset(header, 0, sizeof *header);
  ss_baseline_frame frame;
  if (!ss_baseline_read_frame(bytes, length, &frame)) return SS_CODEC_UNSUPPORTED;
  if ((uint64_t)frame.width * frame.height > pixel_limit) return SS_CODEC_UNSUPPORTED;
  ss_baseline_channel channels[SS_COMPONENT_LIMIT] = {0};
  measure(&frame, least_side, least_colour_side, channels, header);
  uint64_t size = 0;
  for (uint32_t i = 0; i < frame.component_count; i++) size += (uint64_t)channels[i].width * channels[i].height;
  if (size > capacity) return SS_CODEC_BUFFER_TOO_SMALL;

  const size_t code_length = length - frame.scan_start;
  if (code_length > SIZE_MAX - SS_READER_PADDING) return SS_CODEC_UNSUPPORTED;
  if (code_length + SS_READER_PADDING > state->capacity) {
    free(state->codes);
    state->capacity = code_length + SS_READER_PADDING;
    state->codes = malloc(state->capacity);
    if (!state->codes) state->capacity = 0;
    if (!state->codes) return SS_CODEC_UNSUPPORTED;
  }
  for (uint32_t i = 0; i < frame.component_count; i++) {
    channels[i].samples = planes;
    planes += (size_t)channels[i].width * channels[i].height;
    if (!prepare(state, &frame, i, code_length >= LONG_SCAN, &channels[i])) return SS_CODEC_UNSUPPORTED;
  }
  const bool is_sound = decode_scan(&frame, channels, bytes + frame.scan_start, bytes + length, state->codes);
  return is_sound ? SS_CODEC_OK : SS_CODEC_UNSUPPORTED;
}
