#include "CVision.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// What was painted over a picture: a block of one level, as cutout augmentation leaves it, or a box of one level with
// writing in it. It says nothing of the picture beneath and would speak against every copy, so it is found in the
// picture alone, covered by what surrounds it, and left out when two pictures are compared.
//
// A box is one level, to compression, inside straight edges beyond which hardly anything has that level. Plain ground
// has no such edges, and plain things in a picture (a plate, a window) are shaded, or not rectangles.

enum {
  MOST_SIDE = SS_VISION_CANONICAL_SIDE,
  // Levels that are tried, the most frequent ones.
  MOST_LEVELS = 4,
  // How far a pixel may be from the level, and from its neighbour where levels are counted.
  TOLERANCE = 8,
  CLOSENESS = 2,
  // Pixels beyond an edge that are skipped: the edge itself where the picture was scaled or compressed.
  EDGE = 1,
};

// Share of the picture that paint covers, and of a box that is not writing.
static const float LEAST_AREA = 0.05f, MOST_AREA = 0.36f, LEAST_PLAIN = 0.45f;
// Least share of the points beyond all edges, and beyond each, that have another level.
static const float LEAST_CONTRAST = 0.7f, LEAST_SIDE_CONTRAST = 0.4f;
// Standard deviation of the plain pixels. Of 527 boxes found on blocks and captions in ten kinds of pictures 98 % have
// less, of 505 found elsewhere 36 %.
static const float MOST_SPREAD = 2.8f;

// A row of pixels, one bit each, the leftmost in the lowest.
typedef unsigned __int128 bit_row;

typedef struct paint_rect {
  int left, top, width, height;
} paint_rect;

typedef struct paint_search {
  const uint8_t *luma;
  int width, height;
  // Where a pixel has the level, and where what has it encloses the pixel.
  bit_row is_level[MOST_SIDE], is_filled[MOST_SIDE];
} paint_search;

static inline int is_set(const bit_row *rows, int x, int y) { return (int)(rows[y] >> x) & 1; }
static inline bit_row first_bits(int count) { return count < MOST_SIDE ? ((bit_row)1 << count) - 1 : ~(bit_row)0; }

// The levels of pixels that are like those to the right of them, the most frequent first. Returns how many.
static int frequent_levels(const paint_search *s, int found[MOST_LEVELS]) {
  // Half of the rows of a large picture say as much.
  int counts[256] = {0}, sums[256], step = s->height >= MOST_SIDE / 2 ? 2 : 1, further = s->width / 16 + 1, total = 0;
  int least = (int)(LEAST_AREA * LEAST_PLAIN * 0.8f * (float)(s->width * (s->height / step)));
  for (int y = 0; y < s->height; y += step) {
    const uint8_t *row = s->luma + y * s->width;
    for (int x = 0; x + further < s->width; x++) {
      int is_like = (abs(row[x] - row[x + 1]) <= CLOSENESS) & (abs(row[x] - row[x + further]) <= CLOSENESS);
      counts[row[x]] += is_like;
      total += is_like;
    }
  }
  enum { REACH = TOLERANCE / 2 };
  int levels = 0;
  for (int tries = 0; tries < MOST_LEVELS && total >= least; tries++) {
    int sum = 0, best = 0;
    for (int i = 0; i < REACH; i++) sum += counts[i];
    for (int level = 0; level < 256; level++) {
      sum += level + REACH < 256 ? counts[level + REACH] : 0;
      sum -= level > REACH ? counts[level - REACH - 1] : 0;
      sums[level] = sum;
      // In the middle of a peak.
      if (2 * sum + counts[level] > 2 * sums[best] + counts[best]) best = level;
    }
    if (sums[best] < least) break;
    // Paint is narrow, shading is not.
    int near = 0, around = 0;
    for (int i = best - 2 * TOLERANCE; i <= best + 2 * TOLERANCE; i++) {
      if (i < 0 || i > 255) continue;
      near += abs(i - best) <= CLOSENESS ? counts[i] : 0;
      around += abs(i - best) <= TOLERANCE ? counts[i] : 0;
      total -= counts[i];
      counts[i] = 0;
    }
    if (2 * near >= around) found[levels++] = best;
  }
  return levels;
}

// Takes `seeds` along the row as far as `open` goes.
static inline bit_row spread(bit_row seeds, bit_row open) {
  bit_row upwards = seeds & open, downwards = upwards, up = open, down = open;
  for (int step = 1; step < MOST_SIDE; step *= 2) {
    upwards |= up & (upwards << step);
    up &= up << step;
    downwards |= down & (downwards >> step);
    down &= down >> step;
  }
  return upwards | downwards;
}

// Marks what has the level and what that encloses.
static void mark(paint_search *s, int level) {
  int width = s->width, height = s->height;
  bit_row all = first_bits(width), ends = 1 | (bit_row)1 << (width - 1), reached[MOST_SIDE], open[MOST_SIDE];
  for (int y = 0; y < height; y++) {
    const uint8_t *row = s->luma + y * width;
    uint64_t halves[2] = {0, 0};
    for (int x = 0; x < width; x++) halves[x / 64] |= (uint64_t)(abs(row[x] - level) <= TOLERANCE) << (x % 64);
    s->is_level[y] = (bit_row)halves[1] << 64 | halves[0];
    open[y] = all & ~s->is_level[y];
    reached[y] = spread(y == 0 || y == height - 1 ? all : ends, open[y]);
  }
  // What the edge of the picture reaches without crossing the level is not enclosed.
  for (int changes = 1; changes;) {
    changes = 0;
    for (int i = 1; i < 2 * height - 1; i++) {
      // Down and up again.
      int y = i < height ? i : 2 * (height - 1) - i, from = i < height ? y - 1 : y + 1;
      if (!(reached[from] & open[y] & ~reached[y])) continue;
      reached[y] = spread(reached[y] | reached[from], open[y]);
      changes = 1;
    }
  }
  for (int y = 0; y < height; y++) s->is_filled[y] = all & ~reached[y];
}

// Whether marked pixels hold a rectangle large enough, or nearly: one of half of its height, a power of two.
static int may_hold_rect(const paint_search *s) {
  bit_row tall[MOST_SIDE];
  memcpy(tall, s->is_filled, sizeof(bit_row) * (size_t)s->height);
  int least = (int)(LEAST_AREA * (float)(s->width * s->height));
  // tall[y]: the pixels that are marked in the `rows` rows from y on.
  for (int rows = 1; rows <= s->height; rows *= 2) {
    int columns = least / (2 * rows);
    for (int y = 0; columns <= s->width && y + rows <= s->height; y++) {
      bit_row run = tall[y];
      int length = 1;
      for (; run && 2 * length <= columns; length *= 2) run &= run >> length;
      if (run && columns > length) run &= run >> (columns - length);
      if (run) return 1;
    }
    for (int y = 0; y + 2 * rows <= s->height; y++) tall[y] &= tall[y + rows];
  }
  return 0;
}

// The largest rectangle of marked pixels: for every row, the bars of marked pixels that end in it.
static paint_rect largest_rect(const paint_search *s) {
  int heights[MOST_SIDE + 1] = {0}, starts[MOST_SIDE + 1], bars[MOST_SIDE + 1], largest = 0;
  paint_rect best = {0, 0, 0, 0};
  for (int y = 0; y < s->height; y++) {
    int open = 0;
    for (int x = 0; x <= s->width; x++) {
      if (x < s->width) heights[x] = is_set(s->is_filled, x, y) ? heights[x] + 1 : 0;
      int height = x < s->width ? heights[x] : 0, start = x;
      while (open > 0 && bars[open - 1] >= height) {
        open--;
        start = starts[open];
        if (bars[open] * (x - start) > largest) {
          largest = bars[open] * (x - start);
          best = (paint_rect){start, y - bars[open] + 1, x - start, bars[open]};
        }
      }
      starts[open] = start;
      bars[open++] = height;
    }
  }
  return best;
}

// Whether hardly anything beyond the edges has the level.
static int stands_out(const paint_search *s, paint_rect r) {
  int right = r.left + r.width, bottom = r.top + r.height, rows = 0, columns = 0, points = 0, others = 0;
  int above = r.top - 1 - (r.top > EDGE), below = bottom + (bottom + EDGE < s->height);
  int before = r.left - 1 - (r.left > EDGE), after = right + (right + EDGE < s->width);
  // Left, top, width and height of the line beyond each edge, and whether it is in the picture.
  const int lines[4][5] = {{r.left, above, r.width, 1, r.top > 0},
                           {r.left, below, r.width, 1, bottom < s->height},
                           {before, r.top, 1, r.height, r.left > 0},
                           {after, r.top, 1, r.height, right < s->width}};
  for (int i = 0; i < 4; i++) {
    if (!lines[i][4]) continue;
    int count = 0, length = lines[i][2] * lines[i][3];
    for (int k = 0; k < length; k++)
      count += !is_set(s->is_level, lines[i][0] + k % lines[i][2], lines[i][1] + k / lines[i][2]);
    if ((float)count < LEAST_SIDE_CONTRAST * (float)length) return 0;
    rows += i < 2;
    columns += i >= 2;
    points += length;
    others += count;
  }
  // What goes all the way across may be a stripe of a flag, or the sky.
  return rows > 0 && columns > 0 && (float)others >= LEAST_CONTRAST * (float)points;
}

static int is_paint(const paint_search *s, paint_rect r) {
  int area = r.width * r.height, plain = 0, sum = 0, squares = 0;
  float share = (float)area / (float)(s->width * s->height);
  if (!(share >= LEAST_AREA && share <= MOST_AREA) || r.width < 3 || r.height < 3) return 0;
  if (12 * r.width < s->width || 16 * r.height < s->height) return 0;
  int level = s->luma[r.top * s->width + r.left];
  for (int y = r.top; y < r.top + r.height; y++) {
    for (int x = r.left; x < r.left + r.width; x++) {
      int i = y * s->width + x, d = s->luma[i] - level;
      if (!is_set(s->is_level, x, y)) continue;
      plain++;
      sum += d;
      squares += d * d;
    }
  }
  if ((float)plain < LEAST_PLAIN * (float)area) return 0;
  float mean = (float)sum / (float)plain, spread = (float)squares / (float)plain - mean * mean;
  return spread <= MOST_SPREAD * MOST_SPREAD && stands_out(s, r);
}

int ss_vision_find_paint(const uint8_t *luma, size_t width, size_t height, size_t rect[4]) {
  static _Thread_local paint_search search;
  if (width < 16 || height < 16 || width > MOST_SIDE || height > MOST_SIDE) return 0;
  search.luma = luma;
  search.width = (int)width;
  search.height = (int)height;
  int levels[MOST_LEVELS], count = frequent_levels(&search, levels);
  paint_rect best = {0, 0, 0, 0};
  for (int i = 0; i < count; i++) {
    mark(&search, levels[i]);
    if (!may_hold_rect(&search)) continue;
    paint_rect found = largest_rect(&search);
    if (found.width * found.height > best.width * best.height && is_paint(&search, found)) best = found;
  }
  if (best.width == 0) return 0;
  rect[0] = (size_t)best.left;
  rect[1] = (size_t)best.top;
  rect[2] = (size_t)best.width;
  rect[3] = (size_t)best.height;
  return 1;
}

void ss_vision_cover_paint(float *plane, size_t width, size_t height, const size_t rect[4]) {
  size_t left = rect[0], top = rect[1], right = left + rect[2], bottom = top + rect[3];
  for (size_t y = top; y < bottom; y++) {
    for (size_t x = left; x < right; x++) {
      float sum = 0, weights = 0;
      if (left > 0) {
        float weight = 1 / (float)(x - left + 1);
        sum += weight * plane[y * width + left - 1];
        weights += weight;
      }
      if (right < width) {
        float weight = 1 / (float)(right - x);
        sum += weight * plane[y * width + right];
        weights += weight;
      }
      if (top > 0) {
        float weight = 1 / (float)(y - top + 1);
        sum += weight * plane[(top - 1) * width + x];
        weights += weight;
      }
      if (bottom < height) {
        float weight = 1 / (float)(bottom - y);
        sum += weight * plane[bottom * width + x];
        weights += weight;
      }
      if (weights > 0) plane[y * width + x] = sum / weights;
    }
  }
}
