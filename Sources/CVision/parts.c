#include "CVision.h"
#include "clones.h"
#include "sampling.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

enum { side = CV_VIEW_SIDE };

// Rather a smaller level than the nearest, which shows more.
static const float coarsest = 1.6f;

// Cuts a part that need not be upright: 32 x 32 of its points. Points outside are those at the nearest edge.
CV_CLONES static void cutPart(const float *picture, const float w[6], float *out) {
  float pitch = CVLarger(CVLarger(fabsf(w[0]), fabsf(w[3])), CVLarger(fabsf(w[1]), fabsf(w[4]))) / side;
  int n;
  const float *level = CVLevelFor(picture, pitch, coarsest, &n);
  for (int y = 0; y < side; y++) {
    float v = ((float)y + 0.5f) / side, s0 = w[1] * v + w[2], t0 = w[4] * v + w[5];
    int at[side];
    float fx[side], fy[side];
    for (int x = 0; x < side; x++) {
      float u = ((float)x + 0.5f) / side;
      int ix, iy;
      CVPlaceAt(w[0] * u + s0, n, &ix, &fx[x]);
      CVPlaceAt(w[3] * u + t0, n, &iy, &fy[x]);
      at[x] = iy * n + ix;
    }
    for (int x = 0; x < side; x++) out[y * side + x] = CVBetween(level + at[x], n, fx[x], fy[x]);
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
  cutPart(picture, w, view);
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
