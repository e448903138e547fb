#include "CVision.h"
#include "bench.h"
#include "clones.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

// Two pictures that lie on each other, looked at in fine detail: is it the same picture, or one that is only alike?
//
// Outlines agree between two skulls, two faces, two forms. What look-alikes do not share is where their fine texture
// lies: a cell of a copy fits best in its place, a cell of a look-alike fits as well, or better, some pixels away. A cell
// that fits a shifted copy of itself as well (a straight edge, a blank ground) can tell neither, and counts nothing.

static double clamp(double x, double least, double most) { return x < least ? least : x > most ? most : x; }

// MARK: Shifts

// Fine detail of equal strength everywhere: the picture less its blur, over the local strength of that.
CV_CLONES static void normalise(CVBench *b, CVPlane *in, CVPlane *out, const CVKernel *kernel) {
  CVBlur(b, in, &b->smooth, kernel);
  for (int y = 0; y < b->height; y++)
    for (int x = 0; x < b->width; x++)
      AT(&b->smooth, x, y) = (AT(in, x, y) - AT(&b->smooth, x, y)) * AT(&b->mask, x, y);
  CVBlur(b, &b->smooth, out, &CVGauss07);
  for (int y = 0; y < b->height; y++) {
    for (int x = 0; x < b->width; x++) {
      float d = AT(out, x, y) * AT(&b->mask, x, y);
      AT(out, x, y) = d;
      AT(&b->smooth, x, y) = d * d;
    }
  }
  CVBlur(b, &b->smooth, &b->energy, kernel);
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

static void fitCells(CVBench *b, Fit *fit) {
  int most = b->cell == largeCell ? 3 : 2, cells = b->columns * b->rows;
  // A cell with hardly any detail correlates with nothing.
  float floor = 0.02f * (float)(b->cell * b->cell);
  CVPad(&b->baseBand, b->width, b->height, most);
  CVPad(&b->queryBand, b->width, b->height, most);
  for (int y = -most; y < b->height + most; y++) {
    for (int x = -most; x < b->width + most; x++) {
      AT(&b->baseEnergy, x, y) = AT(&b->baseBand, x, y) * AT(&b->baseBand, x, y);
      AT(&b->queryEnergy, x, y) = AT(&b->queryBand, x, y) * AT(&b->queryBand, x, y);
    }
  }
  CVSumCells(b, &b->baseEnergy, 0, 0, fit->baseEnergy);
  CVSumCells(b, &b->queryEnergy, 0, 0, fit->queryEnergy);
  float best[mostCells], products[mostCells], shifted[mostCells];
  for (int i = 0; i < cells; i++) {
    best[i] = fit->near[i] = fit->far[i] = fit->itself[i] = -1;
    fit->shift[i] = 0;
  }
  for (int dy = -most; dy <= most; dy++) {
    for (int dx = -most; dx <= most; dx++) {
      int squared = dx * dx + dy * dy;
      float *kept = squared > 2 ? fit->far : fit->near;
      CVMultiplyCells(b, &b->baseBand, &b->queryBand, dx, dy, products);
      CVSumCells(b, &b->queryEnergy, dx, dy, shifted);
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
      CVMultiplyCells(b, &b->queryBand, &b->queryBand, dx, dy, products);
      keepLarger(products, fit->queryEnergy, shifted, floor, cells, fit->itself);
      CVSumCells(b, &b->baseEnergy, dx, dy, shifted);
      CVMultiplyCells(b, &b->baseBand, &b->baseBand, dx, dy, products);
      keepLarger(products, fit->baseEnergy, shifted, floor, cells, fit->itself);
    }
  }
}

static void judgeShifts(CVBench *b, float *evidence) {
  static _Thread_local Fit fit;
  const CVKernel *kernel = b->cell == largeCell ? &CVGauss40 : &CVGauss25;
  normalise(b, &b->base, &b->baseBand, kernel);
  normalise(b, &b->query, &b->queryBand, kernel);
  fitCells(b, &fit);
  double area = b->cell * b->cell, weights = 0.5, inPlace = 0, telling = 0.1, gap = 0, near = 0, either = 0.5, shared = 0;
  CVWeighed gaps[mostCells], nears[mostCells];
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
    gaps[count] = (CVWeighed){(float)clamp(difference / (distinct + 0.08), -1, 1.2), (float)(weight * distinct)};
    nears[count] = (CVWeighed){fit.near[i], (float)weight};
    count++;
  }
  evidence[CV_SHIFT_GAP] = (float)clamp(gap / telling, -1, 1.2);
  evidence[CV_TELLING_CELLS] = (float)log1p(4 * (telling - 0.1));
  evidence[CV_TELLING_FIT] = (float)(near / telling);
  evidence[CV_IN_PLACE] = (float)(inPlace / weights);
  evidence[CV_SHARED_DETAIL] = (float)(shared / either);
  evidence[CV_SHIFT_GAP_LOWER] = CVQuantile(gaps, count, 0.25);
  evidence[CV_FIT_MEDIAN] = CVQuantile(nears, count, 0.5);
  evidence[CV_FIT_UPPER] = CVQuantile(nears, count, 0.75);
}

// MARK: Octaves

// Correlation of one octave by cells, those with the more detail counting more. Noise, which all cells have alike, is
// taken off their energies first, so that a noisy copy is not held against it.
static float coherence(CVBench *b) {
  float products[mostCells], ofBase[mostCells], ofQuery[mostCells];
  CVWeighed sorted[mostCells];
  int cells = b->columns * b->rows, count = 0;
  CVMultiplyCells(b, &b->baseBand, &b->queryBand, 0, 0, products);
  CVMultiplyCells(b, &b->baseBand, &b->baseBand, 0, 0, ofBase);
  CVMultiplyCells(b, &b->queryBand, &b->queryBand, 0, 0, ofQuery);
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
    for (int i = 0; i < count; i++) sorted[i] = (CVWeighed){picture == 0 ? ofBase[i] : ofQuery[i], 1};
    float tenth = CVQuantile(sorted, count, 0.1), quarterOfMedian = CVQuantile(sorted, count, 0.5) / 4;
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

static void judgeOctaves(CVBench *b, float *evidence) {
  static _Thread_local CVPlane base, query;
  CVBlur(b, &b->base, &base, &CVGauss08);
  CVBlur(b, &b->query, &query, &CVGauss08);
  CVSubtract(b, &b->base, &base, &b->baseBand);
  CVSubtract(b, &b->query, &query, &b->queryBand);
  evidence[CV_FINEST_COHERENCE] = coherence(b);
  CVBlur(b, &b->base, &b->smooth, &CVGauss16);
  CVSubtract(b, &base, &b->smooth, &b->baseBand);
  CVBlur(b, &b->query, &b->smooth, &CVGauss16);
  CVSubtract(b, &query, &b->smooth, &b->queryBand);
  evidence[CV_FINE_COHERENCE] = coherence(b);
}

// Whether a picture has too few pixels for much detail.
static int isSmall(const int size[2]) { return size[0] < 64 || size[1] < 64; }

void CVWeighEvidence(
  const float *base, const float *query, const CVAgreement *agreement, const int baseSize[2], const int querySize[2],
  float *evidence) {
  static _Thread_local CVBench bench;
  CVTakeBench(&bench, base, query, agreement->warp, agreement->rect, baseSize, querySize);
  CVSumCells(&bench, &bench.mask, 0, 0, bench.points);
  judgeShifts(&bench, evidence);
  judgeOctaves(&bench, evidence);
  evidence[CV_EXPLAINED] = isSmall(baseSize) || isSmall(querySize) ? CVExplained(&bench) : 0;
}
