#include "agreement.h"
#include "sampling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { MOST_CELLS = (SS_VISION_LARGEST_GRID / SS_VISION_CELL_SIDE) * (SS_VISION_LARGEST_GRID / SS_VISION_CELL_SIDE) };

static double clamp(double x, double least, double most) { return x < least ? least : x > most ? most : x; }
static float log_of(double x) { return (float)log1p(x > 0 ? x : 0); }

float ss_vision_agreeing_cells(const ss_vision_grid *grid) {
  float count = 0;
  for (int top = 0; top < grid->side; top += SS_VISION_CELL_SIDE)
    for (int left = 0; left < grid->side; left += SS_VISION_CELL_SIDE)
      count += ss_vision_cell_at(grid, left, top).correlation > 0.8f ? 1 : 0;
  return count;
}

// Weighted sums of two signals and of their products.
typedef struct pair_moments {
  double n, a, b, aa, bb, ab;
} pair_moments;

static inline void add(pair_moments *m, double weight, double a, double b) {
  m->n += weight;
  m->a += weight * a;
  m->b += weight * b;
  m->aa += weight * a * a;
  m->bb += weight * b * b;
  m->ab += weight * a * b;
}

// Turns sums into means and central moments.
static void centre(pair_moments *m) {
  m->a /= m->n;
  m->b /= m->n;
  m->aa = fmax(0, m->aa / m->n - m->a * m->a);
  m->bb = fmax(0, m->bb / m->n - m->b * m->b);
  m->ab = m->ab / m->n - m->a * m->b;
}

static pair_moments light_of(const ss_vision_grid *grid) {
  pair_moments light = {0};
  for (int i = 0; i < grid->side * grid->side; i++) add(&light, grid->valid[i], grid->base[i], grid->query[i]);
  return light;
}

float ss_vision_correlation(const ss_vision_grid *grid) {
  pair_moments light = light_of(grid);
  if (light.n < 16) return 0;
  centre(&light);
  return (float)(light.ab / (sqrt(light.aa * light.bb) + 1e-3));
}

// Products of derivatives: of base and query, and of each with itself.
typedef struct derivative_products {
  double bq, bb, qq;
} derivative_products;

static inline void add_products(derivative_products *p, double b, double q) {
  p->bq += b * q;
  p->bb += b * b;
  p->qq += q * q;
}

static float correlation_of(const derivative_products *p) { return (float)(p->bq / (sqrt(p->bb * p->qq) + 1e-3)); }

// First and second derivatives, over all and over the cells that agree; the share of the grid that both pictures cover.
static double agree_in_detail(const ss_vision_grid *grid, float *features) {
  int n = grid->side, cells = n / SS_VISION_CELL_SIDE;
  unsigned char agrees[MOST_CELLS];
  for (int row = 0; row < cells; row++)
    for (int column = 0; column < cells; column++)
      agrees[row * cells + column] =
          ss_vision_cell_at(grid, column * SS_VISION_CELL_SIDE, row * SS_VISION_CELL_SIDE).correlation > 0.5f;
  double points = 0;
  derivative_products first = {0}, second = {0}, agreeing_first = {0}, agreeing_second = {0};
  for (int y = 1; y < n - 1; y++) {
    for (int x = 1; x < n - 1; x++) {
      int i = y * n + x;
      const float *b = grid->base + i, *q = grid->query + i, *v = grid->valid + i;
      if (v[0] * v[-1] * v[1] * v[-n] * v[n] == 0) continue;
      float bx = b[1] - b[-1], by = b[n] - b[-n], qx = q[1] - q[-1], qy = q[n] - q[-n];
      float b2 = 4 * b[0] - b[1] - b[-1] - b[n] - b[-n], q2 = 4 * q[0] - q[1] - q[-1] - q[n] - q[-n];
      points++;
      add_products(&first, bx, qx);
      add_products(&first, by, qy);
      add_products(&second, b2, q2);
      if (!agrees[y / SS_VISION_CELL_SIDE * cells + x / SS_VISION_CELL_SIDE]) continue;
      add_products(&agreeing_first, bx, qx);
      add_products(&agreeing_first, by, qy);
      add_products(&agreeing_second, b2, q2);
    }
  }
  features[SS_VISION_GRADIENT] = correlation_of(&first);
  features[SS_VISION_LAPLACIAN] = correlation_of(&second);
  features[SS_VISION_AGREEING_GRADIENT] = correlation_of(&agreeing_first);
  features[SS_VISION_AGREEING_LAPLACIAN] = correlation_of(&agreeing_second);
  return points / ((n - 2) * (n - 2));
}

static int by_value(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

static void agree_in_cells(const ss_vision_grid *grid, float *features) {
  float sorted[MOST_CELLS];
  int count = 0;
  double weights = 0, mean = 0, texture = 0, agreeing = 0;
  for (int top = 0; top < grid->side; top += SS_VISION_CELL_SIDE) {
    for (int left = 0; left < grid->side; left += SS_VISION_CELL_SIDE) {
      ss_vision_cell cell = ss_vision_cell_at(grid, left, top);
      if (cell.count < 16) continue;
      sorted[count++] = cell.correlation;
      double weight = cell.count / (SS_VISION_CELL_SIDE * SS_VISION_CELL_SIDE),
             detail = weight * clamp(cell.contrast / 10, 0, 1);
      weights += weight;
      mean += weight * cell.correlation;
      texture += detail;
      agreeing += detail * clamp((cell.correlation - 0.3) / 0.5, 0, 1);
    }
  }
  qsort(sorted, (size_t)count, sizeof(float), by_value);
  static const struct {
    int feature;
    double share;
  } quantiles[] = {{SS_VISION_CELLS_TENTH, 0.1},
                   {SS_VISION_CELLS_THIRD, 0.3},
                   {SS_VISION_CELLS_MEDIAN, 0.5},
                   {SS_VISION_CELLS_UPPER, 0.75},
                   {SS_VISION_CELLS_BEST, 0.9}};
  for (size_t i = 0; i < sizeof quantiles / sizeof quantiles[0]; i++) {
    int at = (int)(count * quantiles[i].share);
    features[quantiles[i].feature] = count > 0 ? sorted[at < count ? at : count - 1] : 0;
  }
  double cells = (double)(grid->side / SS_VISION_CELL_SIDE) * (grid->side / SS_VISION_CELL_SIDE), scale = 16 / cells;
  features[SS_VISION_CELLS_MEAN] = (float)(mean / (weights + 1e-6));
  features[SS_VISION_AGREEING_SHARE] = (float)(agreeing / (texture + 1e-6));
  features[SS_VISION_AGREEING_DETAIL] = log_of(agreeing * scale);
  features[SS_VISION_DETAIL] = log_of(texture * scale);
}

static void agree_in_light(const ss_vision_grid *grid, float *features) {
  pair_moments light = light_of(grid);
  if (light.n < 16) return;
  centre(&light);
  features[SS_VISION_CORRELATION] = (float)(light.ab / (sqrt(light.aa * light.bb) + 1));
  features[SS_VISION_GAIN] = (float)fabs(log(clamp(light.ab / (light.aa + 1), 0.05, 20)));
  features[SS_VISION_RESIDUAL] = log_of(sqrt(fmax(0, light.bb - light.ab * light.ab / (light.aa + 1e-3))));
  features[SS_VISION_CONTRAST] = log_of(sqrt(light.aa));
  features[SS_VISION_LIGHT_SHIFT] = log_of(fabs(light.a - light.b));
}

static int has_colour(const float *picture) {
  int count = 0;
  for (int i = SS_VISION_PYRAMID_COUNT; i < SS_VISION_PAINT; i++) count += picture[i] != 0;
  return count > 0;
}

static void agree_in_colour(const ss_vision_grid *grid, const float *base, const float *query, const float w[6],
                            float *features) {
  enum { n = SS_VISION_VIEW_SIDE };
  pair_moments blue = {0}, red = {0};
  // Grey pictures agree in nothing, which is 0 throughout.
  if (!has_colour(base) && !has_colour(query)) return;
  for (int y = 0; y < n; y++) {
    for (int x = 0; x < n; x++) {
      float u = grid->rect[0] + ((float)x + 0.5f) / n * grid->rect[2];
      float v = grid->rect[1] + ((float)y + 0.5f) / n * grid->rect[3];
      float s = w[0] * u + w[1] * v + w[2], t = w[3] * u + w[4] * v + w[5];
      if (s < 0 || s > 1 || t < 0 || t > 1) continue;
      if (ss_vision_is_painted(base + SS_VISION_PAINT, u, v) || ss_vision_is_painted(query + SS_VISION_PAINT, s, t))
        continue;
      float b[2], q[2];
      ss_vision_sample_pair(base + SS_VISION_PYRAMID_COUNT, n, u, v, b);
      ss_vision_sample_pair(query + SS_VISION_PYRAMID_COUNT, n, s, t, q);
      add(&blue, 1, b[0], q[0]);
      add(&red, 1, b[1], q[1]);
    }
  }
  if (blue.n < 16) return;
  centre(&blue);
  centre(&red);
  double bb = blue.aa + red.aa, qq = blue.bb + red.bb;
  features[SS_VISION_COLOUR] = (float)((blue.ab + red.ab) / (sqrt(bb * qq) + 25));
  features[SS_VISION_BASE_COLOUR] = log_of(sqrt(bb));
  features[SS_VISION_QUERY_COLOUR] = log_of(sqrt(qq));
  float less = fminf(features[SS_VISION_BASE_COLOUR], features[SS_VISION_QUERY_COLOUR]);
  features[SS_VISION_COLOUR_WEIGHED] = features[SS_VISION_COLOUR] * less;
  features[SS_VISION_COLOUR_SHIFT] = log_of(hypot(blue.a - blue.b, red.a - red.b));
}

void ss_vision_agree(const ss_vision_grid *grid, const float *base, const float *query, const float w[6],
                     ss_vision_agreement *out) {
  double covered = agree_in_detail(grid, out->features);
  double of_base = grid->rect[2] * grid->rect[3] * covered,
         of_query = of_base * fabs((double)w[0] * w[4] - (double)w[1] * w[3]);
  out->overlap = (float)clamp(fmax(of_base, of_query), 0, 1);
  out->features[SS_VISION_LARGER_OVERLAP] = (float)log(clamp(fmax(of_base, of_query), 0.02, 1));
  out->features[SS_VISION_SMALLER_OVERLAP] = (float)log(clamp(fmin(of_base, of_query), 0.02, 1));
  agree_in_cells(grid, out->features);
  agree_in_light(grid, out->features);
  agree_in_colour(grid, base, query, w, out->features);
}
