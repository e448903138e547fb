// Decodes fixtures, all their prefixes and all their single-byte changes, under whatever sanitizer it was built with.
//
// usage: replay                 fixtures made here
//        replay FILE...         these files
//        replay --write DIR     writes the fixtures, as seeds for libFuzzer

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CTestImages.h"

extern int last_input_decoded;
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);
int decodes_fixture(const char *name);

enum { WIDTH = 21, HEIGHT = 13, CAPACITY = 1 << 16, IEND_LENGTH = 12 };

typedef void visitor(const char *name, uint8_t *bytes, size_t count, const char *folder);

static int failures;

static void fail(const char *name, const char *what, size_t at) {
  fprintf(stderr, "%s: %s at byte %zu\n", name, what, at);
  failures += 1;
}

static void replay(const char *name, uint8_t *bytes, size_t count, const char *is_fixture) {
  LLVMFuzzerTestOneInput(bytes, count);
  if (is_fixture && !last_input_decoded && decodes_fixture(name)) fail(name, "a sound file was refused", count);
  if (is_fixture && last_input_decoded && !decodes_fixture(name))
    fail(name, "a file of another kind was decoded", count);
  for (size_t length = 0; length < count; length++) {
    last_input_decoded = 0;
    LLVMFuzzerTestOneInput(bytes, length);
    // Of a PNG the chunk that ends it may be missing: the picture is whole without it.
    size_t tail = strstr(name, ".png") ? IEND_LENGTH : 0;
    if (is_fixture && last_input_decoded && length + tail < count) fail(name, "a cut file was decoded", length);
  }
  static const uint8_t masks[] = {0x01, 0x10, 0x80, 0xff};
  for (size_t index = 0; index < count; index++) {
    for (size_t mask = 0; mask < sizeof masks; mask++) {
      bytes[index] ^= masks[mask];
      LLVMFuzzerTestOneInput(bytes, count);
      bytes[index] ^= masks[mask];
    }
  }
  printf("%s: %zu bytes\n", name, count);
}

static void write_file(const char *name, uint8_t *bytes, size_t count, const char *folder) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  if (!file || fwrite(bytes, 1, count, file) != count || fclose(file) != 0) {
    perror(path);
    exit(2);
  }
}

/// Makes a JPEG for every colour space, mode and subsampling, and a PNG for every colour type, depth and interlacing.
static void visit_fixtures(visitor *visit, const char *argument) {
  static uint8_t source[WIDTH * HEIGHT * 8], bytes[CAPACITY];
  char name[64];
  for (size_t i = 0; i < sizeof source; i++) source[i] = (uint8_t)(i * i / 7 + i);

  for (int space = SS_TEST_JPEG_GRAY; space <= SS_TEST_JPEG_YCCK; space++) {
    for (int variant = 0; variant < 8; variant++) {
      const ss_test_jpeg_options options = {
          .width = WIDTH,
          .height = HEIGHT,
          .space = (ss_test_jpeg_space)space,
          .quality = 50,
          .horizontal_sampling = variant & 1 ? 2 : 1,
          .vertical_sampling = variant & 1 ? 2 : 1,
          .progressive = variant & 2,
          .restart_interval = variant & 4 ? 1 : 0,
          .exif_orientation = 6,
      };
      const size_t count = ss_test_encode_jpeg(source, &options, bytes, CAPACITY);
      snprintf(name, sizeof name, "space%d-variant%d.jpg", space, variant);
      if (count == 0) fail(name, "not encoded", 0);
      visit(name, bytes, count, argument);
    }
  }

  static const ss_test_png_colour colours[] = {
      SS_TEST_PNG_GRAY, SS_TEST_PNG_RGB, SS_TEST_PNG_PALETTE, SS_TEST_PNG_GRAY_ALPHA, SS_TEST_PNG_RGBA,
  };
  for (size_t colour = 0; colour < sizeof colours / sizeof *colours; colour++) {
    for (int depth = 1; depth <= 16; depth *= 2) {
      const int is_palette = colours[colour] == SS_TEST_PNG_PALETTE;
      if (colours[colour] != SS_TEST_PNG_GRAY && (is_palette ? depth > 8 : depth < 8)) continue;
      for (int interlaced = 0; interlaced <= 1; interlaced++) {
        const ss_test_png_options options = {
            .width = WIDTH,
            .height = HEIGHT,
            .colour = colours[colour],
            .bit_depth = depth,
            .interlaced = interlaced,
            .compression_level = 9,
            .palette = source,
            .palette_count = is_palette ? 1 << depth : 0,
            .palette_alpha = source,
            .palette_alpha_count = is_palette ? 2 : 0,
            .has_transparent_colour = colours[colour] == SS_TEST_PNG_GRAY || colours[colour] == SS_TEST_PNG_RGB,
            .transparent_colour = {1, 1, 1},
            .gamma = 1.0,
        };
        const size_t count = ss_test_encode_png(source, &options, bytes, CAPACITY);
        snprintf(name, sizeof name, "colour%d-depth%d-%d.png", (int)colours[colour], depth, interlaced);
        if (count == 0) fail(name, "not encoded", 0);
        visit(name, bytes, count, argument);
      }
    }
  }
}

static void replay_file(const char *path) {
  FILE *file = fopen(path, "rb");
  static uint8_t bytes[1 << 20];
  const size_t count = file ? fread(bytes, 1, sizeof bytes, file) : 0;
  if (!file || ferror(file) || !feof(file)) {
    fprintf(stderr, "%s: cannot be read whole\n", path);
    exit(2);
  }
  fclose(file);
  replay(path, bytes, count, NULL);
}

int main(int count, char **arguments) {
  if (count == 3 && strcmp(arguments[1], "--write") == 0) {
    visit_fixtures(write_file, arguments[2]);
  } else if (count > 1) {
    for (int i = 1; i < count; i++) replay_file(arguments[i]);
  } else {
    visit_fixtures(replay, "fixture");
  }
  return failures == 0 ? 0 : 1;
}
