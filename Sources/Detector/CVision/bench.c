#include "bench.h"
#include "clones.h"
#include "lanes.h"
#include "sampling.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// MARK: Filters

const ss_vision_kernel ss_vision_gauss_07 = {2, {0.56991249f, 0.20542370f, 0.00962006f}};
const ss_vision_kernel ss_vision_gauss_08 = {2, {0.49911642f, 0.22851215f, 0.02192964f}};
const ss_vision_kernel ss_vision_gauss_16 = {4, {0.25040447f, 0.20597710f, 0.11464352f, 0.04317515f, 0.01100200f}};
const ss_vision_kernel ss_vision_gauss_25 = {
    6, {0.16100337f, 0.14862485f, 0.11691244f, 0.07836876f, 0.04476494f, 0.02178944f, 0.00903789f}};
const ss_vision_kernel ss_vision_gauss_40 = {10,
                                             {0.10058980f, 0.09749497f, 0.08877018f, 0.07592916f, 0.06101080f,
                                              0.04605336f, 0.03265673f, 0.02175407f, 0.01361335f, 0.00800287f,
                                              0.00441961f}};

void ss_vision_pad(ss_vision_plane *plane, int width, int height, int radius) {
  for (int y = 0; y < height; y++) {
    for (int i = 1; i <= radius; i++) {
      AT(plane, -i, y) = AT(plane, i - 1 < width ? i - 1 : width - 1, y);
      AT(plane, width - 1 + i, y) = AT(plane, width - i >= 0 ? width - i : 0, y);
    }
  }
  size_t length = sizeof(float) * (size_t)(width + 2 * radius);
  for (int i = 1; i <= radius; i++) {
    int above = i - 1 < height ? i - 1 : height - 1, below = height - i >= 0 ? height - i : 0;
    memcpy(&AT(plane, -radius, -i), &AT(plane, -radius, above), length);
    memcpy(&AT(plane, -radius, height - 1 + i), &AT(plane, -radius, below), length);
  }
}

SS_VISION_CLONES void ss_vision_blur(ss_vision_bench *b, ss_vision_plane *in, ss_vision_plane *out,
                                     const ss_vision_kernel *kernel) {
  int r = kernel->radius;
  const float *w = kernel->weights;
  ss_vision_pad(in, b->width, b->height, r);
  for (int y = -r; y < b->height + r; y++) {
    const float *from = &AT(in, 0, y);
    float *to = &AT(&b->between, 0, y);
    for (int x = 0; x < b->width; x += SS_VISION_LANES) {
      float_lanes sum = w[0] * SS_VISION_LANES_AT(from + x);
      for (int i = 1; i <= r; i++) sum += w[i] * (SS_VISION_LANES_AT(from + x - i) + SS_VISION_LANES_AT(from + x + i));
      SS_VISION_STORE_LANES(sum, to + x);
    }
  }
  for (int y = 0; y < b->height; y++) {
    const float *from = &AT(&b->between, 0, y);
    float *to = &AT(out, 0, y);
    for (int x = 0; x < b->width; x += SS_VISION_LANES) {
      float_lanes sum = w[0] * SS_VISION_LANES_AT(from + x);
      for (int i = 1; i <= r; i++)
        sum += w[i] * (SS_VISION_LANES_AT(from + x - i * STRIDE) + SS_VISION_LANES_AT(from + x + i * STRIDE));
      SS_VISION_STORE_LANES(sum, to + x);
    }
  }
}

SS_VISION_CLONES void ss_vision_subtract(const ss_vision_bench *b, const ss_vision_plane *from,
                                         const ss_vision_plane *what, ss_vision_plane *out) {
  for (int y = 0; y < b->height; y++)
    for (int x = 0; x < b->width; x++) AT(out, x, y) = (AT(from, x, y) - AT(what, x, y)) * AT(&b->mask, x, y);
}

// MARK: Sampling

// The nearest in size by ratio.
static const float COARSEST = 1.42f;

static inline float sample(const float *level, int n, float u, float v) {
  int ix, iy;
  float fx, fy;
  ss_vision_place_at(u, n, &ix, &fx);
  ss_vision_place_at(v, n, &iy, &fy);
  return ss_vision_between(level + iy * n + ix, n, fx, fy);
}

// Points along a side, as many as the poorer of the two pictures has, in whole cells.
static int points_for(float side, int cell) {
  int points = (int)(side / (float)cell + 0.5f) * cell;
  return points < 16 ? 16 : points > MOST_POINTS ? MOST_POINTS : points;
}

SS_VISION_CLONES void ss_vision_take_bench(ss_vision_bench *b, const float *base, const float *query, const float w[6],
                                           const float rect[4], const int base_size[2], const int query_size[2]) {
  // hypotf may differ in its last digit from machine to machine; sqrtf does not.
  float wide = (float)query_size[0], high = (float)query_size[1];
  float along_x = sqrtf(w[0] * w[0] * wide * wide + w[3] * w[3] * high * high) * rect[2];
  float along_y = sqrtf(w[1] * w[1] * wide * wide + w[4] * w[4] * high * high) * rect[3];
  float side_x = (float)base_size[0] * rect[2], side_y = (float)base_size[1] * rect[3];
  side_x = side_x < along_x ? side_x : along_x;
  side_y = side_y < along_y ? side_y : along_y;
  b->cell = side_x >= LARGE_GRID && side_y >= LARGE_GRID ? LARGE_CELL : SMALL_CELL;
  int nx = b->width = points_for(side_x, b->cell), ny = b->height = points_for(side_y, b->cell);
  b->columns = nx / b->cell;
  b->rows = ny / b->cell;
  float pitch_x = rect[2] / (float)nx, pitch_y = rect[3] / (float)ny;
  float step_x = sqrtf(w[0] * w[0] + w[3] * w[3]) * pitch_x, step_y = sqrtf(w[1] * w[1] + w[4] * w[4]) * pitch_y;
  int n, m;
  const float *base_level = ss_vision_level_for(base, ss_vision_larger(pitch_x, pitch_y), COARSEST, &n);
  const float *query_level = ss_vision_level_for(query, ss_vision_larger(step_x, step_y), COARSEST, &m);
  // What lies within a point of the edge is not counted.
  float edge_x = 0.75f * step_x, edge_y = 0.75f * step_y;
  for (int y = 0; y < ny; y++) {
    for (int x = 0; x < nx; x++) {
      float u = rect[0] + ((float)x + 0.5f) * pitch_x, v = rect[1] + ((float)y + 0.5f) * pitch_y;
      float s = w[0] * u + w[1] * v + w[2], t = w[3] * u + w[4] * v + w[5];
      AT(&b->base, x, y) = sample(base_level, n, u, v);
      AT(&b->query, x, y) = sample(query_level, m, s, t);
      int is_painted =
          ss_vision_is_painted(base + SS_VISION_PAINT, u, v) | ss_vision_is_painted(query + SS_VISION_PAINT, s, t);
      AT(&b->mask, x, y) = (float)((s >= edge_x) & (s <= 1 - edge_x) & (t >= edge_y) & (t <= 1 - edge_y) & !is_painted);
    }
  }
}

// MARK: Cells

SS_VISION_CLONES void ss_vision_multiply_cells(const ss_vision_bench *b, const ss_vision_plane *p,
                                               const ss_vision_plane *q, int dx, int dy, float *out) {
  int k = b->cell, width = b->columns * k;
  for (int row = 0; row < b->rows; row++) {
    float sums[MOST_POINTS] = {0};
    for (int y = row * k; y < (row + 1) * k; y++) {
      const float *first = &AT(p, 0, y), *second = &AT(q, dx, y + dy);
      for (int x = 0; x < width; x++) sums[x] += first[x] * second[x];
    }
    for (int column = 0; column < b->columns; column++) {
      float total = 0;
      for (int x = column * k; x < (column + 1) * k; x++) total += sums[x];
      out[row * b->columns + column] = total;
    }
  }
}

SS_VISION_CLONES void ss_vision_sum_cells(const ss_vision_bench *b, const ss_vision_plane *p, int dx, int dy,
                                          float *out) {
  int k = b->cell, width = b->columns * k;
  for (int row = 0; row < b->rows; row++) {
    float sums[MOST_POINTS] = {0};
    for (int y = row * k; y < (row + 1) * k; y++) {
      const float *from = &AT(p, dx, y + dy);
      for (int x = 0; x < width; x++) sums[x] += from[x];
    }
    for (int column = 0; column < b->columns; column++) {
      float total = 0;
      for (int x = column * k; x < (column + 1) * k; x++) total += sums[x];
      out[row * b->columns + column] = total;
    }
  }
}

float ss_vision_quantile(ss_vision_weighed *values, int count, double share) {
  for (int i = 1; i < count; i++) {
    ss_vision_weighed moved = values[i];
    int j = i - 1;
    for (; j >= 0 && values[j].value > moved.value; j--) values[j + 1] = values[j];
    values[j + 1] = moved;
  }
  double total = 0, sum = 0;
  for (int i = 0; i < count; i++) total += values[i].weight;
  if (total < 0.2) return 0;
  for (int i = 0; i < count; i++) {
    sum += values[i].weight;
    if (sum >= share * total) return values[i].value;
  }
  return values[count - 1].value;
}
