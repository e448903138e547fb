#include "CVision.h"
#include "clones.h"
#include "sampling.h"

#include <math.h>
#include <stdlib.h>

#pragma STDC FP_CONTRACT OFF

enum { SIDE = SS_VISION_VIEW_SIDE, MOST_POINTS = 64 };

// Rather a smaller level than the nearest, which shows more.
static const float COARSEST = 1.6f;

// Cuts a part that need not be upright: `points` x `points` of its points, 64 a side at most. Points outside are those
// at the nearest edge.
SS_VISION_CLONES static void cut_part(const float *picture, const float w[6], int points, float *out) {
  float size = (float)points;
  float pitch =
      ss_vision_larger(ss_vision_larger(fabsf(w[0]), fabsf(w[3])), ss_vision_larger(fabsf(w[1]), fabsf(w[4]))) / size;
  int n;
  const float *level = ss_vision_level_for(picture, pitch, COARSEST, &n);
  for (int y = 0; y < points; y++) {
    float v = ((float)y + 0.5f) / size, s0 = w[1] * v + w[2], t0 = w[4] * v + w[5];
    int at[MOST_POINTS];
    float fx[MOST_POINTS], fy[MOST_POINTS];
    for (int x = 0; x < points; x++) {
      float u = ((float)x + 0.5f) / size;
      int ix, iy;
      ss_vision_place_at(w[0] * u + s0, n, &ix, &fx[x]);
      ss_vision_place_at(w[3] * u + t0, n, &iy, &fy[x]);
      at[x] = iy * n + ix;
    }
    for (int x = 0; x < points; x++) out[y * points + x] = ss_vision_between(level + at[x], n, fx[x], fy[x]);
  }
}

static int describe(const float *view, int8_t *out) {
  float histogram[SS_VISION_GRADIENT_COUNT];
  if (!(ss_vision_view_detail(view) >= SS_VISION_LEAST_DETAIL)) return 0;
  ss_vision_gradient_histogram(view, histogram);
  ss_vision_project(histogram, out);
  return 1;
}

int ss_vision_describe_part(const float *picture, const float w[6], int8_t *out) {
  float view[SIDE * SIDE];
  cut_part(picture, w, SIDE, view);
  return describe(view, out);
}

int ss_vision_describe_view(const float *picture, size_t left, size_t top, size_t width, size_t height, int8_t *out) {
  float view[SIDE * SIDE];
  ss_vision_cut_view(picture, left, top, width, height, view);
  return describe(view, out);
}

// Steps count up to this many levels of luma, so that a few strong edges do not make a line.
static const float MOST_STEP = 48;
// Mean step of a line above those beside it for it to be where two pictures meet. Among 80 photographs two thirds have
// no such line; of mosaics and collages nearly all tiles are told apart by one.
static const float LEAST_STEP = 3;
// A line is at least so many pixels, and a fifth of the side, away from the edges.
enum { WHOLE = SS_VISION_CANONICAL_SIDE, LEAST_TILE = 16 };

static inline float step_of(float a, float b) {
  float d = fabsf(a - b);
  return d < MOST_STEP ? d : MOST_STEP;
}

// Where two pictures meet: the line of a rectangle (left, top, width, height) along which the luma steps most as
// against the lines three pixels to either side. Returns its mean step; 0 where there is no room for a line.
SS_VISION_CLONES static float strongest_line(const float *luma, const int rect[4], int *is_row, int *at) {
  float best = 0;
  for (int axis = 0; axis < 2; axis++) {
    int length = rect[2 + axis], lines = rect[3 - axis];
    int margin = length / 5 > LEAST_TILE ? length / 5 : LEAST_TILE;
    // Pixels from one line to the next, and along a line.
    int next = axis == 0 ? 1 : WHOLE, along = axis == 0 ? WHOLE : 1;
    const float *corner = luma + rect[1] * WHOLE + rect[0];
    for (int i = margin; i + margin <= length; i++) {
      float sum = 0;
      for (int k = 0; k < lines; k++) {
        const float *p = corner + i * next + k * along;
        float here = step_of(p[next], p[-2 * next]), before = step_of(p[-2 * next], p[-5 * next]);
        float after = step_of(p[4 * next], p[next]);
        sum += here - ss_vision_larger(before, after);
      }
      float mean = sum / (float)lines;
      if (mean > best) {
        best = mean;
        *is_row = axis;
        *at = i;
      }
    }
  }
  return best;
}

static void halve(const int rect[4], int is_row, int at, int halves[2][4]) {
  for (int i = 0; i < 4; i++) halves[0][i] = halves[1][i] = rect[i];
  halves[0][2 + is_row] = at;
  halves[1][is_row] += at;
  halves[1][2 + is_row] -= at;
}

int ss_vision_find_tiles(const float *luma, float tiles[4][4]) {
  const int all[4] = {0, 0, WHOLE, WHOLE};
  int is_row = 0, at = 0, count = 0, halves[2][4], quarters[2][4];
  if (strongest_line(luma, all, &is_row, &at) < LEAST_STEP) return 0;
  halve(all, is_row, at, halves);
  for (int half = 0; half < 2; half++) {
    int is_cut = strongest_line(luma, halves[half], &is_row, &at) >= LEAST_STEP;
    if (is_cut) halve(halves[half], is_row, at, quarters);
    for (int part = 0; part <= is_cut; part++) {
      const int *rect = is_cut ? quarters[part] : halves[half];
      // A pixel on a line shows both pictures.
      for (int axis = 0; axis < 2; axis++) {
        int low = rect[axis] + (rect[axis] > 0), end = rect[axis] + rect[2 + axis];
        int high = end - (end < WHOLE);
        tiles[count][axis] = (float)low / WHOLE;
        tiles[count][2 + axis] = (float)(high - low) / WHOLE;
      }
      count++;
    }
  }
  return count;
}

// What stands on the ground differs from it by so many levels, and by this share of the largest difference: what noise
// of 12 levels and JPEG of quality 30 leave of a ground, smoothed, is less.
static const float LEAST_DIFFERENCE = 12, LEAST_SHARE = 0.2f;
// Points of ground on both sides that make an edge worth cutting.
enum { LEAST_GROUND = 2 };

static int by_level(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

// The level in the middle of those along the edges.
static float ground_of(const float *points, int n) {
  float ring[4 * MOST_POINTS];
  int count = 0;
  for (int i = 0; i < n; i++) {
    ring[count++] = points[i];
    ring[count++] = points[(n - 1) * n + i];
    ring[count++] = points[i * n];
    ring[count++] = points[i * n + n - 1];
  }
  qsort(ring, (size_t)count, sizeof ring[0], by_level);
  return ring[count / 2];
}

// How far the mean of a point and its eight neighbours is from the ground.
static float difference_at(const float *points, int n, int x, int y, float ground) {
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
static int has_no_ground(const float *points, int n, float ground, int axis) {
  static const float most_level = 255;
  for (int line = 0; line < LEAST_GROUND; line++) {
    for (int i = 0; i < n; i++) {
      const int lines[2] = {line, n - 1 - line};
      for (int end = 0; end < 2; end++) {
        int x = axis == 0 ? lines[end] : i, y = axis == 0 ? i : lines[end];
        if (difference_at(points, n, x, y, ground) > LEAST_SHARE * most_level) return 1;
      }
    }
  }
  return 0;
}

int ss_vision_find_content(const float *picture, const float w[6], float rect[4]) {
  enum { n = MOST_POINTS };
  float points[n * n], differences[n * n], most = 0;
  cut_part(picture, w, n, points);
  float ground = ground_of(points, n);
  // Most photographs end here.
  if (has_no_ground(points, n, ground, 0) && has_no_ground(points, n, ground, 1)) return 0;
  for (int y = 0; y < n; y++) {
    for (int x = 0; x < n; x++) {
      float difference = difference_at(points, n, x, y, ground);
      differences[y * n + x] = difference;
      most = ss_vision_larger(most, difference);
    }
  }
  float least = ss_vision_larger(LEAST_DIFFERENCE, LEAST_SHARE * most);
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
  int is_cut = 0;
  for (int axis = 0; axis < 2; axis++) {
    int first = low[axis], end = high[axis] + 1;
    // As where borders are cut: ground on one side belongs to the picture.
    if (first < LEAST_GROUND || n - end < LEAST_GROUND) {
      first = 0;
      end = n;
    }
    if ((end - first) * 5 < n) return 0;
    is_cut |= end - first < n;
    rect[axis] = (float)first / n;
    rect[2 + axis] = (float)(end - first) / n;
  }
  return is_cut;
}
