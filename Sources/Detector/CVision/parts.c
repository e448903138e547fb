#include "CVision.h"
#include "clones.h"
#include "sampling.h"

#include <math.h>
#include <stdlib.h>

#pragma STDC FP_CONTRACT OFF

enum { side = CV_VIEW_SIDE, mostPoints = 64 };

// Rather a smaller level than the nearest, which shows more.
static const float coarsest = 1.6f;

// Cuts a part that need not be upright: `points` x `points` of its points, 64 a side at most. Points outside are those at
// the nearest edge.
CV_CLONES static void cutPart(const float *picture, const float w[6], int points, float *out) {
  float size = (float)points;
  float pitch = CVLarger(CVLarger(fabsf(w[0]), fabsf(w[3])), CVLarger(fabsf(w[1]), fabsf(w[4]))) / size;
  int n;
  const float *level = CVLevelFor(picture, pitch, coarsest, &n);
  for (int y = 0; y < points; y++) {
    float v = ((float)y + 0.5f) / size, s0 = w[1] * v + w[2], t0 = w[4] * v + w[5];
    int at[mostPoints];
    float fx[mostPoints], fy[mostPoints];
    for (int x = 0; x < points; x++) {
      float u = ((float)x + 0.5f) / size;
      int ix, iy;
      CVPlaceAt(w[0] * u + s0, n, &ix, &fx[x]);
      CVPlaceAt(w[3] * u + t0, n, &iy, &fy[x]);
      at[x] = iy * n + ix;
    }
    for (int x = 0; x < points; x++) out[y * points + x] = CVBetween(level + at[x], n, fx[x], fy[x]);
  }
}

static int describe(const float *view, int8_t *out) {
  float histogram[CV_GRADIENT_COUNT];
  if (!(CVViewDetail(view) >= CV_LEAST_DETAIL)) return 0;
  CVGradientHistogram(view, histogram);
  CVProject(histogram, out);
  return 1;
}

int CVDescribePart(const float *picture, const float w[6], int8_t *out) {
  float view[side * side];
  cutPart(picture, w, side, view);
  return describe(view, out);
}

int CVDescribeView(
  const float *picture, size_t left, size_t top, size_t width, size_t height, int8_t *out) {
  float view[side * side];
  CVCutView(picture, left, top, width, height, view);
  return describe(view, out);
}

// Steps count up to this many levels of luma, so that a few strong edges do not make a line.
static const float mostStep = 48;
// Mean step of a line above those beside it for it to be where two pictures meet. Among 80 photographs two thirds have no
// such line; of mosaics and collages nearly all tiles are told apart by one.
static const float leastStep = 3;
// A line is at least so many pixels, and a fifth of the side, away from the edges.
enum { whole = CV_CANONICAL_SIDE, leastTile = 16 };

static inline float stepOf(float a, float b) {
  float d = fabsf(a - b);
  return d < mostStep ? d : mostStep;
}

// Where two pictures meet: the line of a rectangle (left, top, width, height) along which the luma steps most as against the
// lines three pixels to either side. Returns its mean step; 0 where there is no room for a line.
CV_CLONES static float strongestLine(const float *luma, const int rect[4], int *isRow, int *at) {
  float best = 0;
  for (int axis = 0; axis < 2; axis++) {
    int length = rect[2 + axis], lines = rect[3 - axis];
    int margin = length / 5 > leastTile ? length / 5 : leastTile;
    // Pixels from one line to the next, and along a line.
    int next = axis == 0 ? 1 : whole, along = axis == 0 ? whole : 1;
    const float *corner = luma + rect[1] * whole + rect[0];
    for (int i = margin; i + margin <= length; i++) {
      float sum = 0;
      for (int k = 0; k < lines; k++) {
        const float *p = corner + i * next + k * along;
        float here = stepOf(p[next], p[-2 * next]), before = stepOf(p[-2 * next], p[-5 * next]);
        float after = stepOf(p[4 * next], p[next]);
        sum += here - CVLarger(before, after);
      }
      float mean = sum / (float)lines;
      if (mean > best) {
        best = mean;
        *isRow = axis;
        *at = i;
      }
    }
  }
  return best;
}

static void halve(const int rect[4], int isRow, int at, int halves[2][4]) {
  for (int i = 0; i < 4; i++) halves[0][i] = halves[1][i] = rect[i];
  halves[0][2 + isRow] = at;
  halves[1][isRow] += at;
  halves[1][2 + isRow] -= at;
}

int CVFindTiles(const float *luma, float tiles[4][4]) {
  const int all[4] = {0, 0, whole, whole};
  int isRow = 0, at = 0, count = 0, halves[2][4], quarters[2][4];
  if (strongestLine(luma, all, &isRow, &at) < leastStep) return 0;
  halve(all, isRow, at, halves);
  for (int half = 0; half < 2; half++) {
    int isCut = strongestLine(luma, halves[half], &isRow, &at) >= leastStep;
    if (isCut) halve(halves[half], isRow, at, quarters);
    for (int part = 0; part <= isCut; part++) {
      const int *rect = isCut ? quarters[part] : halves[half];
      // A pixel on a line shows both pictures.
      for (int axis = 0; axis < 2; axis++) {
        int low = rect[axis] + (rect[axis] > 0), end = rect[axis] + rect[2 + axis];
        int high = end - (end < whole);
        tiles[count][axis] = (float)low / whole;
        tiles[count][2 + axis] = (float)(high - low) / whole;
      }
      count++;
    }
  }
  return count;
}

// What stands on the ground differs from it by so many levels, and by this share of the largest difference: what noise of
// 12 levels and JPEG of quality 30 leave of a ground, smoothed, is less.
static const float leastDifference = 12, leastShare = 0.2f;
// Points of ground on both sides that make an edge worth cutting.
enum { leastGround = 2 };

static int byLevel(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

// The level in the middle of those along the edges.
static float groundOf(const float *points, int n) {
  float ring[4 * mostPoints];
  int count = 0;
  for (int i = 0; i < n; i++) {
    ring[count++] = points[i];
    ring[count++] = points[(n - 1) * n + i];
    ring[count++] = points[i * n];
    ring[count++] = points[i * n + n - 1];
  }
  qsort(ring, (size_t)count, sizeof ring[0], byLevel);
  return ring[count / 2];
}

// How far the mean of a point and its eight neighbours is from the ground.
static float differenceAt(const float *points, int n, int x, int y, float ground) {
  float sum = 0;
  for (int dy = -1; dy <= 1; dy++) {
    for (int dx = -1; dx <= 1; dx++) {
      int row = y + dy < 0 ? 0 : y + dy < n ? y + dy : n - 1, column = x + dx < 0 ? 0 : x + dx < n ? x + dx : n - 1;
      sum += points[row * n + column];
    }
  }
  return fabsf(sum / 9 - ground);
}

// Whether ground along two opposite edges is out of the question: points there differ more than any threshold allows.
static int hasNoGround(const float *points, int n, float ground, int axis) {
  static const float mostLevel = 255;
  for (int line = 0; line < leastGround; line++) {
    for (int i = 0; i < n; i++) {
      const int lines[2] = {line, n - 1 - line};
      for (int end = 0; end < 2; end++) {
        int x = axis == 0 ? lines[end] : i, y = axis == 0 ? i : lines[end];
        if (differenceAt(points, n, x, y, ground) > leastShare * mostLevel) return 1;
      }
    }
  }
  return 0;
}

int CVFindContent(const float *picture, const float w[6], float rect[4]) {
  enum { n = mostPoints };
  float points[n * n], differences[n * n], most = 0;
  cutPart(picture, w, n, points);
  float ground = groundOf(points, n);
  // Most photographs end here.
  if (hasNoGround(points, n, ground, 0) && hasNoGround(points, n, ground, 1)) return 0;
  for (int y = 0; y < n; y++) {
    for (int x = 0; x < n; x++) {
      float difference = differenceAt(points, n, x, y, ground);
      differences[y * n + x] = difference;
      most = CVLarger(most, difference);
    }
  }
  float least = CVLarger(leastDifference, leastShare * most);
  // First and last column, first and last row.
  int low[2] = {n, n}, high[2] = {-1, -1};
  for (int y = 0; y < n; y++) {
    for (int x = 0; x < n; x++) {
      if (differences[y * n + x] <= least) continue;
      const int at[2] = {x, y};
      for (int axis = 0; axis < 2; axis++) {
        low[axis] = at[axis] < low[axis] ? at[axis] : low[axis];
        high[axis] = at[axis] > high[axis] ? at[axis] : high[axis];
      }
    }
  }
  int isCut = 0;
  for (int axis = 0; axis < 2; axis++) {
    int first = low[axis], end = high[axis] + 1;
    // As where borders are cut: ground on one side belongs to the picture.
    if (first < leastGround || n - end < leastGround) {
      first = 0;
      end = n;
    }
    if ((end - first) * 5 < n) return 0;
    isCut |= end - first < n;
    rect[axis] = (float)first / n;
    rect[2 + axis] = (float)(end - first) / n;
  }
  return isCut;
}
