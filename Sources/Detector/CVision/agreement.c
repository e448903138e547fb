#include "agreement.h"
#include "sampling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { mostCells = (CV_LARGEST_GRID / CV_CELL_SIDE) * (CV_LARGEST_GRID / CV_CELL_SIDE) };

static double clamp(double x, double least, double most) { return x < least ? least : x > most ? most : x; }
static float logOf(double x) { return (float)log1p(x > 0 ? x : 0); }

float CVAgreeingCells(const CVGrid *grid) {
  float count = 0;
  for (int top = 0; top < grid->side; top += CV_CELL_SIDE)
    for (int left = 0; left < grid->side; left += CV_CELL_SIDE)
      count += CVCellAt(grid, left, top).correlation > 0.8f ? 1 : 0;
  return count;
}

// Weighted sums of two signals and of their products.
typedef struct {
  double n, a, b, aa, bb, ab;
} Moments;

static inline void add(Moments *m, double weight, double a, double b) {
  m->n += weight;
  m->a += weight * a;
  m->b += weight * b;
  m->aa += weight * a * a;
  m->bb += weight * b * b;
  m->ab += weight * a * b;
}

// Turns sums into means and central moments.
static void centre(Moments *m) {
  m->a /= m->n;
  m->b /= m->n;
  m->aa = fmax(0, m->aa / m->n - m->a * m->a);
  m->bb = fmax(0, m->bb / m->n - m->b * m->b);
  m->ab = m->ab / m->n - m->a * m->b;
}

static Moments lightOf(const CVGrid *grid) {
  Moments light = {0};
  for (int i = 0; i < grid->side * grid->side; i++) add(&light, grid->valid[i], grid->base[i], grid->query[i]);
  return light;
}

float CVCorrelation(const CVGrid *grid) {
  Moments light = lightOf(grid);
  if (light.n < 16) return 0;
  centre(&light);
  return (float)(light.ab / (sqrt(light.aa * light.bb) + 1e-3));
}

// Products of derivatives: of base and query, and of each with itself.
typedef struct {
  double bq, bb, qq;
} Products;

static inline void addProducts(Products *p, double b, double q) {
  p->bq += b * q;
  p->bb += b * b;
  p->qq += q * q;
}

static float correlationOf(const Products *p) { return (float)(p->bq / (sqrt(p->bb * p->qq) + 1e-3)); }

// First and second derivatives, over all and over the cells that agree; the share of the grid that both pictures cover.
static double agreeInDetail(const CVGrid *grid, float *features) {
  int n = grid->side, cells = n / CV_CELL_SIDE;
  unsigned char agrees[mostCells];
  for (int row = 0; row < cells; row++)
    for (int column = 0; column < cells; column++)
      agrees[row * cells + column] = CVCellAt(grid, column * CV_CELL_SIDE, row * CV_CELL_SIDE).correlation > 0.5f;
  double points = 0;
  Products first = {0}, second = {0}, agreeingFirst = {0}, agreeingSecond = {0};
  for (int y = 1; y < n - 1; y++) {
    for (int x = 1; x < n - 1; x++) {
      int i = y * n + x;
      const float *b = grid->base + i, *q = grid->query + i, *v = grid->valid + i;
      if (v[0] * v[-1] * v[1] * v[-n] * v[n] == 0) continue;
      float bx = b[1] - b[-1], by = b[n] - b[-n], qx = q[1] - q[-1], qy = q[n] - q[-n];
      float b2 = 4 * b[0] - b[1] - b[-1] - b[n] - b[-n], q2 = 4 * q[0] - q[1] - q[-1] - q[n] - q[-n];
      points++;
      addProducts(&first, bx, qx);
      addProducts(&first, by, qy);
      addProducts(&second, b2, q2);
      if (!agrees[y / CV_CELL_SIDE * cells + x / CV_CELL_SIDE]) continue;
      addProducts(&agreeingFirst, bx, qx);
      addProducts(&agreeingFirst, by, qy);
      addProducts(&agreeingSecond, b2, q2);
    }
  }
  features[CV_GRADIENT] = correlationOf(&first);
  features[CV_LAPLACIAN] = correlationOf(&second);
  features[CV_AGREEING_GRADIENT] = correlationOf(&agreeingFirst);
  features[CV_AGREEING_LAPLACIAN] = correlationOf(&agreeingSecond);
  return points / ((n - 2) * (n - 2));
}

static int byValue(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

static void agreeInCells(const CVGrid *grid, float *features) {
  float sorted[mostCells];
  int count = 0;
  double weights = 0, mean = 0, texture = 0, agreeing = 0;
  for (int top = 0; top < grid->side; top += CV_CELL_SIDE) {
    for (int left = 0; left < grid->side; left += CV_CELL_SIDE) {
      CVCell cell = CVCellAt(grid, left, top);
      if (cell.count < 16) continue;
      sorted[count++] = cell.correlation;
      double weight = cell.count / (CV_CELL_SIDE * CV_CELL_SIDE), detail = weight * clamp(cell.contrast / 10, 0, 1);
      weights += weight;
      mean += weight * cell.correlation;
      texture += detail;
      agreeing += detail * clamp((cell.correlation - 0.3) / 0.5, 0, 1);
    }
  }
  qsort(sorted, (size_t)count, sizeof(float), byValue);
  static const struct { int feature; double share; } quantiles[] = {
    {CV_CELLS_TENTH, 0.1}, {CV_CELLS_THIRD, 0.3}, {CV_CELLS_MEDIAN, 0.5}, {CV_CELLS_UPPER, 0.75}, {CV_CELLS_BEST, 0.9}};
  for (size_t i = 0; i < sizeof quantiles / sizeof quantiles[0]; i++) {
    int at = (int)(count * quantiles[i].share);
    features[quantiles[i].feature] = count > 0 ? sorted[at < count ? at : count - 1] : 0;
  }
  double cells = (double)(grid->side / CV_CELL_SIDE) * (grid->side / CV_CELL_SIDE), scale = 16 / cells;
  features[CV_CELLS_MEAN] = (float)(mean / (weights + 1e-6));
  features[CV_AGREEING_SHARE] = (float)(agreeing / (texture + 1e-6));
  features[CV_AGREEING_DETAIL] = logOf(agreeing * scale);
  features[CV_DETAIL] = logOf(texture * scale);
}

static void agreeInLight(const CVGrid *grid, float *features) {
  Moments light = lightOf(grid);
  if (light.n < 16) return;
  centre(&light);
  features[CV_CORRELATION] = (float)(light.ab / (sqrt(light.aa * light.bb) + 1));
  features[CV_GAIN] = (float)fabs(log(clamp(light.ab / (light.aa + 1), 0.05, 20)));
  features[CV_RESIDUAL] = logOf(sqrt(fmax(0, light.bb - light.ab * light.ab / (light.aa + 1e-3))));
  features[CV_CONTRAST] = logOf(sqrt(light.aa));
  features[CV_LIGHT_SHIFT] = logOf(fabs(light.a - light.b));
}

static int hasColour(const float *picture) {
  int count = 0;
  for (int i = CV_PYRAMID_COUNT; i < CV_PAINT; i++) count += picture[i] != 0;
  return count > 0;
}

static void agreeInColour(const CVGrid *grid, const float *base, const float *query, const float w[6], float *features) {
  enum { n = CV_VIEW_SIDE };
  Moments blue = {0}, red = {0};
  // Grey pictures agree in nothing, which is 0 throughout.
  if (!hasColour(base) && !hasColour(query)) return;
  for (int y = 0; y < n; y++) {
    for (int x = 0; x < n; x++) {
      float u = grid->rect[0] + ((float)x + 0.5f) / n * grid->rect[2];
      float v = grid->rect[1] + ((float)y + 0.5f) / n * grid->rect[3];
      float s = w[0] * u + w[1] * v + w[2], t = w[3] * u + w[4] * v + w[5];
      if (s < 0 || s > 1 || t < 0 || t > 1) continue;
      if (CVIsPainted(base + CV_PAINT, u, v) || CVIsPainted(query + CV_PAINT, s, t)) continue;
      float b[2], q[2];
      CVSamplePair(base + CV_PYRAMID_COUNT, n, u, v, b);
      CVSamplePair(query + CV_PYRAMID_COUNT, n, s, t, q);
      add(&blue, 1, b[0], q[0]);
      add(&red, 1, b[1], q[1]);
    }
  }
  if (blue.n < 16) return;
  centre(&blue);
  centre(&red);
  double bb = blue.aa + red.aa, qq = blue.bb + red.bb;
  features[CV_COLOUR] = (float)((blue.ab + red.ab) / (sqrt(bb * qq) + 25));
  features[CV_BASE_COLOUR] = logOf(sqrt(bb));
  features[CV_QUERY_COLOUR] = logOf(sqrt(qq));
  float less = fminf(features[CV_BASE_COLOUR], features[CV_QUERY_COLOUR]);
  features[CV_COLOUR_WEIGHED] = features[CV_COLOUR] * less;
  features[CV_COLOUR_SHIFT] = logOf(hypot(blue.a - blue.b, red.a - red.b));
}

void CVAgree(const CVGrid *grid, const float *base, const float *query, const float w[6], CVAgreement *out) {
  double covered = agreeInDetail(grid, out->features);
  double ofBase = grid->rect[2] * grid->rect[3] * covered, ofQuery = ofBase * fabs((double)w[0] * w[4] - (double)w[1] * w[3]);
  out->overlap = (float)clamp(fmax(ofBase, ofQuery), 0, 1);
  out->features[CV_LARGER_OVERLAP] = (float)log(clamp(fmax(ofBase, ofQuery), 0.02, 1));
  out->features[CV_SMALLER_OVERLAP] = (float)log(clamp(fmin(ofBase, ofQuery), 0.02, 1));
  agreeInCells(grid, out->features);
  agreeInLight(grid, out->features);
  agreeInColour(grid, base, query, w, out->features);
}
