#include "bench.h"
#include "clones.h"
#include "solve.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// How exactly one picture explains another that lies on it.
//
// In a picture of 28 pixels there is next to no fine detail. What is left to tell a copy from a picture that is only
// alike is how exactly the one follows from the other: an edit blurs, resizes, changes contrast, adds noise, and the
// copy can still be foretold from the original; two drawings of one digit cannot. So the one is foretold from the other
// by least squares, the blurs and a small shift of it among what may be mixed, and what remains is held against the
// detail that there was. Noise is in what remains too, but neighbours in it are not alike: what it leaves of a blur is
// known, and taken off.

enum {
  // 1; the picture, blurred a little and more; its square; its two derivatives.
  TERMS = 7,
  // And the picture that is to be foretold.
  SIGNALS = TERMS + 1,
};

// What white noise of variance 1 leaves when it is blurred by ss_vision_gauss_08: the square of the sum of its squared
// weights.
static const float NOISE_KEPT = 0.125681f;

// The signals of a row, the last one to be foretold, and which points of it count; 0 beyond the width.
typedef struct signal_row {
  float signal[SIGNALS][MOST_POINTS];
  float mask[MOST_POINTS];
} signal_row;

typedef struct explain_task {
  const ss_vision_plane *from, *blurred, *smooth, *to;
  float from_mean, to_mean;
} explain_task;

// Whether both pictures show half of a cell.
static int is_shown(const ss_vision_bench *b, int cell) { return b->points[cell] > 0.5f * (float)(b->cell * b->cell); }

static float mean_of(const ss_vision_bench *b, const ss_vision_plane *plane) {
  float sums[MOST_CELLS];
  double sum = 0;
  ss_vision_sum_cells(b, plane, 0, 0, sums);
  for (int i = 0; i < b->columns * b->rows; i++) sum += sums[i];
  return (float)(sum / (b->width * b->height));
}

static void take_row(const ss_vision_bench *b, const explain_task *task, int y, signal_row *row) {
  int above = y > 0 ? y - 1 : y, below = y + 1 < b->height ? y + 1 : y;
  for (int x = 0; x < b->width; x++) {
    int left = x > 0 ? x - 1 : x, right = x + 1 < b->width ? x + 1 : x;
    float level = AT(task->from, x, y) - task->from_mean;
    row->signal[0][x] = 1;
    row->signal[1][x] = level;
    row->signal[2][x] = AT(task->blurred, x, y) - task->from_mean;
    row->signal[3][x] = AT(task->smooth, x, y) - task->from_mean;
    row->signal[4][x] = level * level / 50;
    row->signal[5][x] = (AT(task->blurred, right, y) - AT(task->blurred, left, y)) / 2;
    row->signal[6][x] = (AT(task->blurred, x, below) - AT(task->blurred, x, above)) / 2;
    row->signal[TERMS][x] = AT(task->to, x, y) - task->to_mean;
    row->mask[x] = AT(&b->mask, x, y);
  }
}

// Sums of the products of all signals, row by row; lanes have sums of their own, so that the bits are the same
// everywhere.
SS_VISION_CLONES static void add_products(const signal_row *row, int width, float_lanes sums[SIGNALS][SIGNALS]) {
  for (int i = 0; i < SIGNALS; i++) {
    for (int x = 0; x < width; x += SS_VISION_LANES) {
      float_lanes counted = SS_VISION_LANES_AT(row->signal[i] + x) * SS_VISION_LANES_AT(row->mask + x);
      for (int j = i; j < SIGNALS; j++) sums[i][j] += counted * SS_VISION_LANES_AT(row->signal[j] + x);
    }
  }
}

// Writes what is left of `to` when `from` has explained what it can; false where nothing can be said.
static int explain(ss_vision_bench *b, ss_vision_plane *from, ss_vision_plane *to, ss_vision_plane *left) {
  static _Thread_local signal_row row;
  ss_vision_blur(b, from, &b->smooth, &ss_vision_gauss_07);
  ss_vision_blur(b, from, &b->energy, &ss_vision_gauss_16);
  explain_task task = {from, &b->smooth, &b->energy, to, mean_of(b, from), mean_of(b, to)};
  float_lanes sums[SIGNALS][SIGNALS];
  memset(sums, 0, sizeof sums);
  memset(&row, 0, sizeof row);
  for (int y = 0; y < b->height; y++) {
    take_row(b, &task, y, &row);
    add_products(&row, b->width, sums);
  }
  double a[TERMS][TERMS], weights[TERMS];
  for (int i = 0; i < TERMS; i++) {
    for (int j = i; j < SIGNALS; j++) {
      double sum = 0;
      for (int lane = 0; lane < SS_VISION_LANES; lane++) sum += (double)sums[i][j][lane];
      if (j < TERMS) a[i][j] = a[j][i] = sum;
      else weights[i] = sum;
    }
    // The blurs of a plain picture are nearly one: no weight grows beyond what the levels call for.
    a[i][i] += 1e-6 * b->width * b->height * (i == 0 ? 1e-5 : i < 4 ? 1 : 10);
  }
  if (!ss_vision_solve(TERMS, a[0], weights)) return 0;
  for (int y = 0; y < b->height; y++) {
    take_row(b, &task, y, &row);
    for (int x = 0; x < b->width; x++) {
      double explained = 0;
      for (int i = 0; i < TERMS; i++) explained += weights[i] * (double)row.signal[i][x];
      AT(left, x, y) = (row.signal[TERMS][x] - (float)explained) * row.mask[x];
    }
  }
  return 1;
}

// Variance of the noise in what is left, as differences of neighbours tell it: that of the median cell.
static float noise_in(const ss_vision_bench *b, const ss_vision_plane *left) {
  ss_vision_weighed sorted[MOST_CELLS];
  int k = b->cell, count = 0;
  for (int row = 0; row < b->rows; row++) {
    for (int column = 0; column < b->columns; column++) {
      if (!is_shown(b, row * b->columns + column)) continue;
      float sum = 0, points = 0;
      for (int y = row * k; y < (row + 1) * k && y + 1 < b->height; y++) {
        for (int x = column * k; x < (column + 1) * k && x + 1 < b->width; x++) {
          float counts =
              AT(&b->mask, x, y) * AT(&b->mask, x + 1, y) * AT(&b->mask, x, y + 1) * AT(&b->mask, x + 1, y + 1);
          float mixed = (AT(left, x, y) - AT(left, x + 1, y) - AT(left, x, y + 1) + AT(left, x + 1, y + 1)) / 2;
          sum += counts * mixed * mixed;
          points += counts;
        }
      }
      sorted[count++] = (ss_vision_weighed){points > 0 ? sum / points : 0, 1};
    }
  }
  return ss_vision_quantile(sorted, count, 0.5);
}

// Mean squares of a plane over the cells, blurred, less what noise leaves there.
static void squares_of(ss_vision_bench *b, ss_vision_plane *plane, float noise, float *squares) {
  ss_vision_blur(b, plane, &b->smooth, &ss_vision_gauss_08);
  for (int y = 0; y < b->height; y++)
    for (int x = 0; x < b->width; x++) AT(&b->smooth, x, y) *= AT(&b->mask, x, y);
  ss_vision_multiply_cells(b, &b->smooth, &b->smooth, 0, 0, squares);
  for (int i = 0; i < b->columns * b->rows; i++) {
    float square = b->points[i] > 0 ? squares[i] / b->points[i] - noise * NOISE_KEPT : 0;
    squares[i] = square > 0 ? square : 0;
  }
}

// Log of 1 over the share of the detail of `to` that `from` leaves unexplained.
static double exactness(ss_vision_bench *b, ss_vision_plane *from, ss_vision_plane *to) {
  float unexplained[MOST_CELLS], detail[MOST_CELLS];
  if (!explain(b, from, to, &b->base_band)) return 0;
  float noise = noise_in(b, &b->base_band);
  squares_of(b, &b->base_band, noise, unexplained);
  ss_vision_blur(b, to, &b->smooth, &ss_vision_gauss_25);
  ss_vision_subtract(b, to, &b->smooth, &b->query_band);
  squares_of(b, &b->query_band, noise, detail);
  // A cell counts by the root of its detail: two pictures may share one strong edge, and nothing of what is fainter.
  double weights = 0.5, left = 0;
  for (int i = 0; i < b->columns * b->rows; i++) {
    if (!is_shown(b, i)) continue;
    double weight = sqrt((double)detail[i]);
    weights += weight;
    left += weight * fmin(1, (double)unexplained[i] / ((double)detail[i] + 1));
  }
  return -log(left / weights + 0.004);
}

float ss_vision_explained(ss_vision_bench *b) {
  int cells = 0;
  for (int i = 0; i < b->columns * b->rows; i++) cells += is_shown(b, i);
  if (cells < 2) return 0;
  // A copy with noise explains its original less well than the original explains it, a blurred one better; a look-alike
  // may explain the other one by chance, but hardly both.
  return (float)fmin(exactness(b, &b->base, &b->query), exactness(b, &b->query, &b->base));
}
