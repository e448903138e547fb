#include "bench.h"
#include "clones.h"
#include "solve.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// How exactly one picture explains another that lies on it.
//
// In a picture of 28 pixels there is next to no fine detail. What is left to tell a copy from a picture that is only alike is
// how exactly the one follows from the other: an edit blurs, resizes, changes contrast, adds noise, and the copy can still be
// foretold from the original; two drawings of one digit cannot. So the one is foretold from the other by least squares, the
// blurs and a small shift of it among what may be mixed, and what remains is held against the detail that there was.
// Noise is in what remains too, but neighbours in it are not alike: what it leaves of a blur is known, and taken off.

enum {
  // 1; the picture, blurred a little and more; its square; its two derivatives.
  terms = 7,
  // And the picture that is to be foretold.
  signals = terms + 1,
};

// What white noise of variance 1 leaves when it is blurred by CVGauss08: the square of the sum of its squared weights.
static const float noiseKept = 0.125681f;

// The signals of a row, the last one to be foretold, and which points of it count; 0 beyond the width.
typedef struct {
  float signal[signals][mostPoints];
  float mask[mostPoints];
} Row;

typedef struct {
  const CVPlane *from, *blurred, *smooth, *to;
  float fromMean, toMean;
} Task;

// Whether both pictures show half of a cell.
static int isShown(const CVBench *b, int cell) { return b->points[cell] > 0.5f * (float)(b->cell * b->cell); }

static float meanOf(const CVBench *b, const CVPlane *plane) {
  float sums[mostCells];
  double sum = 0;
  CVSumCells(b, plane, 0, 0, sums);
  for (int i = 0; i < b->columns * b->rows; i++) sum += sums[i];
  return (float)(sum / (b->width * b->height));
}

static void takeRow(const CVBench *b, const Task *task, int y, Row *row) {
  int above = y > 0 ? y - 1 : y, below = y + 1 < b->height ? y + 1 : y;
  for (int x = 0; x < b->width; x++) {
    int left = x > 0 ? x - 1 : x, right = x + 1 < b->width ? x + 1 : x;
    float level = AT(task->from, x, y) - task->fromMean;
    row->signal[0][x] = 1;
    row->signal[1][x] = level;
    row->signal[2][x] = AT(task->blurred, x, y) - task->fromMean;
    row->signal[3][x] = AT(task->smooth, x, y) - task->fromMean;
    row->signal[4][x] = level * level / 50;
    row->signal[5][x] = (AT(task->blurred, right, y) - AT(task->blurred, left, y)) / 2;
    row->signal[6][x] = (AT(task->blurred, x, below) - AT(task->blurred, x, above)) / 2;
    row->signal[terms][x] = AT(task->to, x, y) - task->toMean;
    row->mask[x] = AT(&b->mask, x, y);
  }
}

// Sums of the products of all signals, row by row; lanes have sums of their own, so that the bits are the same everywhere.
CV_CLONES static void addProducts(const Row *row, int width, Lanes sums[signals][signals]) {
  for (int i = 0; i < signals; i++) {
    for (int x = 0; x < width; x += CV_LANES) {
      Lanes counted = CV_LANES_AT(row->signal[i] + x) * CV_LANES_AT(row->mask + x);
      for (int j = i; j < signals; j++) sums[i][j] += counted * CV_LANES_AT(row->signal[j] + x);
    }
  }
}

// Writes what is left of `to` when `from` has explained what it can; false where nothing can be said.
static int explain(CVBench *b, CVPlane *from, CVPlane *to, CVPlane *left) {
  static _Thread_local Row row;
  CVBlur(b, from, &b->smooth, &CVGauss07);
  CVBlur(b, from, &b->energy, &CVGauss16);
  Task task = {from, &b->smooth, &b->energy, to, meanOf(b, from), meanOf(b, to)};
  Lanes sums[signals][signals];
  memset(sums, 0, sizeof sums);
  memset(&row, 0, sizeof row);
  for (int y = 0; y < b->height; y++) {
    takeRow(b, &task, y, &row);
    addProducts(&row, b->width, sums);
  }
  double a[terms][terms], weights[terms];
  for (int i = 0; i < terms; i++) {
    for (int j = i; j < signals; j++) {
      double sum = 0;
      for (int lane = 0; lane < CV_LANES; lane++) sum += (double)sums[i][j][lane];
      if (j < terms) a[i][j] = a[j][i] = sum; else weights[i] = sum;
    }
    // The blurs of a plain picture are nearly one: no weight grows beyond what the levels call for.
    a[i][i] += 1e-6 * b->width * b->height * (i == 0 ? 1e-5 : i < 4 ? 1 : 10);
  }
  if (!CVSolve(terms, a[0], weights)) return 0;
  for (int y = 0; y < b->height; y++) {
    takeRow(b, &task, y, &row);
    for (int x = 0; x < b->width; x++) {
      double explained = 0;
      for (int i = 0; i < terms; i++) explained += weights[i] * (double)row.signal[i][x];
      AT(left, x, y) = (row.signal[terms][x] - (float)explained) * row.mask[x];
    }
  }
  return 1;
}

// Variance of the noise in what is left, as differences of neighbours tell it: that of the median cell.
static float noiseIn(const CVBench *b, const CVPlane *left) {
  CVWeighed sorted[mostCells];
  int k = b->cell, count = 0;
  for (int row = 0; row < b->rows; row++) {
    for (int column = 0; column < b->columns; column++) {
      if (!isShown(b, row * b->columns + column)) continue;
      float sum = 0, points = 0;
      for (int y = row * k; y < (row + 1) * k && y + 1 < b->height; y++) {
        for (int x = column * k; x < (column + 1) * k && x + 1 < b->width; x++) {
          float counts = AT(&b->mask, x, y) * AT(&b->mask, x + 1, y) * AT(&b->mask, x, y + 1) * AT(&b->mask, x + 1, y + 1);
          float mixed = (AT(left, x, y) - AT(left, x + 1, y) - AT(left, x, y + 1) + AT(left, x + 1, y + 1)) / 2;
          sum += counts * mixed * mixed;
          points += counts;
        }
      }
      sorted[count++] = (CVWeighed){points > 0 ? sum / points : 0, 1};
    }
  }
  return CVQuantile(sorted, count, 0.5);
}

// Mean squares of a plane over the cells, blurred, less what noise leaves there.
static void squaresOf(CVBench *b, CVPlane *plane, float noise, float *squares) {
  CVBlur(b, plane, &b->smooth, &CVGauss08);
  for (int y = 0; y < b->height; y++)
    for (int x = 0; x < b->width; x++) AT(&b->smooth, x, y) *= AT(&b->mask, x, y);
  CVMultiplyCells(b, &b->smooth, &b->smooth, 0, 0, squares);
  for (int i = 0; i < b->columns * b->rows; i++) {
    float square = b->points[i] > 0 ? squares[i] / b->points[i] - noise * noiseKept : 0;
    squares[i] = square > 0 ? square : 0;
  }
}

// Log of 1 over the share of the detail of `to` that `from` leaves unexplained.
static double exactness(CVBench *b, CVPlane *from, CVPlane *to) {
  float unexplained[mostCells], detail[mostCells];
  if (!explain(b, from, to, &b->baseBand)) return 0;
  float noise = noiseIn(b, &b->baseBand);
  squaresOf(b, &b->baseBand, noise, unexplained);
  CVBlur(b, to, &b->smooth, &CVGauss25);
  CVSubtract(b, to, &b->smooth, &b->queryBand);
  squaresOf(b, &b->queryBand, noise, detail);
  // A cell counts by the root of its detail: two pictures may share one strong edge, and nothing of what is fainter.
  double weights = 0.5, left = 0;
  for (int i = 0; i < b->columns * b->rows; i++) {
    if (!isShown(b, i)) continue;
    double weight = sqrt((double)detail[i]);
    weights += weight;
    left += weight * fmin(1, (double)unexplained[i] / ((double)detail[i] + 1));
  }
  return -log(left / weights + 0.004);
}

float CVExplained(CVBench *b) {
  int cells = 0;
  for (int i = 0; i < b->columns * b->rows; i++) cells += isShown(b, i);
  if (cells < 2) return 0;
  // A copy with noise explains its original less well than the original explains it, a blurred one better; a look-alike
  // may explain the other one by chance, but hardly both.
  return (float)fmin(exactness(b, &b->base, &b->query), exactness(b, &b->query, &b->base));
}
