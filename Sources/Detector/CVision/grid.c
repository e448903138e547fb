#include "grid.h"
#include "clones.h"
#include "sampling.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// The nearest in size by ratio.
static const float coarsest = 1.42f;

// Where a row of samples falls: the pixel up and to the left of each, and how far it is from it.
typedef struct {
  int at[CV_LARGEST_GRID];
  float fx[CV_LARGEST_GRID], fy[CV_LARGEST_GRID];
} Places;

void CVSamplePair(const float *planes, int n, float u, float v, float out[2]) {
  int ix, iy;
  float fx, fy;
  CVPlaceAt(u, n, &ix, &fx);
  CVPlaceAt(v, n, &iy, &fy);
  out[0] = CVBetween(planes + iy * n + ix, n, fx, fy);
  out[1] = CVBetween(planes + n * n + iy * n + ix, n, fx, fy);
}

static int isAnywhere(const float *paint) { return paint[2] > paint[0]; }

// Marks the points of the base that are not painted over.
static void takeShown(CVGrid *grid, const float *paint) {
  int n = grid->side;
  grid->isPainted = isAnywhere(paint);
  if (!grid->isPainted) return;
  for (int y = 0; y < n; y++) {
    for (int x = 0; x < n; x++) {
      float u = grid->rect[0] + ((float)x + 0.5f) * (grid->rect[2] / (float)n);
      float v = grid->rect[1] + ((float)y + 0.5f) * (grid->rect[3] / (float)n);
      grid->shown[y * n + x] = (float)!CVIsPainted(paint, u, v);
    }
  }
}

CV_CLONES void CVTakeBase(CVGrid *grid, const float *picture, int n, const float rect[4]) {
  grid->side = n;
  memcpy(grid->rect, rect, sizeof grid->rect);
  int side;
  float pitchX = rect[2] / (float)n, pitchY = rect[3] / (float)n;
  const float *level = CVLevelFor(picture, CVLarger(pitchX, pitchY), coarsest, &side);
  Places places;
  for (int x = 0; x < n; x++) CVPlaceAt(rect[0] + ((float)x + 0.5f) * pitchX, side, &places.at[x], &places.fx[x]);
  for (int y = 0; y < n; y++) {
    int iy;
    float fy;
    CVPlaceAt(rect[1] + ((float)y + 0.5f) * pitchY, side, &iy, &fy);
    const float *row = level + iy * side;
    for (int x = 0; x < n; x++) grid->base[y * n + x] = CVBetween(row + places.at[x], side, places.fx[x], fy);
  }
  takeShown(grid, picture + CV_PAINT);
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

CV_CLONES void CVTakeQuery(CVGrid *grid, const float *picture, const float w[6]) {
  int n = grid->side, side;
  float pitchX = grid->rect[2] / (float)n, pitchY = grid->rect[3] / (float)n;
  float stepX = CVLarger(fabsf(w[0]), fabsf(w[3])) * pitchX, stepY = CVLarger(fabsf(w[1]), fabsf(w[4])) * pitchY;
  const float *level = CVLevelFor(picture, CVLarger(stepX, stepY), coarsest, &side);
  Places places;
  for (int y = 0; y < n; y++) {
    float v = grid->rect[1] + ((float)y + 0.5f) * pitchY;
    float s0 = w[1] * v + w[2], t0 = w[4] * v + w[5];
    float *valid = grid->valid + y * n, *query = grid->query + y * n;
    for (int x = 0; x < n; x++) {
      float u = grid->rect[0] + ((float)x + 0.5f) * pitchX;
      float s = w[0] * u + s0, t = w[3] * u + t0;
      int ix, iy;
      CVPlaceAt(s, side, &ix, &places.fx[x]);
      CVPlaceAt(t, side, &iy, &places.fy[x]);
      places.at[x] = iy * side + ix;
      int inside = (s >= 0) & (s <= 1) & (t >= 0) & (t <= 1);
      valid[x] = (float)inside;
    }
    for (int x = 0; x < n; x++) query[x] = CVBetween(level + places.at[x], side, places.fx[x], places.fy[x]);
  }
  const float *paint = picture + CV_PAINT;
  if (!grid->isPainted && !isAnywhere(paint)) return;
  for (int y = 0; y < n; y++) {
    float v = grid->rect[1] + ((float)y + 0.5f) * pitchY;
    for (int x = 0; x < n; x++) {
      float u = grid->rect[0] + ((float)x + 0.5f) * pitchX;
      if (grid->isPainted) grid->valid[y * n + x] *= grid->shown[y * n + x];
      if (CVIsPainted(paint, w[0] * u + w[1] * v + w[2], w[3] * u + w[4] * v + w[5])) grid->valid[y * n + x] = 0;
    }
  }
}

// Eight running sums, one for each column of a cell: a fixed order of summation whatever the instruction set.
typedef struct {
  float lane[CV_CELL_SIDE];
} Sum;

static inline float total(const Sum *sum) {
  const float *l = sum->lane;
  return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]));
}

CVCell CVCellAt(const CVGrid *grid, int left, int top) {
  Sum ones = {{0}}, bases = {{0}}, queries = {{0}}, baseSquares = {{0}}, querySquares = {{0}}, products = {{0}};
  int side = grid->side, middle = (top + CV_CELL_SIDE / 2) * side + left + CV_CELL_SIDE / 2;
  // Differences from the middle point: single precision holds the squares.
  float baseLevel = grid->base[middle], queryLevel = grid->query[middle];
  for (int y = top; y < top + CV_CELL_SIDE; y++) {
    const float *base = grid->base + y * side + left, *query = grid->query + y * side + left;
    const float *valid = grid->valid + y * side + left;
    for (int x = 0; x < CV_CELL_SIDE; x++) {
      float b = base[x] - baseLevel, q = query[x] - queryLevel, m = valid[x];
      ones.lane[x] += m;
      bases.lane[x] += m * b;
      queries.lane[x] += m * q;
      baseSquares.lane[x] += m * b * b;
      querySquares.lane[x] += m * q * q;
      products.lane[x] += m * b * q;
    }
  }
  float n = total(&ones), b = total(&bases), q = total(&queries);
  CVCell cell = {n, 0, 0};
  if (n < 16) return cell;
  float bb = CVLarger(total(&baseSquares) - b * b / n, 0), qq = CVLarger(total(&querySquares) - q * q / n, 0);
  // Half a level of luma a point: what noise and compression leave in a flat cell.
  cell.correlation = (total(&products) - b * q / n) / (sqrtf(bb * qq) + 0.5f * n);
  cell.contrast = sqrtf((bb < qq ? bb : qq) / n);
  return cell;
}
