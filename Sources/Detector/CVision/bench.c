#include "bench.h"
#include "clones.h"
#include "lanes.h"
#include "sampling.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// MARK: Filters

const CVKernel CVGauss07 = {2, {0.56991249f, 0.20542370f, 0.00962006f}};
const CVKernel CVGauss08 = {2, {0.49911642f, 0.22851215f, 0.02192964f}};
const CVKernel CVGauss16 = {4, {0.25040447f, 0.20597710f, 0.11464352f, 0.04317515f, 0.01100200f}};
const CVKernel CVGauss25 = {
  6, {0.16100337f, 0.14862485f, 0.11691244f, 0.07836876f, 0.04476494f, 0.02178944f, 0.00903789f}};
const CVKernel CVGauss40 = {
  10,
  {0.10058980f, 0.09749497f, 0.08877018f, 0.07592916f, 0.06101080f, 0.04605336f, 0.03265673f, 0.02175407f,
   0.01361335f, 0.00800287f, 0.00441961f}};

void CVPad(CVPlane *plane, int width, int height, int radius) {
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

CV_CLONES void CVBlur(CVBench *b, CVPlane *in, CVPlane *out, const CVKernel *kernel) {
  int r = kernel->radius;
  const float *w = kernel->weights;
  CVPad(in, b->width, b->height, r);
  for (int y = -r; y < b->height + r; y++) {
    const float *from = &AT(in, 0, y);
    float *to = &AT(&b->between, 0, y);
    for (int x = 0; x < b->width; x += CV_LANES) {
      Lanes sum = w[0] * CV_LANES_AT(from + x);
      for (int i = 1; i <= r; i++) sum += w[i] * (CV_LANES_AT(from + x - i) + CV_LANES_AT(from + x + i));
      CV_STORE_LANES(sum, to + x);
    }
  }
  for (int y = 0; y < b->height; y++) {
    const float *from = &AT(&b->between, 0, y);
    float *to = &AT(out, 0, y);
    for (int x = 0; x < b->width; x += CV_LANES) {
      Lanes sum = w[0] * CV_LANES_AT(from + x);
      for (int i = 1; i <= r; i++)
        sum += w[i] * (CV_LANES_AT(from + x - i * stride) + CV_LANES_AT(from + x + i * stride));
      CV_STORE_LANES(sum, to + x);
    }
  }
}

CV_CLONES void CVSubtract(const CVBench *b, const CVPlane *from, const CVPlane *what, CVPlane *out) {
  for (int y = 0; y < b->height; y++)
    for (int x = 0; x < b->width; x++)
      AT(out, x, y) = (AT(from, x, y) - AT(what, x, y)) * AT(&b->mask, x, y);
}

// MARK: Sampling

// The nearest in size by ratio.
static const float coarsest = 1.42f;

static inline float sample(const float *level, int n, float u, float v) {
  int ix, iy;
  float fx, fy;
  CVPlaceAt(u, n, &ix, &fx);
  CVPlaceAt(v, n, &iy, &fy);
  return CVBetween(level + iy * n + ix, n, fx, fy);
}

// Points along a side, as many as the poorer of the two pictures has, in whole cells.
static int pointsFor(float side, int cell) {
  int points = (int)(side / (float)cell + 0.5f) * cell;
  return points < 16 ? 16 : points > mostPoints ? mostPoints : points;
}

CV_CLONES void CVTakeBench(
  CVBench *b, const float *base, const float *query, const float w[6], const float rect[4], const int baseSize[2],
  const int querySize[2]) {
  // hypotf may differ in its last digit from machine to machine; sqrtf does not.
  float wide = (float)querySize[0], high = (float)querySize[1];
  float alongX = sqrtf(w[0] * w[0] * wide * wide + w[3] * w[3] * high * high) * rect[2];
  float alongY = sqrtf(w[1] * w[1] * wide * wide + w[4] * w[4] * high * high) * rect[3];
  float sideX = (float)baseSize[0] * rect[2], sideY = (float)baseSize[1] * rect[3];
  sideX = sideX < alongX ? sideX : alongX;
  sideY = sideY < alongY ? sideY : alongY;
  b->cell = sideX >= largeGrid && sideY >= largeGrid ? largeCell : smallCell;
  int nx = b->width = pointsFor(sideX, b->cell), ny = b->height = pointsFor(sideY, b->cell);
  b->columns = nx / b->cell;
  b->rows = ny / b->cell;
  float pitchX = rect[2] / (float)nx, pitchY = rect[3] / (float)ny;
  float stepX = sqrtf(w[0] * w[0] + w[3] * w[3]) * pitchX, stepY = sqrtf(w[1] * w[1] + w[4] * w[4]) * pitchY;
  int n, m;
  const float *baseLevel = CVLevelFor(base, CVLarger(pitchX, pitchY), coarsest, &n);
  const float *queryLevel = CVLevelFor(query, CVLarger(stepX, stepY), coarsest, &m);
  // What lies within a point of the edge is not counted.
  float edgeX = 0.75f * stepX, edgeY = 0.75f * stepY;
  for (int y = 0; y < ny; y++) {
    for (int x = 0; x < nx; x++) {
      float u = rect[0] + ((float)x + 0.5f) * pitchX, v = rect[1] + ((float)y + 0.5f) * pitchY;
      float s = w[0] * u + w[1] * v + w[2], t = w[3] * u + w[4] * v + w[5];
      AT(&b->base, x, y) = sample(baseLevel, n, u, v);
      AT(&b->query, x, y) = sample(queryLevel, m, s, t);
      int isPainted = CVIsPainted(base + CV_PAINT, u, v) | CVIsPainted(query + CV_PAINT, s, t);
      AT(&b->mask, x, y) = (float)((s >= edgeX) & (s <= 1 - edgeX) & (t >= edgeY) & (t <= 1 - edgeY) & !isPainted);
    }
  }
}

// MARK: Cells

CV_CLONES void CVMultiplyCells(const CVBench *b, const CVPlane *p, const CVPlane *q, int dx, int dy, float *out) {
  int k = b->cell, width = b->columns * k;
  for (int row = 0; row < b->rows; row++) {
    float sums[mostPoints] = {0};
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

CV_CLONES void CVSumCells(const CVBench *b, const CVPlane *p, int dx, int dy, float *out) {
  int k = b->cell, width = b->columns * k;
  for (int row = 0; row < b->rows; row++) {
    float sums[mostPoints] = {0};
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

float CVQuantile(CVWeighed *values, int count, double share) {
  for (int i = 1; i < count; i++) {
    CVWeighed moved = values[i];
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
