#ifndef SS_VISION_BENCH_H
#define SS_VISION_BENCH_H

#include "CVision.h"
#include "lanes.h"

// Two pictures that lie on each other, sampled side by side, and what is done to them: shared by evidence.c and
// explained.c.

enum {
  MOST_POINTS = SS_VISION_CANONICAL_SIDE,
  // Room around a plane for the taps of a filter.
  ROOM = 16,
  STRIDE = MOST_POINTS + 2 * ROOM,
  SMALL_CELL = 8,
  LARGE_CELL = 16,
  // Sides from which on cells are large.
  LARGE_GRID = 92,
  MOST_CELLS = (MOST_POINTS / SMALL_CELL) * (MOST_POINTS / SMALL_CELL),
};

typedef struct ss_vision_plane {
  float levels[STRIDE * STRIDE + SS_VISION_LANES];
} ss_vision_plane;

#define AT(plane, x, y) ((plane)->levels[((y) + ROOM) * STRIDE + (x) + ROOM])

typedef struct ss_vision_bench {
  // The part that both show, and 1 where both do.
  ss_vision_plane base, query, mask;
  // The two in one band of detail.
  ss_vision_plane base_band, query_band;
  ss_vision_plane smooth, between, energy, base_energy, query_energy;
  int width, height, cell, columns, rows;
  // Points of each cell that both pictures show.
  float points[MOST_CELLS];
} ss_vision_bench;

// A half of Gaussian weights, the middle first, that sum up to 1 over both halves; cut off at 2.5 sigma. They are
// written out because the last digit of exp differs between machines.
typedef struct ss_vision_kernel {
  int radius;
  float weights[11];
} ss_vision_kernel;

extern const ss_vision_kernel ss_vision_gauss_07, ss_vision_gauss_08, ss_vision_gauss_16, ss_vision_gauss_25,
    ss_vision_gauss_40;

typedef struct ss_vision_weighed {
  float value, weight;
} ss_vision_weighed;

// Takes the part that both pictures show, at the resolution of the poorer one.
void ss_vision_take_bench(ss_vision_bench *b, const float *base, const float *query, const float w[6],
                          const float rect[4], const int base_size[2], const int query_size[2]);

// Mirrors the points along the edges into the room around them.
void ss_vision_pad(ss_vision_plane *plane, int width, int height, int radius);

// Smooths `in` into `out`, which may be the same.
void ss_vision_blur(ss_vision_bench *b, ss_vision_plane *in, ss_vision_plane *out, const ss_vision_kernel *kernel);

// One plane less another, where both pictures show something.
void ss_vision_subtract(const ss_vision_bench *b, const ss_vision_plane *from, const ss_vision_plane *what,
                        ss_vision_plane *out);

// Sums of the products of two planes over the cells, the second one shifted.
void ss_vision_multiply_cells(const ss_vision_bench *b, const ss_vision_plane *p, const ss_vision_plane *q, int dx,
                              int dy, float *out);

// Sums of a plane over the cells, shifted.
void ss_vision_sum_cells(const ss_vision_bench *b, const ss_vision_plane *p, int dx, int dy, float *out);

// The value that a share of the weight does not exceed; 0 where there is too little weight to say. Sorts the values.
float ss_vision_quantile(ss_vision_weighed *values, int count, double share);

// How exactly each of the two explains the other: see SS_VISION_EXPLAINED.
float ss_vision_explained(ss_vision_bench *b);

#endif
