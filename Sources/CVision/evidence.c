#include "CVision.h"
#include "clones.h"
#include "lanes.h"
#include "sampling.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// Two pictures that lie on each other, looked at in fine detail: is it the same picture, or one that is only alike?
//
// Outlines agree between two skulls, two faces, two forms. What look-alikes do not share is where their fine texture
// lies: a cell of a copy fits best in its place, a cell of a look-alike fits as well, or better, some pixels away. A cell
// that fits a shifted copy of itself as well (a straight edge, a blank ground) can tell neither, and counts nothing.

enum {
  mostPoints = CV_CANONICAL_SIDE,
  // Room around a plane for the taps of a filter.
  room = 16,
  stride = mostPoints + 2 * room,
  smallCell = 8,
  largeCell = 16,
  // Sides from which on cells are large.
  largeGrid = 92,
  mostCells = (mostPoints / smallCell) * (mostPoints / smallCell),
};

typedef struct {
  float levels[stride * stride + CV_LANES];
} Plane;

#define AT(plane, x, y) ((plane)->levels[((y) + room) * stride + (x) + room])

typedef struct {
  Plane base, query, mask;
  // The two in one band of detail.
  Plane baseBand, queryBand;
  Plane smooth, between, energy, baseEnergy, queryEnergy;
  int width, height, cell, columns, rows;
  // Points of each cell that both pictures show.
  float points[mostCells];
} Bench;

static double clamp(double x, double least, double most) { return x < least ? least : x > most ? most : x; }

// MARK: Filters

// A half of Gaussian weights, the middle first, that sum up to 1 over both halves; cut off at 2.5 sigma. They are written
// out because the last digit of exp differs between machines.
typedef struct {
  int radius;
  float weights[11];
} Kernel;

static const Kernel gauss07 = {2, {0.56991249f, 0.20542370f, 0.00962006f}};
static const Kernel gauss08 = {2, {0.49911642f, 0.22851215f, 0.02192964f}};
static const Kernel gauss16 = {4, {0.25040447f, 0.20597710f, 0.11464352f, 0.04317515f, 0.01100200f}};
static const Kernel gauss25 = {
  6, {0.16100337f, 0.14862485f, 0.11691244f, 0.07836876f, 0.04476494f, 0.02178944f, 0.00903789f}};
static const Kernel gauss40 = {
  10,
  {0.10058980f, 0.09749497f, 0.08877018f, 0.07592916f, 0.06101080f, 0.04605336f, 0.03265673f, 0.02175407f,
   0.01361335f, 0.00800287f, 0.00441961f}};

// Mirrors the points along the edges into the room around them.
static void pad(Plane *plane, int width, int height, int radius) {
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

// Smooths `in` into `out`, which may be the same.
CV_CLONES static void blur(Bench *b, Plane *in, Plane *out, const Kernel *kernel) {
  int r = kernel->radius;
  const float *w = kernel->weights;
  pad(in, b->width, b->height, r);
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

// Takes the part that both pictures show, at the resolution of the poorer one.
CV_CLONES static void take(
  Bench *b, const float *base, const float *query, const float w[6], const float rect[4], const int baseSize[2],
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
      AT(&b->mask, x, y) = (float)((s >= edgeX) & (s <= 1 - edgeX) & (t >= edgeY) & (t <= 1 - edgeY));
    }
  }
}

// MARK: Cells

// Sums of the products of two planes over the cells, the second one shifted.
CV_CLONES static void multiplyCells(const Bench *b, const Plane *p, const Plane *q, int dx, int dy, float *out) {
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

// Sums of a plane over the cells, shifted.
CV_CLONES static void sumCells(const Bench *b, const Plane *p, int dx, int dy, float *out) {
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

typedef struct {
  float value, weight;
} Weighed;

// The value that a share of the weight does not exceed; 0 where there is too little weight to say. Sorts the values.
static float quantile(Weighed *values, int count, double share) {
  for (int i = 1; i < count; i++) {
    Weighed moved = values[i];
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

// MARK: Shifts

// Fine detail of equal strength everywhere: the picture less its blur, over the local strength of that.
CV_CLONES static void normalise(Bench *b, Plane *in, Plane *out, const Kernel *kernel) {
  blur(b, in, &b->smooth, kernel);
  for (int y = 0; y < b->height; y++)
    for (int x = 0; x < b->width; x++)
      AT(&b->smooth, x, y) = (AT(in, x, y) - AT(&b->smooth, x, y)) * AT(&b->mask, x, y);
  blur(b, &b->smooth, out, &gauss07);
  for (int y = 0; y < b->height; y++) {
    for (int x = 0; x < b->width; x++) {
      float d = AT(out, x, y) * AT(&b->mask, x, y);
      AT(out, x, y) = d;
      AT(&b->smooth, x, y) = d * d;
    }
  }
  blur(b, &b->smooth, &b->energy, kernel);
  // Three levels of luma: what noise and compression leave of a flat ground is not lifted.
  for (int y = 0; y < b->height; y++)
    for (int x = 0; x < b->width; x++) AT(out, x, y) /= sqrtf(AT(&b->energy, x, y) + 9);
}

// How well the cells of the two pictures fit where they are, and how well when they are shifted.
typedef struct {
  float baseEnergy[mostCells], queryEnergy[mostCells];
  // Best correlations at shifts of at most a point and at those beyond, and the squared shift of the best of all.
  float near[mostCells], far[mostCells], shift[mostCells];
  // Best correlation of either picture with itself, shifted by more than a point.
  float itself[mostCells];
} Fit;

// Keeps the correlations of cells with a shifted copy of themselves that are larger than those before.
static void keepLarger(
  const float *products, const float *energy, const float *shifted, float floor, int cells, float *kept) {
  for (int i = 0; i < cells; i++) {
    float correlation = products[i] / (sqrtf(energy[i] * shifted[i]) + floor);
    if (correlation > kept[i]) kept[i] = correlation;
  }
}

static void fitCells(Bench *b, Fit *fit) {
  int most = b->cell == largeCell ? 3 : 2, cells = b->columns * b->rows;
  // A cell with hardly any detail correlates with nothing.
  float floor = 0.02f * (float)(b->cell * b->cell);
  pad(&b->baseBand, b->width, b->height, most);
  pad(&b->queryBand, b->width, b->height, most);
  for (int y = -most; y < b->height + most; y++) {
    for (int x = -most; x < b->width + most; x++) {
      AT(&b->baseEnergy, x, y) = AT(&b->baseBand, x, y) * AT(&b->baseBand, x, y);
      AT(&b->queryEnergy, x, y) = AT(&b->queryBand, x, y) * AT(&b->queryBand, x, y);
    }
  }
  sumCells(b, &b->baseEnergy, 0, 0, fit->baseEnergy);
  sumCells(b, &b->queryEnergy, 0, 0, fit->queryEnergy);
  float best[mostCells], products[mostCells], shifted[mostCells];
  for (int i = 0; i < cells; i++) {
    best[i] = fit->near[i] = fit->far[i] = fit->itself[i] = -1;
    fit->shift[i] = 0;
  }
  for (int dy = -most; dy <= most; dy++) {
    for (int dx = -most; dx <= most; dx++) {
      int squared = dx * dx + dy * dy;
      float *kept = squared > 2 ? fit->far : fit->near;
      multiplyCells(b, &b->baseBand, &b->queryBand, dx, dy, products);
      sumCells(b, &b->queryEnergy, dx, dy, shifted);
      for (int i = 0; i < cells; i++) {
        float correlation = products[i] / (sqrtf(fit->baseEnergy[i] * shifted[i]) + floor);
        if (correlation > best[i]) {
          best[i] = correlation;
          fit->shift[i] = (float)squared;
        }
        if (correlation > kept[i]) kept[i] = correlation;
      }
      // A shift and its opposite say the same of a picture and itself.
      if (squared <= 2 || dy < 0 || (dy == 0 && dx < 0)) continue;
      multiplyCells(b, &b->queryBand, &b->queryBand, dx, dy, products);
      keepLarger(products, fit->queryEnergy, shifted, floor, cells, fit->itself);
      sumCells(b, &b->baseEnergy, dx, dy, shifted);
      multiplyCells(b, &b->baseBand, &b->baseBand, dx, dy, products);
      keepLarger(products, fit->baseEnergy, shifted, floor, cells, fit->itself);
    }
  }
}

static void judgeShifts(Bench *b, float *evidence) {
  static _Thread_local Fit fit;
  const Kernel *kernel = b->cell == largeCell ? &gauss40 : &gauss25;
  normalise(b, &b->base, &b->baseBand, kernel);
  normalise(b, &b->query, &b->queryBand, kernel);
  fitCells(b, &fit);
  double area = b->cell * b->cell, weights = 0.5, inPlace = 0, telling = 0.1, gap = 0, near = 0, either = 0.5, shared = 0;
  Weighed gaps[mostCells], nears[mostCells];
  int count = 0;
  for (int i = 0; i < b->columns * b->rows; i++) {
    if (b->points[i] <= 0.7 * area) continue;
    double less = fmin(fit.baseEnergy[i], fit.queryEnergy[i]) / b->points[i], weight = less / (less + 0.08);
    double more = fmax(fit.baseEnergy[i], fit.queryEnergy[i]) / b->points[i], any = more / (more + 0.08);
    // How much a shift would show in this cell.
    double distinct = clamp(1 - fit.itself[i], 0, 1), difference = fit.near[i] - fit.far[i];
    weights += weight;
    inPlace += weight * (fit.shift[i] <= 2);
    telling += weight * distinct;
    gap += weight * fmax(difference, -0.3);
    near += weight * distinct * fit.near[i];
    either += any;
    shared += any * clamp(fit.near[i], 0, 1);
    gaps[count] = (Weighed){(float)clamp(difference / (distinct + 0.08), -1, 1.2), (float)(weight * distinct)};
    nears[count] = (Weighed){fit.near[i], (float)weight};
    count++;
  }
  evidence[CV_SHIFT_GAP] = (float)clamp(gap / telling, -1, 1.2);
  evidence[CV_TELLING_CELLS] = (float)log1p(4 * (telling - 0.1));
  evidence[CV_TELLING_FIT] = (float)(near / telling);
  evidence[CV_IN_PLACE] = (float)(inPlace / weights);
  evidence[CV_SHARED_DETAIL] = (float)(shared / either);
  evidence[CV_SHIFT_GAP_LOWER] = quantile(gaps, count, 0.25);
  evidence[CV_FIT_MEDIAN] = quantile(nears, count, 0.5);
  evidence[CV_FIT_UPPER] = quantile(nears, count, 0.75);
}

// MARK: Octaves

// Correlation of one octave by cells, those with the more detail counting more. Noise, which all cells have alike, is
// taken off their energies first, so that a noisy copy is not held against it.
static float coherence(Bench *b) {
  float products[mostCells], ofBase[mostCells], ofQuery[mostCells];
  Weighed sorted[mostCells];
  int cells = b->columns * b->rows, count = 0;
  multiplyCells(b, &b->baseBand, &b->queryBand, 0, 0, products);
  multiplyCells(b, &b->baseBand, &b->baseBand, 0, 0, ofBase);
  multiplyCells(b, &b->queryBand, &b->queryBand, 0, 0, ofQuery);
  for (int i = 0; i < cells; i++) {
    if (b->points[i] <= 0.5f * (float)(b->cell * b->cell)) continue;
    products[count] = products[i] / b->points[i];
    ofBase[count] = ofBase[i] / b->points[i];
    ofQuery[count] = ofQuery[i] / b->points[i];
    count++;
  }
  if (count < 2) return 0;
  float noise[2];
  for (int picture = 0; picture < 2; picture++) {
    for (int i = 0; i < count; i++) sorted[i] = (Weighed){picture == 0 ? ofBase[i] : ofQuery[i], 1};
    float tenth = quantile(sorted, count, 0.1), quarterOfMedian = quantile(sorted, count, 0.5) / 4;
    noise[picture] = tenth < quarterOfMedian ? tenth : quarterOfMedian;
  }
  double sum = 0, weights = 0;
  for (int i = 0; i < count; i++) {
    double base = fmax(ofBase[i] - noise[0], 0), query = fmax(ofQuery[i] - noise[1], 0), less = fmin(base, query);
    double weight = less / (less + 2.25);
    sum += weight * clamp(products[i] / (sqrt(base * query) + 0.05), -1, 1.5);
    weights += weight;
  }
  // As the inverse of the hyperbolic tangent: the nearer to 1 the more a difference means.
  return (float)atanh(clamp(sum / (weights + 0.5), -0.9, 0.995));
}

CV_CLONES static void subtract(const Bench *b, const Plane *from, const Plane *what, Plane *out) {
  for (int y = 0; y < b->height; y++)
    for (int x = 0; x < b->width; x++)
      AT(out, x, y) = (AT(from, x, y) - AT(what, x, y)) * AT(&b->mask, x, y);
}

static void judgeOctaves(Bench *b, float *evidence) {
  static _Thread_local Plane base, query;
  blur(b, &b->base, &base, &gauss08);
  blur(b, &b->query, &query, &gauss08);
  subtract(b, &b->base, &base, &b->baseBand);
  subtract(b, &b->query, &query, &b->queryBand);
  evidence[CV_FINEST_COHERENCE] = coherence(b);
  blur(b, &b->base, &b->smooth, &gauss16);
  subtract(b, &base, &b->smooth, &b->baseBand);
  blur(b, &b->query, &b->smooth, &gauss16);
  subtract(b, &query, &b->smooth, &b->queryBand);
  evidence[CV_FINE_COHERENCE] = coherence(b);
}

void CVWeighEvidence(
  const float *base, const float *query, const CVAgreement *agreement, const int baseSize[2], const int querySize[2],
  float *evidence) {
  static _Thread_local Bench bench;
  take(&bench, base, query, agreement->warp, agreement->rect, baseSize, querySize);
  sumCells(&bench, &bench.mask, 0, 0, bench.points);
  judgeShifts(&bench, evidence);
  judgeOctaves(&bench, evidence);
}
