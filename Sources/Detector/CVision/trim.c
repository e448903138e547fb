#include "CVision.h"
#include "clones.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

// How far the pixels of a border may be from each other: what JPEG leaves of a plain colour.
static const float tolerance = 12;

// Darkest, brightest and mean luma of `count` pixels, `step` floats apart.
typedef struct {
  float least, most, mean;
} Range;

static inline Range rangeOf(const float *line, size_t count, size_t step) {
  Range range = {line[0], line[0], 0};
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
static size_t uniformLines(const float *first, ptrdiff_t line, size_t lineCount, size_t count, size_t step) {
  size_t most = lineCount * 2 / 5;
  float level = 0;
  for (size_t i = 0; i < most; i++) {
    Range range = rangeOf(first + (ptrdiff_t)i * line, count, step);
    if (i == 0) level = range.mean;
    if (range.most - range.least > tolerance || fabsf(range.mean - level) > tolerance) {
      // The line behind a border is half border where the picture was scaled after it was framed.
      return i == 0 || lineCount > 256 ? i : i + 1;
    }
  }
  return most;
}

CV_CLONES void CVTrimBorders(const float *luma, size_t width, size_t height, size_t rect[4]) {
  const float *lastRow = luma + (height - 1) * width, *lastColumn = luma + width - 1;
  size_t top = uniformLines(luma, (ptrdiff_t)width, height, width, 1);
  size_t bottom = uniformLines(lastRow, -(ptrdiff_t)width, height, width, 1);
  size_t left = uniformLines(luma, 1, width, height, width);
  size_t right = uniformLines(lastColumn, -1, width, height, width);
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
