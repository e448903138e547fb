// One decoding of arbitrary bytes by the baseline decoder, held against libjpeg: the entry point of libFuzzer, also
// called by replay.c.
//
// What the baseline decoder takes, libjpeg must take, and give the same luma, byte by byte; and the same colour, where
// the file has it in the size of the picture. Input and planes end where a page begins that nobody may touch.

#define _DEFAULT_SOURCE

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "CImageCodecs.h"
#include "guarded.h"

/// Small, so that time goes into variety and not into large pictures.
static const uint64_t PIXEL_LIMIT = 1 << 16;

/// Whether the last input decoded: for replay.c.
int last_input_decoded;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);
int decodes_fixture(const char *name);

/// Whether a fixture of replay.c is one of the files that are decoded: grey or YCbCr, and not progressive.
int decodes_fixture(const char *name) {
  int space, variant;
  return sscanf(name, "space%d-variant%d.jpg", &space, &variant) == 2 && space <= 1 && (variant & 2) == 0;
}

/// Kept from input to input, as it is from file to file: no table of an earlier input may be seen in a later one.
static ss_baseline_state *state;

/// Decodes once more with a state of its own and expects the same.
static void require_repeatable(struct guarded input, size_t count, uint32_t side, uint32_t colour_side,
                               const ss_baseline_header *header, struct guarded planes, size_t size) {
  ss_baseline_state *fresh = ss_baseline_state_create();
  require(fresh != NULL);
  struct guarded others = guarded_bytes(size);
  ss_baseline_header other;
  require(ss_baseline_decode(fresh, input.bytes, count, PIXEL_LIMIT, side, colour_side, &other, others.bytes, size) ==
          SS_CODEC_OK);
  require(memcmp(&other, header, sizeof other) == 0 && memcmp(planes.bytes, others.bytes, size) == 0);
  munmap(others.mapping, others.mapped);
  ss_baseline_state_free(fresh);
}

/// Decodes with libjpeg and expects the same.
static void require_same(struct guarded input, size_t count, uint32_t side, uint32_t colour_side,
                         const ss_baseline_header *header, const uint8_t *planes) {
  char message[SS_CODEC_MESSAGE_CAPACITY];
  ss_jpeg_luma_header expected;
  const size_t luma_size = (size_t)header->luma_width * header->luma_height;
  struct guarded pixels = guarded_bytes(3 * luma_size);
  require(ss_jpeg_decode_luma(input.bytes, count, PIXEL_LIMIT, side, colour_side > 0, &expected, pixels.bytes,
                              3 * luma_size, message) == SS_CODEC_OK);
  require(expected.width == header->width && expected.height == header->height);
  require(expected.luma_width == header->luma_width && expected.luma_height == header->luma_height);
  const size_t channels = expected.channels;
  for (size_t i = 0; i < luma_size; i++) require(planes[i] == pixels.bytes[channels * i]);
  require((channels == 3) == (header->colour_width > 0));
  // At the full size a file whose colour is no smaller than its luma has nothing to be smoothed.
  const int is_whole = header->luma_width == header->width && header->luma_height == header->height;
  if (channels == 3 && is_whole && header->colour_width == header->width && header->colour_height == header->height) {
    for (size_t i = 0; i < 2 * luma_size; i++) {
      require(planes[luma_size + i] == pixels.bytes[3 * (i % luma_size) + 1 + i / luma_size]);
    }
  }
  munmap(pixels.mapping, pixels.mapped);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  if (count == 0) return 0;
  if (!state) state = ss_baseline_state_create();
  require(state != NULL);
  struct guarded input = guarded_bytes(count);
  memcpy(input.bytes, bytes, count);
  last_input_decoded = 0;
  static const uint32_t sides[][2] = {{1, 0}, {1, 1}, {4, 6}, {6, 4}, {256, 0}, {256, 256}};
  for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
    const uint32_t side = sides[i][0], colour_side = sides[i][1];
    ss_baseline_header header;
    uint8_t nothing;
    ss_codec_status status =
        ss_baseline_decode(state, input.bytes, count, PIXEL_LIMIT, side, colour_side, &header, &nothing, 0);
    require(status == SS_CODEC_UNSUPPORTED || status == SS_CODEC_BUFFER_TOO_SMALL);
    if (status == SS_CODEC_UNSUPPORTED) break;
    require(header.width > 0 && header.height > 0 && (uint64_t)header.width * header.height <= PIXEL_LIMIT);
    require(header.luma_width > 0 && header.luma_width <= header.width);
    require(header.luma_height > 0 && header.luma_height <= header.height);
    const size_t size =
        (size_t)header.luma_width * header.luma_height + 2 * (size_t)header.colour_width * header.colour_height;
    struct guarded planes = guarded_bytes(size);
    memset(planes.bytes, 0x55, size);
    status =
        ss_baseline_decode(state, input.bytes, count, PIXEL_LIMIT, side, colour_side, &header, planes.bytes, size - 1);
    require(status == SS_CODEC_BUFFER_TOO_SMALL);
    status = ss_baseline_decode(state, input.bytes, count, PIXEL_LIMIT, side, colour_side, &header, planes.bytes, size);
    require(status == SS_CODEC_UNSUPPORTED || status == SS_CODEC_OK);
    if (status == SS_CODEC_OK) {
      last_input_decoded = 1;
      require_repeatable(input, count, side, colour_side, &header, planes, size);
      require_same(input, count, side, colour_side, &header, planes.bytes);
    }
    munmap(planes.mapping, planes.mapped);
  }
  munmap(input.mapping, input.mapped);
  return 0;
}
