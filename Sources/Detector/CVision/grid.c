#include "grid.h"
#include "clones.h"
#include "sampling.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// The nearest in size by ratio.
static const float COARSEST = 1.42f;

// Where a row of samples falls: the pixel up and to the left of each, and how far it is from it.
typedef struct sample_places {
  int at[SS_VISION_LARGEST_GRID];
  float fx[SS_VISION_LARGEST_GRID], fy[SS_VISION_LARGEST_GRID];
} sample_places;

void ss_vision_sample_pair(const float *planes, int n, float u, float v, float out[2]) {
  int ix, iy;
  float fx, fy;
  ss_vision_place_at(u, n, &ix, &fx);
  ss_vision_place_at(v, n, &iy, &fy);
  out[0] = ss_vision_between(planes + iy * n + ix, n, fx, fy);
  out[1] = ss_vision_between(planes + n * n + iy * n + ix, n, fx, fy);
}

static int is_anywhere(const float *paint) { return paint[2] > paint[0]; }

// Marks the points of the base that are not painted over.
static void take_shown(ss_vision_grid *grid, const float *paint) {
  int n = grid->side;
  grid->is_painted = is_anywhere(paint);
  if (!grid->is_painted) return;
  for (int y = 0; y < n; y++) {
    for (int x = 0; x < n; x++) {
      float u = grid->rect[0] + ((float)x + 0.5f) * (grid->rect[2] / (float)n);
      float v = grid->rect[1] + ((float)y + 0.5f) * (grid->rect[3] / (float)n);
      grid->shown[y * n + x] = (float)!ss_vision_is_painted(paint, u, v);
    }
  }
}

SS_VISION_CLONES void ss_vision_take_base(ss_vision_grid *grid, const float *picture, int n, const float rect[4]) {
  grid->side = n;
  memcpy(grid->rect, rect, sizeof grid->rect);
  int side;
  float pitch_x = rect[2] / (float)n, pitch_y = rect[3] / (float)n;
  const float *level = ss_vision_level_for(picture, ss_vision_larger(pitch_x, pitch_y), COARSEST, &side);
  sample_places places;
  for (int x = 0; x < n; x++)
    ss_vision_place_at(rect[0] + ((float)x + 0.5f) * pitch_x, side, &places.at[x], &places.fx[x]);
  for (int y = 0; y < n; y++) {
    int iy;
    float fy;
    ss_vision_place_at(rect[1] + ((float)y + 0.5f) * pitch_y, side, &iy, &fy);
    const float *row = level + iy * side;
    for (int x = 0; x < n; x++) grid->base[y * n + x] = ss_vision_between(row + places.at[x], side, places.fx[x], fy);
  }
  take_shown(grid, picture + SS_VISION_PAINT);
  for (int y = 0; y < n; y++) {
    const float *row = grid->base + y * n;
    const float *above = y > 0 ? row - n : row, *below = y < n - 1 ? row + n : row;
    float *gx = grid->gx + y * n, *gy = grid->gy + y * n;
    float step = y > 0 && y < n - 1 ? 0.5f : 1;
    for (int x = 0; x < n; x++) gy[x] = (below[x] - above[x]) * step;
    gx[0] = row[1] - row[0];
    for (int x = 1; x < n - 1; x++) gx[x] = (row[x + 1] - row[x - 1]) * 0.5f;
    gx[n - 1] = row[n - 1] - row[n - 2];
  }
}

SS_VISION_CLONES void ss_vision_take_query(ss_vision_grid *grid, const float *picture, const float w[6]) {
  int n = grid->side, side;
  float pitch_x = grid->rect[2] / (float)n, pitch_y = grid->rect[3] / (float)n;
  float step_x = ss_vision_larger(fabsf(w[0]), fabsf(w[3])) * pitch_x,
        step_y = ss_vision_larger(fabsf(w[1]), fabsf(w[4])) * pitch_y;
  const float *level = ss_vision_level_for(picture, ss_vision_larger(step_x, step_y), COARSEST, &side);
  sample_places places;
  for (int y = 0; y < n; y++) {
    float v = grid->rect[1] + ((float)y + 0.5f) * pitch_y;
    float s0 = w[1] * v + w[2], t0 = w[4] * v + w[5];
    float *valid = grid->valid + y * n, *query = grid->query + y * n;
    for (int x = 0; x < n; x++) {
      float u = grid->rect[0] + ((float)x + 0.5f) * pitch_x;
      float s = w[0] * u + s0, t = w[3] * u + t0;
      int ix, iy;
      ss_vision_place_at(s, side, &ix, &places.fx[x]);
      ss_vision_place_at(t, side, &iy, &places.fy[x]);
      places.at[x] = iy * side + ix;
      int inside = (s >= 0) & (s <= 1) & (t >= 0) & (t <= 1);
      valid[x] = (float)inside;
    }
    for (int x = 0; x < n; x++) query[x] = ss_vision_between(level + places.at[x], side, places.fx[x], places.fy[x]);
  }
  const float *paint = picture + SS_VISION_PAINT;
  if (!grid->is_painted && !is_anywhere(paint)) return;
  for (int y = 0; y < n; y++) {
    float v = grid->rect[1] + ((float)y + 0.5f) * pitch_y;
    for (int x = 0; x < n; x++) {
      float u = grid->rect[0] + ((float)x + 0.5f) * pitch_x;
      if (grid->is_painted) grid->valid[y * n + x] *= grid->shown[y * n + x];
      if (ss_vision_is_painted(paint, w[0] * u + w[1] * v + w[2], w[3] * u + w[4] * v + w[5]))
        grid->valid[y * n + x] = 0;
    }
  }
}

// Eight running sums, one for each column of a cell: a fixed order of summation whatever the instruction set.
typedef struct cell_sum {
  float lane[SS_VISION_CELL_SIDE];
} cell_sum;

static inline float total(const cell_sum *sum) {
  const float *l = sum->lane;
  return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]));
}

ss_vision_cell ss_vision_cell_at(const ss_vision_grid *grid, int left, int top) {
  cell_sum ones = {{0}}, bases = {{0}}, queries = {{0}}, base_squares = {{0}}, query_squares = {{0}}, products = {{0}};
  int side = grid->side, middle = (top + SS_VISION_CELL_SIDE / 2) * side + left + SS_VISION_CELL_SIDE / 2;
  // Differences from the middle point: single precision holds the squares.
  float base_level = grid->base[middle], query_level = grid->query[middle];
  for (int y = top; y < top + SS_VISION_CELL_SIDE; y++) {
    const float *base = grid->base + y * side + left, *query = grid->query + y * side + left;
    const float *valid = grid->valid + y * side + left;
    for (int x = 0; x < SS_VISION_CELL_SIDE; x++) {
      float b = base[x] - base_level, q = query[x] - query_level, m = valid[x];
      ones.lane[x] += m;
      bases.lane[x] += m * b;
      queries.lane[x] += m * q;
      base_squares.lane[x] += m * b * b;
      query_squares.lane[x] += m * q * q;
      products.lane[x] += m * b * q;
    }
  }
  float n = total(&ones), b = total(&bases), q = total(&queries);
  ss_vision_cell cell = {n, 0, 0};
  if (n < 16) return cell;
  float bb = ss_vision_larger(total(&base_squares) - b * b / n, 0),
        qq = ss_vision_larger(total(&query_squares) - q * q / n, 0);
  // Half a level of luma a point: what noise and compression leave in a flat cell.
  cell.correlation = (total(&products) - b * q / n) / (sqrtf(bb * qq) + 0.5f * n);
  cell.contrast = sqrtf((bb < qq ? bb : qq) / n);
  return cell;
}
