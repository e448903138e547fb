#include "CVision.h"
#include "clones.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { side = CV_VIEW_SIDE, cells = 4, bins = 8 };

// Angle of a slope 0...1 as a share of 45 degrees. Minimax polynomial; off by less than 2e-6.
static inline float shareOfOctant(float t) {
  float s = t * t;
  float p = -0.01172120f;
  p = p * s + 0.05265332f;
  p = p * s - 0.11643287f;
  p = p * s + 0.19354346f;
  p = p * s - 0.33262347f;
  p = p * s + 0.99997726f;
  return p * t * 1.27323954473516f;
}

// Adds one row of 32 pixels, weighted, to the eight orientations of one row of cells.
static inline void addRow(float sums[bins][side], float votes[bins][side], float weight) {
  for (int bin = 0; bin < bins; bin++)
    for (int x = 0; x < side; x++) sums[bin][x] += weight * votes[bin][x];
}

// Splits the gradients of one row between the two nearest of the eight orientations.
static inline void vote(const float *above, const float *row, const float *below, float votes[bins][side]) {
  float padded[side + 2];
  padded[0] = row[0];
  memcpy(padded + 1, row, side * sizeof(float));
  padded[side + 1] = row[side - 1];
  for (int x = 0; x < side; x++) {
    float gx = padded[x + 2] - padded[x], gy = below[x] - above[x];
    float ax = fabsf(gx), ay = fabsf(gy);
    float larger = ax > ay ? ax : ay, smaller = ax > ay ? ay : ax;
    float length = sqrtf(gx * gx + gy * gy);
    float share = shareOfOctant(smaller / (larger + 1e-20f));
    float diagonal = length * share, axis = length - diagonal;
    float alongX = ax >= ay ? axis : 0, alongY = ax >= ay ? 0 : axis;
    votes[0][x] = gx > 0 ? alongX : 0;
    votes[4][x] = gx < 0 ? alongX : 0;
    votes[2][x] = gy > 0 ? alongY : 0;
    votes[6][x] = gy < 0 ? alongY : 0;
    float right = gx > 0 ? diagonal : 0, left = gx < 0 ? diagonal : 0;
    votes[1][x] = gy > 0 ? right : 0;
    votes[7][x] = gy < 0 ? right : 0;
    votes[3][x] = gy > 0 ? left : 0;
    votes[5][x] = gy < 0 ? left : 0;
  }
}

// Weight of a pixel in a cell along one axis: 1 at the cell's centre, 0 from the next centres on.
static inline float cellWeight(int pixel, int cell) {
  float weight = 1 - fabsf((float)(pixel - cell * 8) - 3.5f) / 8;
  return weight > 0 ? weight : 0;
}

// Sum of 32 products, eight lanes side by side: the order does not depend on the instruction set.
static inline float weighedSum(const float *weights, const float *values) {
  enum { lanes = 8 };
  float sums[lanes] = {0};
  for (int x = 0; x < side; x += lanes)
    for (int l = 0; l < lanes; l++) sums[l] += weights[x + l] * values[x + l];
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

CV_CLONES float CVGradientHistogram(const float *view, float *out) {
  float sums[cells][bins][side], weights[cells][side];
  memset(sums, 0, sizeof sums);
  for (int cell = 0; cell < cells; cell++)
    for (int x = 0; x < side; x++) weights[cell][x] = cellWeight(x, cell);
  for (int y = 0; y < side; y++) {
    float votes[bins][side];
    const float *row = view + y * side;
    vote(y > 0 ? row - side : row, row, y < side - 1 ? row + side : row, votes);
    for (int cell = 0; cell < cells; cell++) {
      float weight = weights[cell][y];
      if (weight > 0) addRow(sums[cell], votes, weight);
    }
  }
  double square = 0;
  for (int row = 0; row < cells; row++) {
    for (int column = 0; column < cells; column++) {
      for (int bin = 0; bin < bins; bin++) {
        float sum = weighedSum(weights[column], sums[row][bin]);
        out[(row * cells + column) * bins + bin] = sum;
        square += (double)sum * sum;
      }
    }
  }
  float length = (float)sqrt(square);
  for (int i = 0; i < CV_GRADIENT_COUNT; i++) out[i] = sqrtf(out[i] / (length + 1e-6f));
  return length;
}
