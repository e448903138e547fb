#include "CVision.h"
#include "bench.h"
#include "clones.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

// Two pictures that lie on each other, looked at in fine detail: is it the same picture, or one that is only alike?
//
// Outlines agree between two skulls, two faces, two forms. What look-alikes do not share is where their fine texture
// lies: a cell of a copy fits best in its place, a cell of a look-alike fits as well, or better, some pixels away. A
// cell that fits a shifted copy of itself as well (a straight edge, a blank ground) can tell neither, and counts
// nothing.

static double clamp(double x, double least, double most) { return x < least ? least : x > most ? most : x; }

// MARK: Shifts

// Fine detail of equal strength everywhere: the picture less its blur, over the local strength of that.
SS_VISION_CLONES static void normalise(ss_vision_bench *b, ss_vision_plane *in, ss_vision_plane *out,
                                       const ss_vision_kernel *kernel) {
  ss_vision_blur(b, in, &b->smooth, kernel);
  for (int y = 0; y < b->height; y++)
    for (int x = 0; x < b->width; x++)
      AT(&b->smooth, x, y) = (AT(in, x, y) - AT(&b->smooth, x, y)) * AT(&b->mask, x, y);
  ss_vision_blur(b, &b->smooth, out, &ss_vision_gauss_07);
  for (int y = 0; y < b->height; y++) {
    for (int x = 0; x < b->width; x++) {
      float d = AT(out, x, y) * AT(&b->mask, x, y);
      AT(out, x, y) = d;
      AT(&b->smooth, x, y) = d * d;
    }
  }
  ss_vision_blur(b, &b->smooth, &b->energy, kernel);
  // Three levels of luma: what noise and compression leave of a flat ground is not lifted.
  for (int y = 0; y < b->height; y++)
    for (int x = 0; x < b->width; x++) AT(out, x, y) /= sqrtf(AT(&b->energy, x, y) + 9);
}

// How well the cells of the two pictures fit where they are, and how well when they are shifted.
typedef struct cell_fit {
  float base_energy[MOST_CELLS], query_energy[MOST_CELLS];
  // Best correlations at shifts of at most a point and at those beyond, and the squared shift of the best of all.
  float near[MOST_CELLS], far[MOST_CELLS], shift[MOST_CELLS];
  // Best correlation of either picture with itself, shifted by more than a point.
  float itself[MOST_CELLS];
} cell_fit;

// Keeps the correlations of cells with a shifted copy of themselves that are larger than those before.
static void keep_larger(const float *products, const float *energy, const float *shifted, float floor, int cells,
                        float *kept) {
  for (int i = 0; i < cells; i++) {
    float correlation = products[i] / (sqrtf(energy[i] * shifted[i]) + floor);
    if (correlation > kept[i]) kept[i] = correlation;
  }
}

static void fit_cells(ss_vision_bench *b, cell_fit *fit) {
  int most = b->cell == LARGE_CELL ? 3 : 2, cells = b->columns * b->rows;
  // A cell with hardly any detail correlates with nothing.
  float floor = 0.02f * (float)(b->cell * b->cell);
  ss_vision_pad(&b->base_band, b->width, b->height, most);
  ss_vision_pad(&b->query_band, b->width, b->height, most);
  for (int y = -most; y < b->height + most; y++) {
    for (int x = -most; x < b->width + most; x++) {
      AT(&b->base_energy, x, y) = AT(&b->base_band, x, y) * AT(&b->base_band, x, y);
      AT(&b->query_energy, x, y) = AT(&b->query_band, x, y) * AT(&b->query_band, x, y);
    }
  }
  ss_vision_sum_cells(b, &b->base_energy, 0, 0, fit->base_energy);
  ss_vision_sum_cells(b, &b->query_energy, 0, 0, fit->query_energy);
  float best[MOST_CELLS], products[MOST_CELLS], shifted[MOST_CELLS];
  for (int i = 0; i < cells; i++) {
    best[i] = fit->near[i] = fit->far[i] = fit->itself[i] = -1;
    fit->shift[i] = 0;
  }
  for (int dy = -most; dy <= most; dy++) {
    for (int dx = -most; dx <= most; dx++) {
      int squared = dx * dx + dy * dy;
      float *kept = squared > 2 ? fit->far : fit->near;
      ss_vision_multiply_cells(b, &b->base_band, &b->query_band, dx, dy, products);
      ss_vision_sum_cells(b, &b->query_energy, dx, dy, shifted);
      for (int i = 0; i < cells; i++) {
        float correlation = products[i] / (sqrtf(fit->base_energy[i] * shifted[i]) + floor);
        if (correlation > best[i]) {
          best[i] = correlation;
          fit->shift[i] = (float)squared;
        }
        if (correlation > kept[i]) kept[i] = correlation;
      }
      // A shift and its opposite say the same of a picture and itself.
      if (squared <= 2 || dy < 0 || (dy == 0 && dx < 0)) continue;
      ss_vision_multiply_cells(b, &b->query_band, &b->query_band, dx, dy, products);
      keep_larger(products, fit->query_energy, shifted, floor, cells, fit->itself);
      ss_vision_sum_cells(b, &b->base_energy, dx, dy, shifted);
      ss_vision_multiply_cells(b, &b->base_band, &b->base_band, dx, dy, products);
      keep_larger(products, fit->base_energy, shifted, floor, cells, fit->itself);
    }
  }
}

static void judge_shifts(ss_vision_bench *b, float *evidence) {
  static _Thread_local cell_fit fit;
  const ss_vision_kernel *kernel = b->cell == LARGE_CELL ? &ss_vision_gauss_40 : &ss_vision_gauss_25;
  normalise(b, &b->base, &b->base_band, kernel);
  normalise(b, &b->query, &b->query_band, kernel);
  fit_cells(b, &fit);
  double area = b->cell * b->cell, weights = 0.5, in_place = 0, telling = 0.1, gap = 0, near = 0, either = 0.5,
         shared = 0;
  ss_vision_weighed gaps[MOST_CELLS], nears[MOST_CELLS];
  int count = 0;
  for (int i = 0; i < b->columns * b->rows; i++) {
    if (b->points[i] <= 0.7 * area) continue;
    double less = fmin(fit.base_energy[i], fit.query_energy[i]) / b->points[i], weight = less / (less + 0.08);
    double more = fmax(fit.base_energy[i], fit.query_energy[i]) / b->points[i], any = more / (more + 0.08);
    // How much a shift would show in this cell.
    double distinct = clamp(1 - fit.itself[i], 0, 1), difference = fit.near[i] - fit.far[i];
    weights += weight;
    in_place += weight * (fit.shift[i] <= 2);
    telling += weight * distinct;
    gap += weight * fmax(difference, -0.3);
    near += weight * distinct * fit.near[i];
    either += any;
    shared += any * clamp(fit.near[i], 0, 1);
    gaps[count] =
        (ss_vision_weighed){(float)clamp(difference / (distinct + 0.08), -1, 1.2), (float)(weight * distinct)};
    nears[count] = (ss_vision_weighed){fit.near[i], (float)weight};
    count++;
  }
  evidence[SS_VISION_SHIFT_GAP] = (float)clamp(gap / telling, -1, 1.2);
  evidence[SS_VISION_TELLING_CELLS] = (float)log1p(4 * (telling - 0.1));
  evidence[SS_VISION_TELLING_FIT] = (float)(near / telling);
  evidence[SS_VISION_IN_PLACE] = (float)(in_place / weights);
  evidence[SS_VISION_SHARED_DETAIL] = (float)(shared / either);
  evidence[SS_VISION_SHIFT_GAP_LOWER] = ss_vision_quantile(gaps, count, 0.25);
  evidence[SS_VISION_FIT_MEDIAN] = ss_vision_quantile(nears, count, 0.5);
  evidence[SS_VISION_FIT_UPPER] = ss_vision_quantile(nears, count, 0.75);
}

// MARK: Octaves

// Correlation of one octave by cells, those with the more detail counting more. Noise, which all cells have alike, is
// taken off their energies first, so that a noisy copy is not held against it.
static float coherence(ss_vision_bench *b) {
  float products[MOST_CELLS], of_base[MOST_CELLS], of_query[MOST_CELLS];
  ss_vision_weighed sorted[MOST_CELLS];
  int cells = b->columns * b->rows, count = 0;
  ss_vision_multiply_cells(b, &b->base_band, &b->query_band, 0, 0, products);
  ss_vision_multiply_cells(b, &b->base_band, &b->base_band, 0, 0, of_base);
  ss_vision_multiply_cells(b, &b->query_band, &b->query_band, 0, 0, of_query);
  for (int i = 0; i < cells; i++) {
    if (b->points[i] <= 0.5f * (float)(b->cell * b->cell)) continue;
    products[count] = products[i] / b->points[i];
    of_base[count] = of_base[i] / b->points[i];
    of_query[count] = of_query[i] / b->points[i];
    count++;
  }
  if (count < 2) return 0;
  float noise[2];
  for (int picture = 0; picture < 2; picture++) {
    for (int i = 0; i < count; i++) sorted[i] = (ss_vision_weighed){picture == 0 ? of_base[i] : of_query[i], 1};
    float tenth = ss_vision_quantile(sorted, count, 0.1),
          quarter_of_median = ss_vision_quantile(sorted, count, 0.5) / 4;
    noise[picture] = tenth < quarter_of_median ? tenth : quarter_of_median;
  }
  double sum = 0, weights = 0;
  for (int i = 0; i < count; i++) {
    double base = fmax(of_base[i] - noise[0], 0), query = fmax(of_query[i] - noise[1], 0), less = fmin(base, query);
    double weight = less / (less + 2.25);
    sum += weight * clamp(products[i] / (sqrt(base * query) + 0.05), -1, 1.5);
    weights += weight;
  }
  // As the inverse of the hyperbolic tangent: the nearer to 1 the more a difference means.
  return (float)atanh(clamp(sum / (weights + 0.5), -0.9, 0.995));
}

static void judge_octaves(ss_vision_bench *b, float *evidence) {
  static _Thread_local ss_vision_plane base, query;
  ss_vision_blur(b, &b->base, &base, &ss_vision_gauss_08);
  ss_vision_blur(b, &b->query, &query, &ss_vision_gauss_08);
  ss_vision_subtract(b, &b->base, &base, &b->base_band);
  ss_vision_subtract(b, &b->query, &query, &b->query_band);
  evidence[SS_VISION_FINEST_COHERENCE] = coherence(b);
  ss_vision_blur(b, &b->base, &b->smooth, &ss_vision_gauss_16);
  ss_vision_subtract(b, &base, &b->smooth, &b->base_band);
  ss_vision_blur(b, &b->query, &b->smooth, &ss_vision_gauss_16);
  ss_vision_subtract(b, &query, &b->smooth, &b->query_band);
  evidence[SS_VISION_FINE_COHERENCE] = coherence(b);
}

// Whether a picture has too few pixels for much detail.
static int is_small(const int size[2]) { return size[0] < 64 || size[1] < 64; }

void ss_vision_weigh_evidence(const float *base, const float *query, const ss_vision_agreement *agreement,
                              const int base_size[2], const int query_size[2], float *evidence) {
  static _Thread_local ss_vision_bench bench;
  ss_vision_take_bench(&bench, base, query, agreement->warp, agreement->rect, base_size, query_size);
  ss_vision_sum_cells(&bench, &bench.mask, 0, 0, bench.points);
  judge_shifts(&bench, evidence);
  judge_octaves(&bench, evidence);
  evidence[SS_VISION_EXPLAINED] = is_small(base_size) || is_small(query_size) ? ss_vision_explained(&bench) : 0;
}
