// The segments of a regular baseline JPEG. Whatever is in doubt is left to libjpeg.

#include "baseline_jpeg.h"

#include <string.h>

enum {
  START_OF_FRAME_0 = 0xc0,
  START_OF_FRAME_1 = 0xc1,
  HUFFMAN_TABLES = 0xc4,
  START_OF_IMAGE = 0xd8,
  START_OF_SCAN = 0xda,
  QUANTISERS = 0xdb,
  RESTART_INTERVAL = 0xdd,
  FIRST_APPLICATION = 0xe0,
  ADOBE_APPLICATION = 0xee,
  LAST_APPLICATION = 0xef,
  COMMENT = 0xfe,
};

/// libjpeg's.
enum { LARGEST_SIDE = 65500, MOST_BLOCKS_OF_MCU = 10 };

/// What tells the colour space.
typedef struct colour_hints {
  bool is_jfif, is_adobe;
  uint8_t adobe_transform;
} colour_hints;

static uint32_t sixteen_bits(const uint8_t *bytes) { return (uint32_t)bytes[0] << 8 | bytes[1]; }

static bool read_quantisers(ss_baseline_frame *frame, const uint8_t *bytes, size_t count) {
  for (; count > 0; bytes += 65, count -= 65) {
    // The high half is 1 for factors of 16 bits.
    if (count < 65 || bytes[0] >= SS_TABLE_COUNT || memchr(bytes + 1, 0, 64)) return false;
    frame->quantisers[bytes[0]] = bytes + 1;
  }
  return true;
}

static bool read_huffman_tables(ss_baseline_frame *frame, const uint8_t *bytes, size_t count) {
  while (count > 0) {
    if (count < 1 + 16 || (bytes[0] & 15) >= SS_TABLE_COUNT || bytes[0] >> 4 > 1) return false;
    size_t length = 16;
    for (size_t i = 1; i <= 16; i++) length += bytes[i];
    if (length > SS_HUFFMAN_DEFINITION || length > count - 1) return false;
    ss_huffman_definition *tables = bytes[0] >> 4 == 0 ? frame->dc : frame->ac;
    tables[bytes[0] & 15] = (ss_huffman_definition){bytes + 1, length};
    bytes += 1 + length;
    count -= 1 + length;
  }
  return true;
}

static bool read_frame_header(ss_baseline_frame *frame, const uint8_t *bytes, size_t count) {
  if (frame->component_count != 0 || count < 6 || bytes[0] != 8) return false;
  frame->height = sixteen_bits(bytes + 1);
  frame->width = sixteen_bits(bytes + 3);
  const size_t components = bytes[5];
  if (frame->width == 0 || frame->width > LARGEST_SIDE) return false;
  if (frame->height == 0 || frame->height > LARGEST_SIDE) return false;
  if ((components != 1 && components != 3) || count != 6 + 3 * components) return false;
  frame->component_count = (uint32_t)components;
  int blocks = 0;
  for (size_t i = 0; i < components; i++) {
    ss_baseline_component *component = &frame->components[i];
    component->identifier = bytes[6 + 3 * i];
    component->across = bytes[7 + 3 * i] >> 4;
    component->down = bytes[7 + 3 * i] & 15;
    component->quantiser = bytes[8 + 3 * i];
    if (component->across < 1 || component->across > 2 || component->down < 1 || component->down > 2) return false;
    if (component->quantiser >= SS_TABLE_COUNT) return false;
    blocks += component->across * component->down;
    if (component->across > frame->components[0].across || component->down > frame->components[0].down) return false;
    for (size_t j = 0; j < i; j++) {
      if (component->identifier == frame->components[j].identifier) return false;
    }
  }
  if (blocks > MOST_BLOCKS_OF_MCU) return false;
  const ss_baseline_component *blue = &frame->components[1], *red = &frame->components[2];
  if (components == 3) return blue->across == red->across && blue->down == red->down;
  // A scan of one component has MCUs of one block, whatever is declared.
  frame->components[0].across = frame->components[0].down = 1;
  return true;
}

/// Whether the three components are Y, Cb and Cr by the rules that libjpeg has, as far as they leave no doubt.
static bool is_luma_and_colour(const ss_baseline_frame *frame, colour_hints hints) {
  if (hints.is_jfif) return true;
  if (hints.is_adobe) return hints.adobe_transform == 1;
  const ss_baseline_component *components = frame->components;
  return !(components[0].identifier == 'R' && components[1].identifier == 'G' && components[2].identifier == 'B');
}

static bool read_scan_header(ss_baseline_frame *frame, const uint8_t *bytes, size_t count, colour_hints hints) {
  const uint32_t components = frame->component_count;
  if (components == 0 || count != 4 + 2 * components || bytes[0] != components) return false;
  for (uint32_t i = 0; i < components; i++) {
    ss_baseline_component *component = &frame->components[i];
    if (bytes[1 + 2 * i] != component->identifier) return false;
    component->dc_table = bytes[2 + 2 * i] >> 4;
    component->ac_table = bytes[2 + 2 * i] & 15;
    if (component->dc_table >= SS_TABLE_COUNT || component->ac_table >= SS_TABLE_COUNT) return false;
    if (!frame->dc[component->dc_table].bytes || !frame->ac[component->ac_table].bytes) return false;
    if (!frame->quantisers[component->quantiser]) return false;
  }
  static const uint8_t whole_spectrum[3] = {0, 63, 0};
  if (memcmp(bytes + 1 + 2 * components, whole_spectrum, 3) != 0) return false;
  return components == 1 || is_luma_and_colour(frame, hints);
}

/// Notes what an application's segment says of colours. False for a JFIF of another revision than the first.
static bool read_application(colour_hints *hints, uint8_t marker, const uint8_t *bytes, size_t count) {
  if (marker == FIRST_APPLICATION && count >= 14 && memcmp(bytes, "JFIF", 5) == 0) {
    hints->is_jfif = true;
    return bytes[5] == 1;
  }
  if (marker == ADOBE_APPLICATION && count >= 12 && memcmp(bytes, "Adobe", 5) == 0) {
    hints->is_adobe = true;
    hints->adobe_transform = bytes[11];
  }
  return true;
}

bool ss_baseline_read_frame(const uint8_t *bytes, size_t length, ss_baseline_frame *frame) {
  memset(frame, 0, sizeof *frame);
  colour_hints hints = {0};
  if (length < 4 || bytes[0] != 0xff || bytes[1] != START_OF_IMAGE) return false;
  size_t position = 2;
  while (length - position >= 4) {
    if (bytes[position] != 0xff) return false;
    const uint8_t marker = bytes[position + 1];
    const size_t size = sixteen_bits(bytes + position + 2);
    if (size < 2 || size > length - position - 2) return false;
    const uint8_t *payload = bytes + position + 4;
    const size_t count = size - 2;
    position += 2 + size;

    bool is_regular;
    switch (marker) {
    case START_OF_FRAME_0:
    case START_OF_FRAME_1: is_regular = read_frame_header(frame, payload, count); break;
    case HUFFMAN_TABLES: is_regular = read_huffman_tables(frame, payload, count); break;
    case QUANTISERS: is_regular = read_quantisers(frame, payload, count); break;
    case RESTART_INTERVAL:
      is_regular = count == 2;
      if (is_regular) frame->restart_interval = sixteen_bits(payload);
      break;
    case START_OF_SCAN: frame->scan_start = position; return read_scan_header(frame, payload, count, hints);
    default:
      is_regular = (marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION) || marker == COMMENT;
      if (is_regular) is_regular = read_application(&hints, marker, payload, count);
    }
    if (!is_regular) return false;
  }
  return false;
}
