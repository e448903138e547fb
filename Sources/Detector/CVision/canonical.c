#include "CVision.h"
#include "clones.h"
#include "lanes.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { LARGEST = SS_VISION_CANONICAL_SIDE };

// Which source lines make one line of the result: `first` and the ones after it, with weights that sum to 1.
// Lines inside are covered whole; only the first and the last may be covered in part.
typedef struct pixel_span {
  size_t first, last;
  float first_weight, inner_weight, last_weight;
} pixel_span;

static pixel_span span_of(size_t index, size_t count, size_t side) {
  pixel_span span;
  double scale = (double)count / (double)side;
  if (count >= side) {
    double low = (double)index * scale, high = (double)(index + 1) * scale;
    span.first = (size_t)low;
    span.last = (size_t)ceil(high) - 1;
    if (span.last >= count) span.last = count - 1;
    span.inner_weight = (float)(1 / scale);
    if (span.first == span.last) {
      span.first_weight = 1;
      span.last_weight = 0;
    } else {
      span.first_weight = (float)(((double)(span.first + 1) - low) / scale);
      span.last_weight = (float)((high - (double)span.last) / scale);
    }
  } else {
    double centre = ((double)index + 0.5) * scale - 0.5;
    double low = floor(centre);
    float share = (float)(centre - low);
    span.inner_weight = 0;
    if (low < 0 || (size_t)low + 1 >= count) {
      span.first = span.last = low < 0 ? 0 : count - 1;
      span.first_weight = 1;
      span.last_weight = 0;
    } else {
      span.first = (size_t)low;
      span.last = span.first + 1;
      span.first_weight = 1 - share;
      span.last_weight = share;
    }
  }
  return span;
}

// The columns of a line, each as its first and last source pixel; what lies between is covered whole.
typedef struct column_plan {
  int32_t first[LARGEST], last[LARGEST];
  float first_weight[LARGEST], last_weight[LARGEST], inner_weight;
  // Whether no column covers a third pixel.
  int has_two_taps;
} column_plan;

static void set_columns(column_plan *columns, size_t count, size_t side) {
  columns->has_two_taps = 1;
  for (size_t x = 0; x < side; x++) {
    pixel_span span = span_of(x, count, side);
    columns->first[x] = (int32_t)span.first;
    columns->last[x] = (int32_t)span.last;
    columns->first_weight[x] = span.first_weight;
    columns->last_weight[x] = span.last_weight;
    columns->inner_weight = span.inner_weight;
    if (span.last > span.first + 1) columns->has_two_taps = 0;
  }
}

// One source line scaled to `side` pixels.
SS_VISION_INLINE void scale_line(const float *from, const column_plan *columns, size_t side, float *out) {
  if (columns->has_two_taps) {
    for (size_t x = 0; x < side; x++) {
      out[x] = columns->first_weight[x] * from[columns->first[x]] + columns->last_weight[x] * from[columns->last[x]];
    }
    return;
  }
  for (size_t x = 0; x < side; x++) {
    float sum = columns->first_weight[x] * from[columns->first[x]];
    for (int32_t i = columns->first[x] + 1; i < columns->last[x]; i++) sum += columns->inner_weight * from[i];
    out[x] = sum + columns->last_weight[x] * from[columns->last[x]];
  }
}

SS_VISION_CLONES void ss_vision_scale(const float *plane, size_t stride, size_t left, size_t top, size_t width,
                                      size_t height, size_t side, float *out) {
  column_plan columns;
  set_columns(&columns, width, side);
  // Lines of the result share source lines: the last two that were scaled are kept.
  _Alignas(64) float scaled[2][LARGEST];
  size_t held[2] = {SIZE_MAX, SIZE_MAX};
  for (size_t y = 0; y < side; y++) {
    pixel_span rows = span_of(y, height, side);
    float *line = out + y * side;
    for (size_t source = rows.first; source <= rows.last; source++) {
      size_t slot = source & 1;
      if (held[slot] != source) {
        scale_line(plane + (top + source) * stride + left, &columns, side, scaled[slot]);
        held[slot] = source;
      }
      if (source == rows.first) {
        for (size_t x = 0; x < side; x++) line[x] = rows.first_weight * scaled[slot][x];
      } else {
        float weight = source == rows.last ? rows.last_weight : rows.inner_weight;
        for (size_t x = 0; x < side; x++) line[x] += weight * scaled[slot][x];
      }
    }
  }
}

SS_VISION_CLONES void ss_vision_round(const float *levels, size_t count, uint8_t *out) {
  for (size_t i = 0; i < count; i++) {
    float level = levels[i] > 0 ? levels[i] : 0;
    out[i] = (uint8_t)(int32_t)((level < 255 ? level : 255) + 0.5f);
  }
}

SS_VISION_CLONES void ss_vision_widen(const uint8_t *levels, size_t count, float *out) {
  for (size_t i = 0; i < count; i++) out[i] = (float)levels[i];
}

SS_VISION_CLONES void ss_vision_cut_view(const float *canonical, size_t left, size_t top, size_t width, size_t height,
                                         float *out) {
  size_t block_width = width / SS_VISION_VIEW_SIDE, block_height = height / SS_VISION_VIEW_SIDE;
  float scale = 1 / (float)(block_width * block_height);
  for (size_t y = 0; y < SS_VISION_VIEW_SIDE; y++) {
    _Alignas(64) float sums[LARGEST];
    const float *from = canonical + (top + y * block_height) * LARGEST + left;
    for (size_t x = 0; x < width; x += SS_VISION_LANES) {
      float_lanes sum = {0};
      for (size_t row = 0; row < block_height; row++) sum += SS_VISION_LANES_AT(from + row * LARGEST + x);
      SS_VISION_STORE_LANES(sum, sums + x);
    }
    float *line = out + y * SS_VISION_VIEW_SIDE;
    if (block_width == 4) {
      for (size_t x = 0; x < SS_VISION_VIEW_SIDE; x++)
        line[x] = ((sums[4 * x] + sums[4 * x + 3]) + (sums[4 * x + 1] + sums[4 * x + 2])) * scale;
    } else if (block_width == 3) {
      for (size_t x = 0; x < SS_VISION_VIEW_SIDE; x++)
        line[x] = ((sums[3 * x] + sums[3 * x + 2]) + sums[3 * x + 1]) * scale;
    } else if (block_width == 2) {
      for (size_t x = 0; x < SS_VISION_VIEW_SIDE; x++) line[x] = (sums[2 * x] + sums[2 * x + 1]) * scale;
    } else {
      for (size_t x = 0; x < SS_VISION_VIEW_SIDE; x++) line[x] = sums[x] * scale;
    }
  }
}

SS_VISION_CLONES void ss_vision_fill_pyramid(float *picture) {
  for (int n = SS_VISION_CANONICAL_SIDE; n > SS_VISION_SMALLEST_SIDE; n /= 2) {
    const float *from = picture;
    picture += n * n;
    int half = n / 2;
    for (int y = 0; y < half; y++) {
      const float *upper = from + 2 * y * n, *lower = upper + n;
      for (int x = 0; x < half; x++)
        picture[y * half + x] = ((upper[2 * x] + upper[2 * x + 1]) + (lower[2 * x] + lower[2 * x + 1])) * 0.25f;
    }
  }
}

void ss_vision_chroma(const uint8_t *rgba, size_t channel_size, size_t stride, size_t width, size_t height,
                      size_t factor, float *blue, float *red) {
  for (size_t y = 0; y < height; y++) {
    const uint8_t *row = rgba + (y * factor + factor / 2) * stride * 4 * channel_size;
    for (size_t x = 0; x < width; x++) {
      const uint8_t *pixel = row + (x * factor + factor / 2) * 4 * channel_size;
      float r = pixel[0], g = pixel[channel_size], b = pixel[2 * channel_size];
      if (channel_size == 2) {
        r = (float)(pixel[0] << 8 | pixel[1]) / 257;
        g = (float)(pixel[2] << 8 | pixel[3]) / 257;
        b = (float)(pixel[4] << 8 | pixel[5]) / 257;
      }
      float luma = 0.299f * r + 0.587f * g + 0.114f * b;
      blue[y * width + x] = (b - luma) * 0.564f + 128;
      red[y * width + x] = (r - luma) * 0.713f + 128;
    }
  }
}
