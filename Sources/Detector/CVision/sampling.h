#ifndef SS_VISION_SAMPLING_H
#define SS_VISION_SAMPLING_H

#include "CVision.h"

#pragma STDC FP_CONTRACT OFF

// Reading a comparison picture between its pixels: what the alignment, the evidence and the described parts share.

static inline float ss_vision_larger(float a, float b) { return a > b ? a : b; }

/// The level of a picture whose pixels are nearest in size to `pitch`, a share of the picture.
///
/// coarsest: pixels of a level that a pitch covers at most; the root of 2 for the nearest by ratio.
static inline const float *ss_vision_level_for(const float *picture, float pitch, float coarsest, int *side) {
  int n = SS_VISION_CANONICAL_SIDE;
  while (n > SS_VISION_SMALLEST_SIDE && pitch * (float)n > coarsest) {
    picture += n * n;
    n /= 2;
  }
  *side = n;
  return picture;
}

/// A position along an axis of n pixels, as the pixel before it and the share of the way to the next.
static inline void ss_vision_place_at(float share, int n, int *pixel, float *rest) {
  float x = share * (float)n - 0.5f, most = (float)(n - 1);
  // In this order what is no number becomes 0.
  x = x > 0 ? x : 0;
  x = x < most ? x : most;
  int i = (int)x;
  i = i < n - 2 ? i : n - 2;
  *pixel = i;
  *rest = x - (float)i;
}

/// The level between the pixel at p, the next one, and the two below them in rows of n.
static inline float ss_vision_between(const float *p, int n, float fx, float fy) {
  float above = p[0] + fx * (p[1] - p[0]), below = p[n] + fx * (p[n + 1] - p[n]);
  return above + fy * (below - above);
}

/// 1 where a place of a picture is painted over, else 0. paint: the picture's numbers from SS_VISION_PAINT on.
static inline int ss_vision_is_painted(const float *paint, float u, float v) {
  return (u > paint[0]) & (v > paint[1]) & (u < paint[2]) & (v < paint[3]);
}

#endif
