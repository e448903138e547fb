#ifndef CVISION_BENCH_H
#define CVISION_BENCH_H

#include "CVision.h"
#include "lanes.h"

// Two pictures that lie on each other, sampled side by side, and what is done to them: shared by evidence.c and explained.c.

enum {
  mostPoints = CV_CANONICAL_SIDE,
  // Room around a plane for the taps of a filter.
  room = 16,
  stride = mostPoints + 2 * room,
  smallCell = 8,
  largeCell = 16,
  // Sides from which on cells are large.
  largeGrid = 92,
  mostCells = (mostPoints / smallCell) * (mostPoints / smallCell),
};

typedef struct {
  float levels[stride * stride + CV_LANES];
} CVPlane;

#define AT(plane, x, y) ((plane)->levels[((y) + room) * stride + (x) + room])

typedef struct {
  // The part that both show, and 1 where both do.
  CVPlane base, query, mask;
  // The two in one band of detail.
  CVPlane baseBand, queryBand;
  CVPlane smooth, between, energy, baseEnergy, queryEnergy;
  int width, height, cell, columns, rows;
  // Points of each cell that both pictures show.
  float points[mostCells];
} CVBench;

// A half of Gaussian weights, the middle first, that sum up to 1 over both halves; cut off at 2.5 sigma. They are written
// out because the last digit of exp differs between machines.
typedef struct {
  int radius;
  float weights[11];
} CVKernel;

extern const CVKernel CVGauss07, CVGauss08, CVGauss16, CVGauss25, CVGauss40;

typedef struct {
  float value, weight;
} CVWeighed;

// Takes the part that both pictures show, at the resolution of the poorer one.
void CVTakeBench(
  CVBench *b, const float *base, const float *query, const float w[6], const float rect[4], const int baseSize[2],
  const int querySize[2]);

// Mirrors the points along the edges into the room around them.
void CVPad(CVPlane *plane, int width, int height, int radius);

// Smooths `in` into `out`, which may be the same.
void CVBlur(CVBench *b, CVPlane *in, CVPlane *out, const CVKernel *kernel);

// One plane less another, where both pictures show something.
void CVSubtract(const CVBench *b, const CVPlane *from, const CVPlane *what, CVPlane *out);

// Sums of the products of two planes over the cells, the second one shifted.
void CVMultiplyCells(const CVBench *b, const CVPlane *p, const CVPlane *q, int dx, int dy, float *out);

// Sums of a plane over the cells, shifted.
void CVSumCells(const CVBench *b, const CVPlane *p, int dx, int dy, float *out);

// The value that a share of the weight does not exceed; 0 where there is too little weight to say. Sorts the values.
float CVQuantile(CVWeighed *values, int count, double share);

// How exactly each of the two explains the other: see CV_EXPLAINED.
float CVExplained(CVBench *b);

#endif
