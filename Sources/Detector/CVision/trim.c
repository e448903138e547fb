#include "CVision.h"
#include "clones.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

// How far the pixels of a border may be from each other: what JPEG leaves of a plain colour.
static const float TOLERANCE = 12;

// Darkest, brightest and mean luma of `count` pixels, `step` floats apart.
typedef struct level_range {
  float least, most, mean;
} level_range;

static inline level_range range_of(const float *line, size_t count, size_t step) {
  level_range range = {line[0], line[0], 0};
  float sum = 0;
  for (size_t i = 0; i < count; i++) {
    float value = line[i * step];
    range.least = value < range.least ? value : range.least;
    range.most = value > range.most ? value : range.most;
    sum += value;
  }
  range.mean = sum / (float)count;
  return range;
}

// Lines, from the first one inwards, that look like the first: `line` apart, of `count` pixels `step` apart.
static size_t uniform_lines(const float *first, ptrdiff_t line, size_t line_count, size_t count, size_t step) {
  size_t most = line_count * 2 / 5;
  float level = 0;
  for (size_t i = 0; i < most; i++) {
    level_range range = range_of(first + (ptrdiff_t)i * line, count, step);
    if (i == 0) level = range.mean;
    if (range.most - range.least > TOLERANCE || fabsf(range.mean - level) > TOLERANCE) {
      // The line behind a border is half border where the picture was scaled after it was framed.
      return i == 0 || line_count > 256 ? i : i + 1;
    }
  }
  return most;
}

SS_VISION_CLONES void ss_vision_trim_borders(const float *luma, size_t width, size_t height, size_t rect[4]) {
  const float *last_row = luma + (height - 1) * width, *last_column = luma + width - 1;
  size_t top = uniform_lines(luma, (ptrdiff_t)width, height, width, 1);
  size_t bottom = uniform_lines(last_row, -(ptrdiff_t)width, height, width, 1);
  size_t left = uniform_lines(luma, 1, width, height, width);
  size_t right = uniform_lines(last_column, -1, width, height, width);
  // A border stands on two opposite sides; plain ground on one side is part of the picture.
  if (top < 2 || bottom < 2) top = bottom = 0;
  if (left < 2 || right < 2) left = right = 0;
  // What is left of a picture that is nearly all border says less than the whole.
  int keeps = (top + bottom) * 5 < height * 4 && (left + right) * 5 < width * 4;
  rect[0] = keeps ? left : 0;
  rect[1] = keeps ? top : 0;
  rect[2] = keeps ? width - left - right : width;
  rect[3] = keeps ? height - top - bottom : height;
}
