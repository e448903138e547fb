// One decoding of arbitrary bytes: the entry point of libFuzzer, also called by replay.c.
//
// The codecs are not instrumented, so the sanitizers cannot see what they read and write. Input and pixels therefore
// end where a page begins that nobody may touch: one byte too far is a crash whoever goes there.

#define _DEFAULT_SOURCE

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "CImageCodecs.h"
#include "guarded.h"

/// Small, so that time goes into variety and not into large pictures.
static const uint64_t PIXEL_LIMIT = 1 << 16;

/// A status and its message belong together: silence on success, a sentence otherwise.
static void require_message(ss_codec_status status, const char *message) {
  require(memchr(message, 0, SS_CODEC_MESSAGE_CAPACITY) != NULL);
  require(status == SS_CODEC_TOO_MANY_PIXELS || (status == SS_CODEC_OK) == (message[0] == 0));
}

typedef ss_codec_status header_function(const uint8_t *, size_t, uint64_t, ss_codec_header *, char *);
typedef ss_codec_status decode_function(const uint8_t *, size_t, uint8_t *, size_t, char *);

/// Does what the Swift side does: header, allocation of exactly that size, pixels.
static ss_codec_status decode(const uint8_t *bytes, size_t count, header_function *read, decode_function *decode) {
  char message[SS_CODEC_MESSAGE_CAPACITY];
  memset(message, 'x', sizeof message);
  ss_codec_header header = {0};
  ss_codec_status status = read(bytes, count, PIXEL_LIMIT, &header, message);
  require_message(status, message);
  if (status != SS_CODEC_OK) return status;
  require(header.width > 0 && header.height > 0);
  require((uint64_t)header.width * header.height <= PIXEL_LIMIT);
  require(header.bits_per_channel == 8 || header.bits_per_channel == 16);

  const size_t capacity = (size_t)header.width * header.height * 4 * header.bits_per_channel / 8;
  struct guarded pixels = guarded_bytes(capacity);
  status = decode(bytes, count, pixels.bytes, capacity, message);
  require_message(status, message);
  require(decode(bytes, count, pixels.bytes, capacity - 1, message) != SS_CODEC_OK);
  munmap(pixels.mapping, pixels.mapped);
  return status;
}

static ss_codec_status decode_whole_jpeg(const uint8_t *bytes, size_t count, uint8_t *pixels, size_t capacity,
                                         char *message) {
  return ss_jpeg_decode(bytes, count, 8, pixels, capacity, message);
}

static ss_codec_status decode_png(const uint8_t *bytes, size_t count, uint8_t *pixels, size_t capacity, char *message) {
  ss_png_repairs repairs;
  return ss_png_decode(bytes, count, pixels, capacity, &repairs, message);
}

/// A JPEG at every scale: what the whole picture decodes to, the smaller ones must.
static void decode_scaled(const uint8_t *bytes, size_t count) {
  char message[SS_CODEC_MESSAGE_CAPACITY];
  ss_codec_header whole = {0};
  if (ss_jpeg_read_header(bytes, count, PIXEL_LIMIT, &whole, message) != SS_CODEC_OK) return;
  for (uint32_t eighths = 1; eighths <= 4; eighths *= 2) {
    const size_t width = ((size_t)whole.width * eighths + 7) / 8, height = ((size_t)whole.height * eighths + 7) / 8;
    struct guarded pixels = guarded_bytes(width * height * 4);
    require_message(ss_jpeg_decode(bytes, count, eighths, pixels.bytes, width * height * 4, message), message);
    munmap(pixels.mapping, pixels.mapped);
  }
  for (uint32_t side = 1; side <= 256; side *= 16) {
    ss_jpeg_luma_header header = {0};
    uint8_t nothing;
    ss_codec_status status =
        ss_jpeg_decode_luma(bytes, count, PIXEL_LIMIT, side, side == 16, &header, &nothing, 0, message);
    require_message(status, message);
    if (status != SS_CODEC_BUFFER_TOO_SMALL) return;
    require(header.luma_width > 0 && header.luma_width <= header.width && header.luma_height <= header.height);
    const size_t capacity = (size_t)header.luma_width * header.luma_height * header.channels;
    struct guarded luma = guarded_bytes(capacity);
    status = ss_jpeg_decode_luma(bytes, count, PIXEL_LIMIT, side, side == 16, &header, luma.bytes, capacity, message);
    require_message(status, message);
    require(status != SS_CODEC_BUFFER_TOO_SMALL && status != SS_CODEC_TOO_MANY_PIXELS && status != SS_CODEC_NO_LUMA);
    munmap(luma.mapping, luma.mapped);
  }
}

/// Whether the last input decoded: for replay.c.
int last_input_decoded;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);
int decodes_fixture(const char *name);

/// Whether a fixture of replay.c is one of the files that are decoded: all are.
int decodes_fixture(const char *name) { return name != NULL; }

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  if (count == 0) return 0;
  struct guarded input = guarded_bytes(count);
  memcpy(input.bytes, bytes, count);
  // Either codec must stand the other's files, so that nothing hangs on the sniffing.
  const ss_codec_status jpeg = decode(input.bytes, count, ss_jpeg_read_header, decode_whole_jpeg);
  decode_scaled(input.bytes, count);
  const ss_codec_status png = decode(input.bytes, count, ss_png_read_header, decode_png);
  last_input_decoded = jpeg == SS_CODEC_OK || png == SS_CODEC_OK;
  munmap(input.mapping, input.mapped);
  return 0;
}
