#include "grid.h"
#include "clones.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// The level of a picture whose pixels are nearest in size, by ratio, to `pitch` as a share of the picture.
static const float *levelFor(const float *picture, float pitch, int *side) {
  int n = CV_CANONICAL_SIDE;
  while (n > CV_SMALLEST_SIDE && pitch * (float)n > 1.42f) {
    picture += n * n;
    n /= 2;
  }
  *side = n;
  return picture;
}

// Where a row of samples falls: the pixel up and to the left of each, and how far it is from it.
typedef struct {
  int at[CV_LARGEST_GRID];
  float fx[CV_LARGEST_GRID], fy[CV_LARGEST_GRID];
} Places;

// A position along an axis of n pixels, as the pixel before it and the share of the way to the next.
static inline void place(float share, int n, int *pixel, float *rest) {
  float x = share * (float)n - 0.5f, most = (float)(n - 1);
  x = x < 0 ? 0 : x;
  x = x > most ? most : x;
  int i = (int)x;
  i = i > n - 2 ? n - 2 : i;
  *pixel = i;
  *rest = x - (float)i;
}

static inline float between(const float *p, int n, float fx, float fy) {
  float above = p[0] + fx * (p[1] - p[0]), below = p[n] + fx * (p[n + 1] - p[n]);
  return above + fy * (below - above);
}

void CVSamplePair(const float *planes, int n, float u, float v, float out[2]) {
  int ix, iy;
  float fx, fy;
  place(u, n, &ix, &fx);
  place(v, n, &iy, &fy);
  out[0] = between(planes + iy * n + ix, n, fx, fy);
  out[1] = between(planes + n * n + iy * n + ix, n, fx, fy);
}

static inline float larger(float a, float b) { return a > b ? a : b; }

CV_CLONES void CVTakeBase(CVGrid *grid, const float *picture, int n, const float rect[4]) {
  grid->side = n;
  memcpy(grid->rect, rect, sizeof grid->rect);
  int side;
  float pitchX = rect[2] / (float)n, pitchY = rect[3] / (float)n;
  const float *level = levelFor(picture, larger(pitchX, pitchY), &side);
  Places places;
  for (int x = 0; x < n; x++) place(rect[0] + ((float)x + 0.5f) * pitchX, side, &places.at[x], &places.fx[x]);
  for (int y = 0; y < n; y++) {
    int iy;
    float fy;
    place(rect[1] + ((float)y + 0.5f) * pitchY, side, &iy, &fy);
    const float *row = level + iy * side;
    for (int x = 0; x < n; x++) grid->base[y * n + x] = between(row + places.at[x], side, places.fx[x], fy);
  }
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
  float stepX = larger(fabsf(w[0]), fabsf(w[3])) * pitchX, stepY = larger(fabsf(w[1]), fabsf(w[4])) * pitchY;
  const float *level = levelFor(picture, larger(stepX, stepY), &side);
  Places places;
  for (int y = 0; y < n; y++) {
    float v = grid->rect[1] + ((float)y + 0.5f) * pitchY;
    float s0 = w[1] * v + w[2], t0 = w[4] * v + w[5];
    float *valid = grid->valid + y * n, *query = grid->query + y * n;
    for (int x = 0; x < n; x++) {
      float u = grid->rect[0] + ((float)x + 0.5f) * pitchX;
      float s = w[0] * u + s0, t = w[3] * u + t0;
      int ix, iy;
      place(s, side, &ix, &places.fx[x]);
      place(t, side, &iy, &places.fy[x]);
      places.at[x] = iy * side + ix;
      int inside = (s >= 0) & (s <= 1) & (t >= 0) & (t <= 1);
      valid[x] = (float)inside;
    }
    for (int x = 0; x < n; x++) query[x] = between(level + places.at[x], side, places.fx[x], places.fy[x]);
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
  float bb = larger(total(&baseSquares) - b * b / n, 0), qq = larger(total(&querySquares) - q * q / n, 0);
  // Half a level of luma a point: what noise and compression leave in a flat cell.
  cell.correlation = (total(&products) - b * q / n) / (sqrtf(bb * qq) + 0.5f * n);
  cell.contrast = sqrtf((bb < qq ? bb : qq) / n);
  return cell;
}
