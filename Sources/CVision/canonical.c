#include "CVision.h"
#include "clones.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { largest = CV_CANONICAL_SIDE };

// Which source lines make one line of the result: `first` and the ones after it, with weights that sum to 1.
// Lines inside are covered whole; only the first and the last may be covered in part.
typedef struct {
  size_t first, last;
  float firstWeight, innerWeight, lastWeight;
} Span;

static Span spanOf(size_t index, size_t count, size_t side) {
  Span span;
  double scale = (double)count / (double)side;
  if (count >= side) {
    double low = (double)index * scale, high = (double)(index + 1) * scale;
    span.first = (size_t)low;
    span.last = (size_t)ceil(high) - 1;
    if (span.last >= count) span.last = count - 1;
    span.innerWeight = (float)(1 / scale);
    if (span.first == span.last) {
      span.firstWeight = 1;
      span.lastWeight = 0;
    } else {
      span.firstWeight = (float)(((double)(span.first + 1) - low) / scale);
      span.lastWeight = (float)((high - (double)span.last) / scale);
    }
  } else {
    double centre = ((double)index + 0.5) * scale - 0.5;
    double low = floor(centre);
    float share = (float)(centre - low);
    span.innerWeight = 0;
    if (low < 0 || (size_t)low + 1 >= count) {
      span.first = span.last = low < 0 ? 0 : count - 1;
      span.firstWeight = 1;
      span.lastWeight = 0;
    } else {
      span.first = (size_t)low;
      span.last = span.first + 1;
      span.firstWeight = 1 - share;
      span.lastWeight = share;
    }
  }
  return span;
}

// One source line scaled to `side` pixels.
static inline void scaleLine(const float *from, const Span *columns, size_t side, float *out) {
  for (size_t x = 0; x < side; x++) {
    Span span = columns[x];
    float sum = span.firstWeight * from[span.first];
    for (size_t i = span.first + 1; i < span.last; i++) sum += span.innerWeight * from[i];
    out[x] = sum + span.lastWeight * from[span.last];
  }
}

CV_CLONES void CVScale(
  const float *plane, size_t stride, size_t left, size_t top, size_t width, size_t height, size_t side, float *out) {
  Span columns[largest];
  for (size_t x = 0; x < side; x++) columns[x] = spanOf(x, width, side);
  // Lines of the result share source lines: the last two that were scaled are kept.
  float scaled[2][largest];
  size_t held[2] = {SIZE_MAX, SIZE_MAX};
  for (size_t y = 0; y < side; y++) {
    Span rows = spanOf(y, height, side);
    float *line = out + y * side;
    memset(line, 0, side * sizeof(float));
    for (size_t source = rows.first; source <= rows.last; source++) {
      size_t slot = source & 1;
      if (held[slot] != source) {
        scaleLine(plane + (top + source) * stride + left, columns, side, scaled[slot]);
        held[slot] = source;
      }
      float weight = source == rows.first ? rows.firstWeight : source == rows.last ? rows.lastWeight : rows.innerWeight;
      for (size_t x = 0; x < side; x++) line[x] += weight * scaled[slot][x];
    }
  }
}

CV_CLONES void CVCutView(const float *canonical, size_t left, size_t top, size_t width, size_t height, float *out) {
  size_t blockWidth = width / CV_VIEW_SIDE, blockHeight = height / CV_VIEW_SIDE;
  float scale = 1 / (float)(blockWidth * blockHeight);
  for (size_t y = 0; y < CV_VIEW_SIDE; y++) {
    float sums[largest];
    memset(sums, 0, sizeof sums);
    for (size_t row = 0; row < blockHeight; row++) {
      const float *from = canonical + (top + y * blockHeight + row) * largest + left;
      for (size_t x = 0; x < width; x++) sums[x] += from[x];
    }
    float *line = out + y * CV_VIEW_SIDE;
    if (blockWidth == 4) {
      for (size_t x = 0; x < CV_VIEW_SIDE; x++)
        line[x] = ((sums[4 * x] + sums[4 * x + 3]) + (sums[4 * x + 1] + sums[4 * x + 2])) * scale;
    } else if (blockWidth == 3) {
      for (size_t x = 0; x < CV_VIEW_SIDE; x++)
        line[x] = ((sums[3 * x] + sums[3 * x + 2]) + sums[3 * x + 1]) * scale;
    } else if (blockWidth == 2) {
      for (size_t x = 0; x < CV_VIEW_SIDE; x++) line[x] = (sums[2 * x] + sums[2 * x + 1]) * scale;
    } else {
      for (size_t x = 0; x < CV_VIEW_SIDE; x++) line[x] = sums[x] * scale;
    }
  }
}

CV_CLONES void CVFillPyramid(float *picture) {
  for (int n = CV_CANONICAL_SIDE; n > CV_SMALLEST_SIDE; n /= 2) {
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

void CVChroma(
  const uint8_t *rgba, size_t channelSize, size_t stride, size_t width, size_t height, size_t factor, float *blue,
  float *red) {
  for (size_t y = 0; y < height; y++) {
    const uint8_t *row = rgba + (y * factor + factor / 2) * stride * 4 * channelSize;
    for (size_t x = 0; x < width; x++) {
      const uint8_t *pixel = row + (x * factor + factor / 2) * 4 * channelSize;
      float r = pixel[0], g = pixel[channelSize], b = pixel[2 * channelSize];
      float luma = 0.299f * r + 0.587f * g + 0.114f * b;
      blue[y * width + x] = (b - luma) * 0.564f;
      red[y * width + x] = (r - luma) * 0.713f;
    }
  }
}
