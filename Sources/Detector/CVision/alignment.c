#include "CVision.h"
#include "agreement.h"
#include "clones.h"
#include "grid.h"
#include "lanes.h"
#include "solve.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { LANES = SS_VISION_LANES, REGRESSORS = 8, PRODUCTS = REGRESSORS * (REGRESSORS + 1) / 2 };

// Cells that disagree count little in the next estimate: they may be painted over.
SS_VISION_CLONES static void weigh_cells(ss_vision_grid *grid) {
  int n = grid->side;
  for (int top = 0; top < n; top += SS_VISION_CELL_SIDE) {
    for (int left = 0; left < n; left += SS_VISION_CELL_SIDE) {
      ss_vision_cell cell = ss_vision_cell_at(grid, left, top);
      float likeness = cell.correlation > 0 ? cell.correlation : 0;
      float weight = 0.02f + likeness * likeness;
      for (int y = top; y < top + SS_VISION_CELL_SIDE; y++)
        for (int x = left; x < left + SS_VISION_CELL_SIDE; x++)
          grid->weight[y * n + x] = grid->valid[y * n + x] * weight;
    }
  }
}

// Solves the normal equations; false where they have no solution.
static int solve(const double *upper, double *right) {
  double a[REGRESSORS][REGRESSORS];
  int k = 0;
  for (int i = 0; i < REGRESSORS; i++)
    for (int j = i; j < REGRESSORS; j++) a[i][j] = a[j][i] = upper[k++];
  for (int i = 0; i < REGRESSORS; i++) a[i][i] = a[i][i] * 1.0001 + 1e-9;
  return ss_vision_solve(REGRESSORS, a[0], right);
}

// What a regression sums up over the points of a column of the grid, sixteen columns side by side. The derivatives by
// the warp are gx u, gx v, gx, gy u, gy v and gy, and u is the column's own, so that only powers of v are summed here.
typedef struct column_sums {
  // Weighted products of gx, gy, b = base, q = query and 1, with v^0, v^1 and v^2.
  float_lanes xx[3], xy[3], yy[3], xb[2], yb[2], x[2], y[2], bb, b, n, xq[2], yq[2], bq, q;
} column_sums;

SS_VISION_INLINE void add_with_powers(float_lanes *sums, int count, const float_lanes *product, float v) {
  float_lanes term = *product;
  for (int i = 0; i < count; i++) {
    sums[i] += term;
    term *= v;
  }
}

SS_VISION_INLINE void sum_columns(const ss_vision_grid *grid, int left, column_sums *sums) {
  column_sums s = {0};
  int n = grid->side;
  for (int row = 0; row < n; row++) {
    float v = ((float)row + 0.5f) / (float)n - 0.5f;
    int at = row * n + left;
    float_lanes x = SS_VISION_LANES_AT(grid->gx + at) * (float)n, y = SS_VISION_LANES_AT(grid->gy + at) * (float)n;
    float_lanes b = SS_VISION_LANES_AT(grid->base + at) - 128, w = SS_VISION_LANES_AT(grid->weight + at);
    float_lanes q = w * (SS_VISION_LANES_AT(grid->query + at) - 128);
    float_lanes wx = w * x, wy = w * y, wb = w * b;
    float_lanes xx = wx * x, xy = wx * y, yy = wy * y, xb = wx * b, yb = wy * b, xq = x * q, yq = y * q;
    add_with_powers(s.xx, 3, &xx, v);
    add_with_powers(s.xy, 3, &xy, v);
    add_with_powers(s.yy, 3, &yy, v);
    add_with_powers(s.xb, 2, &xb, v);
    add_with_powers(s.yb, 2, &yb, v);
    add_with_powers(s.x, 2, &wx, v);
    add_with_powers(s.y, 2, &wy, v);
    add_with_powers(s.xq, 2, &xq, v);
    add_with_powers(s.yq, 2, &yq, v);
    s.bb += wb * b;
    s.b += wb;
    s.n += w;
    s.bq += b * q;
    s.q += q;
  }
  *sums = s;
}

// The normal equations: the upper triangle, row by row, of the products of gx u, gx v, gx, gy u, gy v, gy, b and 1, and
// the products of these with q.
SS_VISION_INLINE void sum_up(const ss_vision_grid *grid, float_lanes upper[PRODUCTS], float_lanes right[REGRESSORS]) {
  for (int left = 0; left < grid->side; left += LANES) {
    column_sums s;
    sum_columns(grid, left, &s);
    float_lanes u;
    for (int l = 0; l < LANES; l++) u[l] = ((float)(left + l) + 0.5f) / (float)grid->side - 0.5f;
    float_lanes uu = u * u;
    float_lanes terms[PRODUCTS] = {
        s.xx[0] * uu, s.xx[1] * u, s.xx[0] * u, s.xy[0] * uu, s.xy[1] * u, s.xy[0] * u,  s.xb[0] * u, s.x[0] * u,
        s.xx[2],      s.xx[1],     s.xy[1] * u, s.xy[2],      s.xy[1],     s.xb[1],      s.x[1],      s.xx[0],
        s.xy[0] * u,  s.xy[1],     s.xy[0],     s.xb[0],      s.x[0],      s.yy[0] * uu, s.yy[1] * u, s.yy[0] * u,
        s.yb[0] * u,  s.y[0] * u,  s.yy[2],     s.yy[1],      s.yb[1],     s.y[1],       s.yy[0],     s.yb[0],
        s.y[0],       s.bb,        s.b,         s.n,
    };
    float_lanes rights[REGRESSORS] = {s.xq[0] * u, s.xq[1], s.xq[0], s.yq[0] * u, s.yq[1], s.yq[0], s.bq, s.q};
    for (int k = 0; k < PRODUCTS; k++) upper[k] += terms[k];
    for (int a = 0; a < REGRESSORS; a++) right[a] += rights[a];
  }
}

// The sum of the lanes, in an order that does not depend on the instruction set.
SS_VISION_INLINE double total(const float_lanes *lanes_to_add) {
  float_lanes sums = *lanes_to_add;
  double l[LANES / 2];
  for (int i = 0; i < LANES / 2; i++) l[i] = (double)sums[i] + (double)sums[i + LANES / 2];
  return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]));
}

// One Gauss-Newton step: regresses the warped query on the base, its derivatives by the six numbers of the warp, and 1.
// Returns how far the step moves the corners, in points of the grid; negative where there is no step.
SS_VISION_CLONES static float step(ss_vision_grid *grid, float w[6]) {
  int n = grid->side;
  float_lanes sums[PRODUCTS] = {{0}}, rights[REGRESSORS] = {{0}};
  sum_up(grid, sums, rights);
  double upper[PRODUCTS], right[REGRESSORS];
  for (int k = 0; k < PRODUCTS; k++) upper[k] = total(&sums[k]);
  for (int a = 0; a < REGRESSORS; a++) right[a] = total(&rights[a]);
  if (!solve(upper, right)) return -1;
  double gain = right[6];
  if (!(gain > 0.02)) return -1;
  // The base moved by d looks like the query: the query's warp moves by the inverse of d.
  double d[6];
  for (int i = 0; i < 6; i++) {
    d[i] = right[i] / gain;
    if (!isfinite(d[i])) return -1;
    d[i] = d[i] > 0.2 ? 0.2 : d[i] < -0.2 ? -0.2 : d[i];
  }
  // Query(W(p)) ~ gain * Base(p + d(p)) so Query(W(D^-1(p))) ~ gain * Base(p).
  double a = 1 + d[0], b = d[1], c = d[2], e = d[3], f = 1 + d[4], g = d[5];
  double det = a * f - b * e;
  if (!(det > 0.3)) return -1;
  double ia = f / det, ib = -b / det, ie = -e / det, jf = a / det;
  double ic = -(ia * c + ib * g), ig = -(ie * c + jf * g);
  // In the coordinates of the base picture: u' = (u - left) / width - 1/2.
  double W = grid->rect[2], H = grid->rect[3], L = grid->rect[0] + W / 2, T = grid->rect[1] + H / 2;
  double A = ia, B = ib * W / H, E = ie * H / W, F = jf;
  double C = L + ic * W - A * L - B * T, G = T + ig * H - E * L - F * T;
  double w0 = w[0] * A + w[1] * E, w1 = w[0] * B + w[1] * F, w2 = w[0] * C + w[1] * G + w[2];
  double w3 = w[3] * A + w[4] * E, w4 = w[3] * B + w[4] * F, w5 = w[3] * C + w[4] * G + w[5];
  double moved[6] = {w0, w1, w2, w3, w4, w5};
  for (int i = 0; i < 6; i++) {
    // No view is a sixteenth of a picture.
    if (!(fabs(moved[i]) < 16)) return -1;
    w[i] = (float)moved[i];
  }
  double move_x = fabs(d[2]) + 0.5 * (fabs(d[0]) + fabs(d[1])), move_y = fabs(d[5]) + 0.5 * (fabs(d[3]) + fabs(d[4]));
  return (float)((move_x > move_y ? move_x : move_y) * n);
}

// Up to `steps` steps; 0 where one has no solution or turns the picture inside out.
static int refine(ss_vision_grid *grid, const float *query, float w[6], int steps, int robust) {
  for (int i = 0; i < steps; i++) {
    ss_vision_take_query(grid, query, w);
    if (robust) {
      weigh_cells(grid);
    } else {
      memcpy(grid->weight, grid->valid, sizeof(float) * (size_t)(grid->side * grid->side));
    }
    float moved = step(grid, w);
    if (moved < 0) return 0;
    if (moved < 0.05f) break;
  }
  return 1;
}

// The smallest rectangle of the base that holds what the warp takes into the query.
static int overlap_of(const float w[6], float rect[4]) {
  float low[2] = {2, 2}, high[2] = {-1, -1};
  enum { POINTS = 32 };
  for (int y = 0; y < POINTS; y++)
    for (int x = 0; x < POINTS; x++) {
      float u = ((float)x + 0.5f) / POINTS, v = ((float)y + 0.5f) / POINTS;
      float s = w[0] * u + w[1] * v + w[2], t = w[3] * u + w[4] * v + w[5];
      if (s < 0 || s > 1 || t < 0 || t > 1) continue;
      if (u < low[0]) low[0] = u;
      if (v < low[1]) low[1] = v;
      if (u > high[0]) high[0] = u;
      if (v > high[1]) high[1] = v;
    }
  float half = 0.5f / POINTS;
  rect[0] = low[0] - half;
  rect[1] = low[1] - half;
  rect[2] = high[0] - low[0] + 2 * half;
  rect[3] = high[1] - low[1] + 2 * half;
  return rect[2] > 0.2f && rect[3] > 0.2f;
}

// How far a warp is from the one it started from: the ratio of the singular values of one over the other.
static float stretch(const float w[6], const float start[6]) {
  double d = (double)start[0] * start[4] - (double)start[1] * start[3];
  double i0 = start[4] / d, i1 = -start[1] / d, i2 = -start[3] / d, i3 = start[0] / d;
  double m0 = w[0] * i0 + w[1] * i2, m1 = w[0] * i1 + w[1] * i3;
  double m2 = w[3] * i0 + w[4] * i2, m3 = w[3] * i1 + w[4] * i3;
  double q = hypot((m0 + m3) / 2, (m2 - m1) / 2), r = hypot((m0 - m3) / 2, (m2 + m1) / 2);
  return (float)((q + r) / fmax(fabs(q - r), 1e-6));
}

// Least correlation of 16 x 16 points with which an alignment goes on, and the largest stretch.
static const float LEAST_COARSE = 0.6f, LARGEST_STRETCH = 2.7f;
// The same at 32 x 32 points, and the cells of 16 that must agree where the correlation is lower.
static const float LEAST_MIDDLE = 0.75f, LEAST_CELLS = 3;
// What an alignment must show to go on, unless so many cells agreed from the start or the correlation is as good: the
// correlation plus what the descriptors say, and later the cells that agree. Of the alignments of 110,000 candidates of
// CIFAR-10 this leaves 52 % and then 47 %, of 45,000 of edited photographs 79 % and then 96 %; of those that would have
// scored 0.5 or more it loses 0.1 % and 0.02 %.
static const float PLAIN_START_CELLS = 8, PLAIN_COARSE = 0.9f;
static const float COARSE_EXCESS_WEIGHT = 1.9f, LEAST_COARSE_EVIDENCE = 0.97f;
static const float MIDDLE_EXCESS_WEIGHT = 6.6f, MIDDLE_CELL_WEIGHT = 0.22f, LEAST_MIDDLE_EVIDENCE = 2.8f;
// Cells of 16 that must agree before anything moved, for the start to be trusted where the coarse alignment fails.
static const float LEAST_START_CELLS = 4;

int ss_vision_align(const float *base, const float *query, const float start[6], const float view[4], float excess,
                    int side, ss_vision_agreement *out) {
  static _Thread_local ss_vision_grid grid;
  float w[6];
  memcpy(w, start, sizeof w);
  ss_vision_take_base(&grid, base, 32, view);
  ss_vision_take_query(&grid, query, w);
  float start_cells = ss_vision_agreeing_cells(&grid), coarse = 0;
  int is_doubtful = start_cells < PLAIN_START_CELLS;
  ss_vision_take_base(&grid, base, 16, view);
  int found = refine(&grid, query, w, 6, 0);
  if (found) {
    ss_vision_take_query(&grid, query, w);
    coarse = ss_vision_correlation(&grid);
    found = coarse >= LEAST_COARSE && stretch(w, start) < LARGEST_STRETCH;
    if (found && is_doubtful && coarse < PLAIN_COARSE && coarse + COARSE_EXCESS_WEIGHT * excess < LEAST_COARSE_EVIDENCE)
      return 0;
  }
  if (found) {
    ss_vision_take_base(&grid, base, 32, view);
    found = refine(&grid, query, w, 2, 0) && refine(&grid, query, w, 3, 1);
    ss_vision_take_query(&grid, query, w);
    float cells = ss_vision_agreeing_cells(&grid);
    // Where the start was the better place, the alignment followed something that does not belong to the picture.
    if (start_cells >= LEAST_START_CELLS && start_cells > cells) found = 0;
    // Unrelated pictures go no further; paint that lowers the correlation leaves cells that agree.
    float middle = ss_vision_correlation(&grid);
    if (cells < LEAST_CELLS && middle < LEAST_MIDDLE) return 0;
    if (is_doubtful && middle + MIDDLE_CELL_WEIGHT * cells + MIDDLE_EXCESS_WEIGHT * excess < LEAST_MIDDLE_EVIDENCE)
      return 0;
  }
  if (!found) {
    // Paint draws the coarse estimate away: where cells agree from the start, they decide.
    if (start_cells < LEAST_START_CELLS) return 0;
    memcpy(w, start, sizeof w);
    ss_vision_take_base(&grid, base, 32, view);
    if (!refine(&grid, query, w, 4, 1)) return 0;
  }
  // From the view to all that the two pictures have in common.
  float rect[4];
  if (!overlap_of(w, rect)) return 0;
  ss_vision_take_base(&grid, base, 32, rect);
  if (!refine(&grid, query, w, 5, 1) || !overlap_of(w, rect)) return 0;
  if (side > 32) {
    ss_vision_take_base(&grid, base, side, rect);
    if (!refine(&grid, query, w, 4, 1) || !overlap_of(w, rect)) return 0;
  }
  ss_vision_take_base(&grid, base, side, rect);
  ss_vision_take_query(&grid, query, w);
  memcpy(out->warp, w, sizeof w);
  memcpy(out->rect, rect, sizeof rect);
  out->features[SS_VISION_START_CELLS] = start_cells;
  out->features[SS_VISION_COARSE] = coarse;
  float ratio = logf(stretch(w, start));
  out->features[SS_VISION_STRETCH] = ratio < 2 ? ratio : 2;
  ss_vision_agree(&grid, base, query, w, out);
  return 1;
}
