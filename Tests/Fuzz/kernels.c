// Runs the detector's pixel work and the search's kernels on odd sizes and extreme values, in buffers that end where
// the data ends, under whatever sanitizer it was built with.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "CDotProduct.h"
#include "CVision.h"

static uint64_t state = 1;

// SplitMix64.
static uint64_t next(void) {
  uint64_t mixed = state += 0x9e3779b97f4a7c15;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

static void *room(size_t count, size_t size) {
  void *buffer = malloc(count * size);
  if (!buffer) abort();
  return buffer;
}

static void check(int holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "kernels: %s\n", what);
  exit(1);
}

// What a channel is made of.
typedef enum kind { BLACK, WHITE, NOISE, EDGES, FRAMED, FAINT, FAINT_NOISE, PAINTED, KIND_COUNT } kind;

static uint8_t channel(kind kind, size_t x, size_t y, size_t width, size_t height) {
  switch (kind) {
  case BLACK: return 0;
  case WHITE: return 255;
  case NOISE: return (uint8_t)next();
  case EDGES: return (x + y) % 2 ? 255 : 0;
  case FAINT: return (uint8_t)(3 * x > width + y % 3);
  case FAINT_NOISE: return (uint8_t)(240 + next() % 9);
  // A block that reaches the lower edge.
  case PAINTED: return x * 4 >= width && x * 4 < 3 * width && y * 2 >= height ? 90 : (uint8_t)next();
  default: return x * 4 < width || x * 4 >= 3 * width || y * 8 < height || y * 8 >= 7 * height ? 20 : (uint8_t)next();
  }
}

// Takes pixels and luma to what is seen of them, in place where that is allowed.
static void see(uint8_t *rgba, size_t count, size_t channel_size, float *luma, size_t width, size_t height) {
  uint8_t *flat = room(count * 4, channel_size), *shown = room(count, 4);
  ss_vision_flatten(rgba, count, channel_size, flat);
  check(ss_vision_is_opaque(flat, count, channel_size), "a flattened picture is not opaque");
  for (int is_lossy = 0; is_lossy < 2; is_lossy++) {
    ss_vision_stretch stretch = {1, 127.5f};
    if (ss_vision_find_stretch(luma, width, height, is_lossy, &stretch)) {
      check(stretch.gain > 1 && isfinite(stretch.gain) && isfinite(stretch.middle), "a stretch is none");
      ss_vision_stretch_colour(luma, width * height, stretch, luma);
      ss_vision_stretch_luma(luma, width * height, stretch, luma);
    }
    ss_vision_show_pixels(flat, count, channel_size, stretch, shown);
  }
  for (size_t i = 0; i < width * height; i++) check(luma[i] >= 0 && luma[i] <= 255, "a level is none");
  check(ss_vision_is_opaque(shown, count, 1), "a shown picture is not opaque");
  free(flat), free(shown);
}

static int paint_count = 0;

// Covers what is painted over a plane of 128 x 128 levels.
static void unpaint(float *values) {
  enum { side = SS_VISION_CANONICAL_SIDE };
  uint8_t *levels = room(side * side, 1);
  size_t rect[4] = {0};
  float *paint = values + SS_VISION_PAINT;
  ss_vision_round(values, side * side, levels);
  for (int i = 0; i < 4; i++) paint[i] = 0;
  if (ss_vision_find_paint(levels, side, side, rect)) {
    paint_count++;
    check(rect[2] > 0 && rect[3] > 0 && rect[0] + rect[2] <= side && rect[1] + rect[3] <= side, "paint is outside");
    check(rect[2] < side || rect[3] < side, "all is paint");
    ss_vision_cover_paint(values, side, side, rect);
    for (int i = 0; i < 2; i++) {
      paint[i] = (float)rect[i] / side;
      paint[2 + i] = (float)(rect[i] + rect[2 + i]) / side;
    }
  }
  free(levels);
}

// Looks for paint in planes of any size.
static void find_paint(const float *luma, size_t width, size_t height) {
  uint8_t *levels = room(width * height, 1);
  size_t rect[4] = {0};
  ss_vision_round(luma, width * height, levels);
  if (ss_vision_find_paint(levels, width, height, rect))
    check(rect[0] + rect[2] <= width && rect[1] + rect[3] <= height, "paint is outside");
  free(levels);
}

// A comparison picture, made as the detector makes it.
static float *picture(kind kind, size_t width, size_t height, size_t factor, size_t channel_size) {
  size_t stride = width * factor + factor - 1, rows = height * factor;
  uint8_t *rgba = room(stride * rows * 4, channel_size);
  for (size_t i = 0; i < stride * rows * 4 * channel_size; i++) {
    size_t pixel = i / channel_size / 4;
    rgba[i] = channel(kind, pixel % stride, pixel / stride, stride, rows);
  }
  float *luma = room(width * height, sizeof *luma);
  for (size_t i = 0; i < width * height; i++) luma[i] = channel(kind, i % width, i / width, width, height);
  float *blue = room(width * height, sizeof *blue), *red = room(width * height, sizeof *red);
  see(rgba, stride * rows, channel_size, luma, width, height);
  ss_vision_chroma(rgba, channel_size, stride, width, height, factor, blue, red);

  size_t rect[4];
  ss_vision_trim_borders(luma, width, height, rect);
  check(rect[2] > 0 && rect[3] > 0 && rect[0] + rect[2] <= width && rect[1] + rect[3] <= height, "rect is outside");
  float *values = room(SS_VISION_PICTURE_COUNT, sizeof *values);
  ss_vision_scale(luma, width, rect[0], rect[1], rect[2], rect[3], SS_VISION_CANONICAL_SIDE, values);
  find_paint(luma, width, height);
  unpaint(values);
  ss_vision_fill_pyramid(values);
  float *colour = values + SS_VISION_PYRAMID_COUNT;
  ss_vision_scale(blue, width, rect[0], rect[1], rect[2], rect[3], SS_VISION_VIEW_SIDE, colour);
  ss_vision_scale(red, width, rect[0], rect[1], rect[2], rect[3], SS_VISION_VIEW_SIDE,
                  colour + SS_VISION_VIEW_SIDE * SS_VISION_VIEW_SIDE);
  for (size_t i = 0; i < SS_VISION_PICTURE_COUNT; i++) check(isfinite(values[i]), "a picture is not finite");
  free(rgba), free(luma), free(blue), free(red);
  return values;
}

static void describe(const float *values) {
  float *view = room(SS_VISION_VIEW_SIDE * SS_VISION_VIEW_SIDE, sizeof *view);
  float *histogram = room(SS_VISION_GRADIENT_COUNT, sizeof *histogram);
  int8_t *descriptor = room(SS_VISION_DESCRIPTOR_COUNT, 1), *oriented = room(SS_VISION_DESCRIPTOR_COUNT, 1);
  for (size_t part = 0; part < 4; part++) {
    // The whole, and halves at the right and at the bottom.
    size_t left = part & 1 ? 64 : 0, top = part & 2 ? 64 : 0;
    ss_vision_cut_view(values, left, top, SS_VISION_CANONICAL_SIDE - left, SS_VISION_CANONICAL_SIDE - top, view);
    check(ss_vision_view_detail(view) >= 0, "detail is negative");
    ss_vision_gradient_histogram(view, histogram);
    ss_vision_project(histogram, descriptor);
    for (int orientation = 1; orientation <= 8; orientation++) ss_vision_orient(descriptor, orientation, oriented);
  }
  free(view), free(histogram), free(descriptor), free(oriented);
}

static void align(const float *base, const float *query) {
  static const float starts[][6] = {
      {1, 0, 0, 0, 1, 0},       {0, -1, 1, -1, 0, 1}, {-2, 0, 1.5f, 0, 2, -0.5f}, {0.25f, 0, 0.75f, 0, 0.25f, 0.75f},
      {1e6f, 0, 0, 0, 1e6f, 0}, {0, 0, 0, 0, 0, 0},   {1, 0, 9, 0, 1, -9},
  };
  static const float views[][4] = {{0, 0, 1, 1}, {0.5f, 0.5f, 0.5f, 0.5f}};
  for (size_t start = 0; start < sizeof starts / sizeof *starts; start++) {
    for (size_t view = 0; view < 2; view++) {
      for (int side = 32; side <= 64; side *= 2) {
        ss_vision_agreement agreement = {0};
        if (!ss_vision_align(base, query, starts[start], views[view], 0, side, &agreement)) continue;
        for (int i = 0; i < SS_VISION_FEATURE_COUNT; i++)
          check(isfinite(agreement.features[i]), "a feature is not finite");
        check(agreement.overlap >= 0 && agreement.overlap <= 1, "overlap is no share");
      }
    }
  }
}

static size_t search_all(size_t query_count, size_t base_count) {
  size_t blocks = (base_count + SS_DOT_BLOCK_LENGTH - 1) / SS_DOT_BLOCK_LENGTH;
  int8_t *queries = room(query_count * SS_DOT_DIMENSION, 1), *base = room(base_count * SS_DOT_DIMENSION, 1);
  for (size_t i = 0; i < query_count * SS_DOT_DIMENSION; i++) queries[i] = (int8_t)(next() % 255 - 127);
  for (size_t i = 0; i < base_count * SS_DOT_DIMENSION; i++) base[i] = i % 5 ? (int8_t)(next() % 255 - 127) : -127;
  int32_t *thresholds = room(query_count, sizeof *thresholds);
  for (size_t i = 0; i < query_count; i++) thresholds[i] = i % 3 == 0 ? INT32_MIN : i % 3 == 1 ? INT32_MAX : 20000;
  uint8_t *packed = room(blocks * SS_DOT_BLOCK_SIZE, 1);
  ss_dot_pack(base, base_count, 0, packed);
  // Less than is found, so that what is written has to stop.
  size_t capacity = query_count * base_count / 4, kernels = 0;
  ss_dot_hit *hits = room(capacity, sizeof *hits);
  uint64_t expected = 0;
  for (int kernel = 0; kernel < SS_DOT_KERNEL_COUNT; kernel++) {
    if (!ss_dot_kernel_is_available((ss_dot_kernel)kernel)) continue;
    uint64_t count =
        ss_dot_search((ss_dot_kernel)kernel, queries, query_count, thresholds, packed, 0, base_count, hits, capacity);
    if (kernel == SS_DOT_PLAIN) expected = count;
    check(count == expected, "a kernel finds other hits than the plain one");
    kernels += 1;
  }
  free(queries), free(base), free(thresholds), free(packed), free(hits);
  return kernels;
}

int main(void) {
  static const size_t sizes[][2] = {{1, 1}, {1, 37}, {300, 1}, {2, 3}, {31, 33}, {129, 127}, {260, 300}};
  enum { SIZE_COUNT = sizeof sizes / sizeof *sizes, COUNT = SIZE_COUNT * KIND_COUNT };
  float *pictures[COUNT];
  for (size_t i = 0; i < COUNT; i++) {
    const size_t *size = sizes[i / KIND_COUNT];
    pictures[i] = picture((kind)(i % KIND_COUNT), size[0], size[1], 1 + i % 3, 1 + i % 2);
    describe(pictures[i]);
  }
  for (size_t i = 0; i < COUNT; i++) {
    for (size_t j = 0; j < COUNT; j++) align(pictures[i], pictures[j]);
  }
  for (size_t i = 0; i < COUNT; i++) free(pictures[i]);
  check(paint_count > 0, "no paint was found");
  size_t kernels = 0;
  for (size_t count = 1; count < 600; count += 149) kernels = search_all(count, 3 * count + 1);
  printf("%d pictures laid on each other, %zu kernels searched\n", COUNT, kernels);
}
