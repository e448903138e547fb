#include "CVision.h"
#include "clones.h"
#include "lanes.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { SIDE = SS_VISION_VIEW_SIDE, CELLS = 4, CELL_SIDE = SIDE / CELLS, BINS = 8 };

// Angle of a slope 0...1 as a share of 45 degrees. Minimax polynomial; off by less than 2e-6.
SS_VISION_INLINE void share_of_octant(const float_lanes *slope, float_lanes *share) {
  float_lanes t = *slope, s = t * t;
  float_lanes p = s * -0.01172120f + 0.05265332f;
  p = p * s - 0.11643287f;
  p = p * s + 0.19354346f;
  p = p * s - 0.33262347f;
  p = p * s + 0.99997726f;
  *share = p * t * 1.27323954473516f;
}

// Splits the gradients of sixteen pixels of a row between the two nearest of the eight orientations.
SS_VISION_INLINE void vote(const float *above, const float *row, const float *below, float_lanes votes[BINS]) {
  float_lanes gx = SS_VISION_LANES_AT(row + 1) - SS_VISION_LANES_AT(row - 1),
              gy = SS_VISION_LANES_AT(below) - SS_VISION_LANES_AT(above);
  float_lanes ax = __builtin_elementwise_abs(gx), ay = __builtin_elementwise_abs(gy);
  float_lanes larger = __builtin_elementwise_max(ax, ay), smaller = __builtin_elementwise_min(ax, ay);
  float_lanes length = __builtin_elementwise_sqrt(gx * gx + gy * gy);
  float_lanes slope = smaller / (larger + 1e-20f), share;
  share_of_octant(&slope, &share);
  float_lanes diagonal = length * share, axis = length - diagonal;
  float_lanes along_x = SS_VISION_LANES_WHERE(ax >= ay, axis), along_y = SS_VISION_LANES_WHERE(ax < ay, axis);
  float_lanes right = SS_VISION_LANES_WHERE(gx > 0, diagonal), left = SS_VISION_LANES_WHERE(gx < 0, diagonal);
  votes[0] = SS_VISION_LANES_WHERE(gx > 0, along_x);
  votes[4] = SS_VISION_LANES_WHERE(gx < 0, along_x);
  votes[2] = SS_VISION_LANES_WHERE(gy > 0, along_y);
  votes[6] = SS_VISION_LANES_WHERE(gy < 0, along_y);
  votes[1] = SS_VISION_LANES_WHERE(gy > 0, right);
  votes[7] = SS_VISION_LANES_WHERE(gy < 0, right);
  votes[3] = SS_VISION_LANES_WHERE(gy > 0, left);
  votes[5] = SS_VISION_LANES_WHERE(gy < 0, left);
}

// Weight of a pixel in a cell along one axis: 1 at the cell's centre, 0 from the next centres on.
static inline float cell_weight(int pixel, int cell) {
  float weight = 1 - fabsf((float)(pixel - cell * CELL_SIDE) - 3.5f) / CELL_SIDE;
  return weight > 0 ? weight : 0;
}

// A view with its outermost columns repeated.
typedef struct padded_view {
  float pixels[SIDE][SIDE + 2];
} padded_view;

// Sums the votes of sixteen columns, weighted by row, for each row of cells. Rows between the centres of two cells
// count for both: the sums of two cells are in the registers at once.
SS_VISION_INLINE void sum_votes(const padded_view *view, int column, float sums[CELLS][BINS][SIDE]) {
  float_lanes upper[BINS] = {{0}}, lower[BINS] = {{0}};
  for (int cell = 0; cell <= CELLS; cell++) {
    int first = cell * CELL_SIDE - CELL_SIDE / 2, last = first + CELL_SIDE - 1;
    for (int y = first < 0 ? 0 : first; y <= (last < SIDE ? last : SIDE - 1); y++) {
      const float *row = view->pixels[y] + 1 + column;
      const float *above = y > 0 ? row - (SIDE + 2) : row, *below = y < SIDE - 1 ? row + (SIDE + 2) : row;
      float_lanes votes[BINS];
      vote(above, row, below, votes);
      float upper_weight = cell > 0 ? cell_weight(y, cell - 1) : 0, lower_weight = cell_weight(y, cell);
      for (int bin = 0; bin < BINS; bin++) {
        upper[bin] += votes[bin] * upper_weight;
        lower[bin] += votes[bin] * lower_weight;
      }
    }
    for (int bin = 0; bin < BINS; bin++) {
      if (cell > 0) SS_VISION_STORE_LANES(upper[bin], sums[cell - 1][bin] + column);
      upper[bin] = lower[bin];
      lower[bin] = (float_lanes){0};
    }
  }
}

typedef float eight_floats __attribute__((vector_size(32)));
typedef float eight_floats_in_memory __attribute__((vector_size(32), aligned(4), may_alias));

// Sums of 32 products for each bin, eight lanes side by side: the order does not depend on the instruction set.
SS_VISION_INLINE void weighed_sums(const float *weights, float sums[BINS][SIDE], float out[BINS]) {
  eight_floats s[BINS] = {{0}};
  for (int bin = 0; bin < BINS; bin++)
    for (int x = 0; x < SIDE; x += 8)
      s[bin] += *(const eight_floats_in_memory *)(weights + x) * *(const eight_floats_in_memory *)(sums[bin] + x);
  // Adds halves, then quarters, then eighths of the lanes of two bins at a time.
  eight_floats halves[BINS / 2], quarters[BINS / 4];
  for (int i = 0; i < BINS / 2; i++)
    halves[i] = __builtin_shufflevector(s[2 * i], s[2 * i + 1], 0, 1, 2, 3, 8, 9, 10, 11) +
                __builtin_shufflevector(s[2 * i], s[2 * i + 1], 4, 5, 6, 7, 12, 13, 14, 15);
  for (int i = 0; i < BINS / 4; i++)
    quarters[i] = __builtin_shufflevector(halves[2 * i], halves[2 * i + 1], 0, 1, 4, 5, 8, 9, 12, 13) +
                  __builtin_shufflevector(halves[2 * i], halves[2 * i + 1], 2, 3, 6, 7, 10, 11, 14, 15);
  *(eight_floats_in_memory *)out = __builtin_shufflevector(quarters[0], quarters[1], 0, 2, 4, 6, 8, 10, 12, 14) +
                                   __builtin_shufflevector(quarters[0], quarters[1], 1, 3, 5, 7, 9, 11, 13, 15);
}

SS_VISION_CLONES float ss_vision_gradient_histogram(const float *view, float *out) {
  float sums[CELLS][BINS][SIDE], weights[CELLS][SIDE];
  for (int cell = 0; cell < CELLS; cell++)
    for (int x = 0; x < SIDE; x++) weights[cell][x] = cell_weight(x, cell);
  padded_view padded;
  for (int y = 0; y < SIDE; y++) {
    float *row = padded.pixels[y];
    memcpy(row + 1, view + y * SIDE, SIDE * sizeof(float));
    row[0] = row[1];
    row[SIDE + 1] = row[SIDE];
  }
  for (int column = 0; column < SIDE; column += SS_VISION_LANES) sum_votes(&padded, column, sums);
  double square = 0;
  for (int row = 0; row < CELLS; row++) {
    for (int column = 0; column < CELLS; column++) {
      float *cell = out + (row * CELLS + column) * BINS;
      weighed_sums(weights[column], sums[row], cell);
      for (int bin = 0; bin < BINS; bin++) square += (double)cell[bin] * cell[bin];
    }
  }
  float length = (float)sqrt(square);
  for (int i = 0; i < SS_VISION_GRADIENT_COUNT; i += SS_VISION_LANES)
    SS_VISION_STORE_LANES(__builtin_elementwise_sqrt(SS_VISION_LANES_AT(out + i) / (length + 1e-6f)), out + i);
  return length;
}
