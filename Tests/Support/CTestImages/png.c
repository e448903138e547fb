#include "CTestImages.h"

#include <setjmp.h>
#include <string.h>

#include <png.h>

struct sink {
  uint8_t *bytes;
  size_t capacity;
  size_t count;
};

static void append(png_structp png, png_bytep bytes, size_t count) {
  struct sink *sink = png_get_io_ptr(png);
  if (count > sink->capacity - sink->count) png_error(png, "the buffer is full");
  memcpy(sink->bytes + sink->count, bytes, count);
  sink->count += count;
}

static void flush(png_structp png) { (void)png; }

static void leave(png_structp png, png_const_charp message) {
  (void)message;
  png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void set_palette(png_structp png, png_infop info, const ss_test_png_options *options) {
  png_color palette[256];
  int count = options->palette_count > 256 ? 256 : options->palette_count;
  for (int entry = 0; entry < count; entry++) {
    const uint8_t *triple = options->palette + 3 * entry;
    palette[entry] = (png_color){triple[0], triple[1], triple[2]};
  }
  png_set_PLTE(png, info, palette, count);
  if (options->palette_alpha_count > 0)
    png_set_tRNS(png, info, options->palette_alpha, options->palette_alpha_count, NULL);
}

static void set_transparent_colour(png_structp png, png_infop info, const ss_test_png_options *options) {
  const uint16_t *colour = options->transparent_colour;
  png_color_16 transparent = {.red = colour[0], .green = colour[1], .blue = colour[2], .gray = colour[0]};
  png_set_tRNS(png, info, NULL, 0, &transparent);
}

static const int channels_of[] = {1, 0, 3, 1, 2, 0, 4};

size_t ss_test_encode_png(const uint8_t *pixels, const ss_test_png_options *options, uint8_t *buffer, size_t capacity) {
  struct sink sink = {buffer, capacity, 0};
  png_infop volatile info = NULL;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, leave, ignore_warning);
  if (png == NULL) return 0;
  if (setjmp(png_jmpbuf(png))) {
    png_infop made = info;
    png_destroy_write_struct(&png, &made);
    return 0;
  }
  info = png_create_info_struct(png);
  if (info == NULL) png_error(png, "out of memory");
  png_set_write_fn(png, &sink, append, flush);
  png_set_compression_level(png, options->compression_level);
  png_set_IHDR(png, info, options->width, options->height, options->bit_depth, (int)options->colour,
               options->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
               PNG_FILTER_TYPE_BASE);
  if (options->gamma > 0) png_set_gAMA(png, info, options->gamma);
  if (options->colour == SS_TEST_PNG_PALETTE) set_palette(png, info, options);
  if (options->has_transparent_colour) set_transparent_colour(png, info, options);
  png_write_info(png, info);
  size_t bits = (size_t)options->width * (size_t)channels_of[options->colour] * (size_t)options->bit_depth;
  size_t stride = (bits + 7) / 8;
  int passes = png_set_interlace_handling(png);
  for (int pass = 0; pass < passes; pass++)
    for (size_t row = 0; row < options->height; row++) png_write_row(png, pixels + row * stride);
  png_write_end(png, info);
  png_infop made = info;
  png_destroy_write_struct(&png, &made);
  return sink.count;
}
