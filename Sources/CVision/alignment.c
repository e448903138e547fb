#include "CVision.h"
#include "clones.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { lanes = 16, largest = 64, regressors = 8, products = regressors * (regressors + 1) / 2 };

// One image resampled on a grid of n x n points of a rectangle.
typedef struct {
  int n;
  float rect[4];  // left, top, width, height, as shares of the base picture
  float base[largest * largest], gx[largest * largest], gy[largest * largest];
  float query[largest * largest], valid[largest * largest], weight[largest * largest];
} Grid;

static const float *levelFor(const float *pyramid, float pitch, int *side) {
  int n = CV_CANONICAL_SIDE;
  const float *level = pyramid;
  // The level whose pixels are nearest to the grid's pitch, by ratio.
  while (n > CV_SMALLEST_SIDE && pitch * (float)n > 1.42f) {
    level += n * n;
    n /= 2;
  }
  *side = n;
  return level;
}

static inline float sample(const float *level, int n, float u, float v) {
  float x = u * (float)n - 0.5f, y = v * (float)n - 0.5f;
  float most = (float)(n - 1);
  x = x < 0 ? 0 : x > most ? most : x;
  y = y < 0 ? 0 : y > most ? most : y;
  int ix = (int)x, iy = (int)y;
  ix = ix > n - 2 ? n - 2 : ix;
  iy = iy > n - 2 ? n - 2 : iy;
  float fx = x - (float)ix, fy = y - (float)iy;
  const float *p = level + iy * n + ix;
  float above = p[0] + fx * (p[1] - p[0]), below = p[n] + fx * (p[n + 1] - p[n]);
  return above + fy * (below - above);
}

static inline float larger(float a, float b) { return a > b ? a : b; }

CV_CLONES static void takeBase(Grid *grid, const float *pyramid, int n, const float rect[4]) {
  grid->n = n;
  memcpy(grid->rect, rect, sizeof grid->rect);
  int side;
  const float *level = levelFor(pyramid, larger(rect[2], rect[3]) / (float)n, &side);
  for (int y = 0; y < n; y++) {
    float v = rect[1] + ((float)y + 0.5f) / (float)n * rect[3];
    for (int x = 0; x < n; x++)
      grid->base[y * n + x] = sample(level, side, rect[0] + ((float)x + 0.5f) / (float)n * rect[2], v);
  }
  for (int y = 0; y < n; y++) {
    const float *row = grid->base + y * n;
    const float *above = y > 0 ? row - n : row, *below = y < n - 1 ? row + n : row;
    float sy = y > 0 && y < n - 1 ? 0.5f : 1;
    for (int x = 0; x < n; x++) {
      int left = x > 0 ? x - 1 : x, right = x < n - 1 ? x + 1 : x;
      grid->gx[y * n + x] = (row[right] - row[left]) * (right - left == 2 ? 0.5f : 1);
      grid->gy[y * n + x] = (below[x] - above[x]) * sy;
    }
  }
}

// Samples the query where the warp takes the grid.
CV_CLONES static void takeQuery(Grid *grid, const float *pyramid, const float w[6]) {
  int n = grid->n, side;
  float stepX = larger(fabsf(w[0]), fabsf(w[3])) * grid->rect[2], stepY = larger(fabsf(w[1]), fabsf(w[4])) * grid->rect[3];
  const float *level = levelFor(pyramid, larger(stepX, stepY) / (float)n, &side);
  for (int y = 0; y < n; y++) {
    float v = grid->rect[1] + ((float)y + 0.5f) / (float)n * grid->rect[3];
    for (int x = 0; x < n; x++) {
      float u = grid->rect[0] + ((float)x + 0.5f) / (float)n * grid->rect[2];
      float s = w[0] * u + w[1] * v + w[2], t = w[3] * u + w[4] * v + w[5];
      grid->query[y * n + x] = sample(level, side, s, t);
      grid->valid[y * n + x] = s >= 0 && s <= 1 && t >= 0 && t <= 1 ? 1 : 0;
    }
  }
}

// Correlation of one cell of 8 x 8 points under the weights; flat cells tend to 0.
typedef struct {
  float count, correlation, baseEnergy, queryEnergy;
} Cell;

static Cell cellAt(const Grid *grid, int left, int top) {
  float sum[lanes / 2], sb[lanes / 2], sq[lanes / 2], sbb[lanes / 2], sqq[lanes / 2], sbq[lanes / 2];
  memset(sum, 0, sizeof sum); memset(sb, 0, sizeof sb); memset(sq, 0, sizeof sq);
  memset(sbb, 0, sizeof sbb); memset(sqq, 0, sizeof sqq); memset(sbq, 0, sizeof sbq);
  float b0 = grid->base[(top + 4) * grid->n + left + 4], q0 = grid->query[(top + 4) * grid->n + left + 4];
  for (int y = top; y < top + 8; y++) {
    const float *b = grid->base + y * grid->n + left, *q = grid->query + y * grid->n + left;
    const float *m = grid->valid + y * grid->n + left;
    for (int x = 0; x < 8; x++) {
      float p = b[x] - b0, r = q[x] - q0;
      sum[x] += m[x]; sb[x] += m[x] * p; sq[x] += m[x] * r;
      sbb[x] += m[x] * p * p; sqq[x] += m[x] * r * r; sbq[x] += m[x] * p * r;
    }
  }
  float n = 0, B = 0, Q = 0, BB = 0, QQ = 0, BQ = 0;
  for (int x = 0; x < 8; x++) { n += sum[x]; B += sb[x]; Q += sq[x]; BB += sbb[x]; QQ += sqq[x]; BQ += sbq[x]; }
  Cell cell = {n, 0, 0, 0};
  if (n < 16) return cell;
  BB -= B * B / n; QQ -= Q * Q / n; BQ -= B * Q / n;
  BB = BB > 0 ? BB : 0; QQ = QQ > 0 ? QQ : 0;
  cell.baseEnergy = BB / n; cell.queryEnergy = QQ / n;
  cell.correlation = BQ / (sqrtf(BB * QQ) + 0.5f * n);
  return cell;
}

// Cells that disagree count little in the next estimate.
CV_CLONES static void weighCells(Grid *grid) {
  int n = grid->n;
  for (int top = 0; top < n; top += 8) {
    for (int left = 0; left < n; left += 8) {
      Cell cell = cellAt(grid, left, top);
      float c = cell.correlation > 0 ? cell.correlation : 0;
      float weight = 0.02f + c * c;
      for (int y = top; y < top + 8; y++)
        for (int x = left; x < left + 8; x++) grid->weight[y * n + x] = grid->valid[y * n + x] * weight;
    }
  }
}

// Solves the normal equations; false where they have no solution.
static int solve(const double *upper, double *right) {
  double a[regressors][regressors];
  int k = 0;
  for (int i = 0; i < regressors; i++)
    for (int j = i; j < regressors; j++) a[i][j] = a[j][i] = upper[k++];
  for (int i = 0; i < regressors; i++) a[i][i] = a[i][i] * 1.0001 + 1e-9;
  for (int i = 0; i < regressors; i++) {
    double d = a[i][i];
    for (int m = 0; m < i; m++) d -= a[i][m] * a[i][m];
    if (!(d > 1e-12)) return 0;
    a[i][i] = sqrt(d);
    for (int j = i + 1; j < regressors; j++) {
      double s = a[j][i];
      for (int m = 0; m < i; m++) s -= a[j][m] * a[i][m];
      a[j][i] = s / a[i][i];
    }
  }
  for (int i = 0; i < regressors; i++) {
    for (int m = 0; m < i; m++) right[i] -= a[i][m] * right[m];
    right[i] /= a[i][i];
  }
  for (int i = regressors - 1; i >= 0; i--) {
    for (int m = i + 1; m < regressors; m++) right[i] -= a[m][i] * right[m];
    right[i] /= a[i][i];
  }
  return 1;
}

// One Gauss-Newton step: regresses the warped query on the base, its derivatives by the six numbers of the warp, and 1.
// Returns how far the step moves the corners, in points of the grid; negative where there is no step.
CV_CLONES static float step(Grid *grid, float w[6]) {
  int n = grid->n;
  float sums[products][lanes], rights[regressors][lanes];
  memset(sums, 0, sizeof sums);
  memset(rights, 0, sizeof rights);
  for (int y = 0; y < n; y++) {
    float v = ((float)y + 0.5f) / (float)n - 0.5f;
    for (int x = 0; x < n; x += lanes) {
      float j[regressors][lanes], q[lanes];
      int at = y * n + x;
      for (int l = 0; l < lanes; l++) {
        float u = ((float)(x + l) + 0.5f) / (float)n - 0.5f;
        float root = grid->weight[at + l];
        float gx = grid->gx[at + l] * (float)n, gy = grid->gy[at + l] * (float)n;
        j[0][l] = gx * u; j[1][l] = gx * v; j[2][l] = gx;
        j[3][l] = gy * u; j[4][l] = gy * v; j[5][l] = gy;
        j[6][l] = grid->base[at + l] - 128; j[7][l] = 1;
        q[l] = root * (grid->query[at + l] - 128);
        sums[0][l] += 0 * root;
      }
      int k = 0;
      for (int a = 0; a < regressors; a++) {
        float m[lanes];
        for (int l = 0; l < lanes; l++) m[l] = j[a][l] * grid->weight[at + l];
        for (int b = a; b < regressors; b++, k++)
          for (int l = 0; l < lanes; l++) sums[k][l] += m[l] * j[b][l];
        for (int l = 0; l < lanes; l++) rights[a][l] += j[a][l] * q[l];
      }
    }
  }
  double upper[products], right[regressors];
  for (int k = 0; k < products; k++) {
    upper[k] = 0;
    for (int l = 0; l < lanes; l++) upper[k] += (double)sums[k][l];
  }
  for (int a = 0; a < regressors; a++) {
    right[a] = 0;
    for (int l = 0; l < lanes; l++) right[a] += (double)rights[a][l];
  }
  if (!solve(upper, right)) return -1;
  double gain = right[6];
  if (!(gain > 0.02)) return -1;
  // The base moved by d looks like the query: the query's warp moves by the inverse of d.
  double d[6];
  for (int i = 0; i < 6; i++) {
    d[i] = right[i] / gain;
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
  w[0] = (float)w0; w[1] = (float)w1; w[2] = (float)w2; w[3] = (float)w3; w[4] = (float)w4; w[5] = (float)w5;
  double moveX = fabs(d[2]) + 0.5 * (fabs(d[0]) + fabs(d[1])), moveY = fabs(d[5]) + 0.5 * (fabs(d[3]) + fabs(d[4]));
  return (float)((moveX > moveY ? moveX : moveY) * n);
}

static int refine(Grid *grid, const float *query, float w[6], int steps, int robust) {
  for (int i = 0; i < steps; i++) {
    takeQuery(grid, query, w);
    if (robust) weighCells(grid);
    else memcpy(grid->weight, grid->valid, sizeof(float) * (size_t)(grid->n * grid->n));
    float moved = step(grid, w);
    if (moved < 0) return 0;
    if (moved < 0.03f) break;
  }
  return 1;
}

// The smallest rectangle of the base that holds what the warp takes into the query.
static int overlapOf(const float w[6], float rect[4]) {
  float low[2] = {2, 2}, high[2] = {-1, -1};
  enum { points = 32 };
  for (int y = 0; y < points; y++)
    for (int x = 0; x < points; x++) {
      float u = ((float)x + 0.5f) / points, v = ((float)y + 0.5f) / points;
      float s = w[0] * u + w[1] * v + w[2], t = w[3] * u + w[4] * v + w[5];
      if (s < 0 || s > 1 || t < 0 || t > 1) continue;
      if (u < low[0]) low[0] = u;
      if (v < low[1]) low[1] = v;
      if (u > high[0]) high[0] = u;
      if (v > high[1]) high[1] = v;
    }
  float half = 0.5f / points;
  rect[0] = low[0] - half; rect[1] = low[1] - half;
  rect[2] = high[0] - low[0] + 2 * half; rect[3] = high[1] - low[1] + 2 * half;
  return rect[2] > 0.2f && rect[3] > 0.2f;
}

static float coarseCorrelation(const Grid *grid) {
  double n = 0, b = 0, q = 0, bb = 0, qq = 0, bq = 0;
  for (int i = 0; i < grid->n * grid->n; i++) {
    double m = grid->valid[i], x = grid->base[i], y = grid->query[i];
    n += m; b += m * x; q += m * y; bb += m * x * x; qq += m * y * y; bq += m * x * y;
  }
  if (n < 16) return 0;
  return (float)((bq - b * q / n) / (sqrt((bb - b * b / n) * (qq - q * q / n)) + 1e-3));
}

static void evaluate(Grid *grid, CVAgreement *out, float *cells) {
  int n = grid->n, count = 0;
  double gg = 0, bb = 0, qq = 0, valid = 0, lap = 0, lb = 0, lq = 0;
  for (int y = 1; y < n - 1; y++)
    for (int x = 1; x < n - 1; x++) {
      int i = y * n + x;
      if (grid->valid[i] == 0 || grid->valid[i - 1] == 0 || grid->valid[i + 1] == 0 || grid->valid[i - n] == 0 || grid->valid[i + n] == 0) continue;
      float bx = grid->base[i + 1] - grid->base[i - 1], by = grid->base[i + n] - grid->base[i - n];
      float qx = grid->query[i + 1] - grid->query[i - 1], qy = grid->query[i + n] - grid->query[i - n];
      gg += bx * qx + by * qy; bb += bx * bx + by * by; qq += qx * qx + qy * qy; valid++;
      float b2 = 4 * grid->base[i] - grid->base[i + 1] - grid->base[i - 1] - grid->base[i + n] - grid->base[i - n];
      float q2 = 4 * grid->query[i] - grid->query[i + 1] - grid->query[i - 1] - grid->query[i + n] - grid->query[i - n];
      lap += b2 * q2; lb += b2 * b2; lq += q2 * q2;
    }
  out->gradient = (float)(gg / (sqrt(bb * qq) + 1e-3));
  out->laplacian = (float)(lap / (sqrt(lb * lq) + 1e-3));
  out->area = (float)(valid / ((n - 2) * (n - 2)));
  for (int top = 0; top < n; top += 8)
    for (int left = 0; left < n; left += 8) {
      Cell cell = cellAt(grid, left, top);
      cells[3 * count] = cell.count; cells[3 * count + 1] = cell.correlation;
      cells[3 * count + 2] = sqrtf(cell.baseEnergy < cell.queryEnergy ? cell.baseEnergy : cell.queryEnergy);
      count++;
    }
}

int CVAlign(const float *base, const float *query, const float start[6], const float view[4], int level, CVAgreement *out, float *cells) {
  static _Thread_local Grid grid;
  float w[6];
  memcpy(w, start, sizeof w);
  takeBase(&grid, base, 16, view);
  if (!refine(&grid, query, w, 6, 0)) return 1;
  takeQuery(&grid, query, w);
  out->coarse = coarseCorrelation(&grid);
  takeBase(&grid, base, 32, view);
  if (!refine(&grid, query, w, 3, 0)) return 2;
  if (!refine(&grid, query, w, 4, 1)) return 2;
  takeQuery(&grid, query, w);
  out->middle = coarseCorrelation(&grid);
  float rect[4];
  if (!overlapOf(w, rect)) return 3;
  takeBase(&grid, base, 32, rect);
  if (!refine(&grid, query, w, 6, 1)) return 4;
  if (level == 64) {
    if (!overlapOf(w, rect)) return 3;
    takeBase(&grid, base, 64, rect);
    if (!refine(&grid, query, w, 4, 1)) return 5;
  }
  if (!overlapOf(w, rect)) return 3;
  memcpy(out->warp, w, sizeof w);
  memcpy(out->rect, rect, sizeof rect);
  takeBase(&grid, base, level, rect);
  takeQuery(&grid, query, w);
  evaluate(&grid, out, cells);
  return 0;
}

CV_CLONES void CVPyramid(const float *canonical, float *out) {
  memcpy(out, canonical, sizeof(float) * CV_CANONICAL_SIDE * CV_CANONICAL_SIDE);
  for (int n = CV_CANONICAL_SIDE; n > CV_SMALLEST_SIDE; n /= 2) {
    const float *from = out;
    out += n * n;
    int half = n / 2;
    for (int y = 0; y < half; y++)
      for (int x = 0; x < half; x++)
        out[y * half + x] = ((from[2 * y * n + 2 * x] + from[2 * y * n + 2 * x + 1]) +
                             (from[(2 * y + 1) * n + 2 * x] + from[(2 * y + 1) * n + 2 * x + 1])) * 0.25f;
  }
}
