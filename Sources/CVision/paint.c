#include "CVision.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// What was painted over a picture: a block of one level, as cutout augmentation leaves it, or a box of one level with
// writing in it. It says nothing of the picture beneath and would speak against every copy, so it is found in the picture
// alone, covered by what surrounds it, and left out when two pictures are compared.
//
// A box is one level, to compression, inside straight edges beyond which hardly anything has that level. Plain ground has
// no such edges, and plain things in a picture (a plate, a window) are shaded, or not rectangles.

enum {
  mostSide = CV_CANONICAL_SIDE,
  // Levels that are tried, the most frequent ones.
  mostLevels = 4,
  // How far a pixel may be from the level, and from its neighbour where levels are counted.
  tolerance = 8, closeness = 2,
  // Pixels beyond an edge that are skipped: the edge itself where the picture was scaled or compressed.
  edge = 1,
};

// Share of the picture that paint covers, and of a box that is not writing.
static const float leastArea = 0.05f, mostArea = 0.36f, leastPlain = 0.45f;
// Least share of the points beyond all edges, and beyond each, that have another level.
static const float leastContrast = 0.7f, leastSideContrast = 0.4f;
// Standard deviation of the plain pixels. Of 537 blocks and captions on ten kinds of pictures 99 % have less, of 505 plain
// things that are none a quarter.
static const float mostSpread = 2.8f;

typedef struct {
  int left, top, width, height;
} Rect;

typedef struct {
  const uint8_t *luma;
  int width, height;
  // 1 where a pixel has the level, and where what has it encloses the pixel.
  uint8_t isLevel[mostSide * mostSide], isFilled[mostSide * mostSide];
} Search;

// The levels of pixels that are like their neighbour, the most frequent first. Returns how many.
static int frequentLevels(const Search *s, int found[mostLevels]) {
  int counts[256] = {0}, area = s->width * s->height, levels = 0;
  for (int y = 0; y < s->height; y++) {
    const uint8_t *row = s->luma + y * s->width;
    for (int x = 0; x + 1 < s->width; x++) counts[row[x]] += abs(row[x] - row[x + 1]) <= closeness;
  }
  enum { reach = tolerance / 2 };
  while (levels < mostLevels) {
    int best = 0, most = 0;
    for (int level = 0; level < 256; level++) {
      int sum = 0;
      for (int i = level - reach; i <= level + reach; i++) sum += i >= 0 && i < 256 ? counts[i] : 0;
      // In the middle of a peak.
      if (2 * sum + counts[level] > most) most = 2 * sum + counts[level], best = level;
    }
    if ((float)most < leastArea * leastPlain * 2 * (float)area) break;
    found[levels++] = best;
    for (int i = best - 2 * tolerance; i <= best + 2 * tolerance; i++)
      if (i >= 0 && i < 256) counts[i] = 0;
  }
  return levels;
}

// Marks what has the level and what that encloses; false where it is too little.
static int mark(Search *s, int level) {
  static _Thread_local int16_t pending[mostSide * mostSide];
  int area = s->width * s->height, count = 0, waiting = 0;
  for (int i = 0; i < area; i++) {
    s->isLevel[i] = abs(s->luma[i] - level) <= tolerance;
    count += s->isLevel[i];
  }
  if ((float)count < leastArea * leastPlain * (float)area) return 0;
  // What the edge of the picture reaches without crossing the level is not enclosed.
  memset(s->isFilled, 1, (size_t)area);
  for (int y = 0; y < s->height; y++) {
    for (int x = 0; x < s->width; x += y == 0 || y == s->height - 1 || s->width < 2 ? 1 : s->width - 1) {
      int i = y * s->width + x;
      if (s->isLevel[i]) continue;
      s->isFilled[i] = 0;
      pending[waiting++] = (int16_t)i;
    }
  }
  while (waiting > 0) {
    int i = pending[--waiting], x = i % s->width, y = i / s->width;
    const int next[4] = {x > 0 ? i - 1 : i, x + 1 < s->width ? i + 1 : i, y > 0 ? i - s->width : i,
                         y + 1 < s->height ? i + s->width : i};
    for (int k = 0; k < 4; k++) {
      if (!s->isFilled[next[k]] || s->isLevel[next[k]]) continue;
      s->isFilled[next[k]] = 0;
      pending[waiting++] = (int16_t)next[k];
    }
  }
  return 1;
}

// The largest rectangle of marked pixels: for every row, the bars of marked pixels that end in it.
static Rect largestRect(const Search *s) {
  int heights[mostSide + 1] = {0}, starts[mostSide + 1], bars[mostSide + 1], largest = 0;
  Rect best = {0, 0, 0, 0};
  for (int y = 0; y < s->height; y++) {
    const uint8_t *row = s->isFilled + y * s->width;
    int open = 0;
    for (int x = 0; x <= s->width; x++) {
      if (x < s->width) heights[x] = row[x] ? heights[x] + 1 : 0;
      int height = x < s->width ? heights[x] : 0, start = x;
      while (open > 0 && bars[open - 1] >= height) {
        open--;
        start = starts[open];
        if (bars[open] * (x - start) > largest) {
          largest = bars[open] * (x - start);
          best = (Rect){start, y - bars[open] + 1, x - start, bars[open]};
        }
      }
      starts[open] = start;
      bars[open++] = height;
    }
  }
  return best;
}

// Counts the points of a line that have another level than the rectangle.
static int otherLevels(const Search *s, int first, int step, int count) {
  int others = 0;
  for (int i = 0; i < count; i++) others += !s->isLevel[first + i * step];
  return others;
}

// Whether hardly anything beyond the edges has the level.
static int standsOut(const Search *s, Rect r) {
  int w = s->width, h = s->height, sides = 0, points = 0, others = 0;
  int right = r.left + r.width, bottom = r.top + r.height;
  int above = r.top - 1 - (r.top > edge ? edge : 0), below = bottom + (bottom + edge < h ? edge : 0);
  int before = r.left - 1 - (r.left > edge ? edge : 0), after = right + (right + edge < w ? edge : 0);
  const int lines[4][4] = {
    {r.top > 0, above * w + r.left, 1, r.width}, {bottom < h, below * w + r.left, 1, r.width},
    {r.left > 0, r.top * w + before, w, r.height}, {right < w, r.top * w + after, w, r.height}};
  for (int i = 0; i < 4; i++) {
    if (!lines[i][0]) continue;
    int count = otherLevels(s, lines[i][1], lines[i][2], lines[i][3]);
    if ((float)count < leastSideContrast * (float)lines[i][3]) return 0;
    sides++;
    points += lines[i][3];
    others += count;
  }
  return sides >= 2 && (float)others >= leastContrast * (float)points;
}

static int isPaint(const Search *s, Rect r) {
  int area = r.width * r.height, plain = 0, sum = 0, squares = 0;
  float share = (float)area / (float)(s->width * s->height);
  if (!(share >= leastArea && share <= mostArea) || r.width < 3 || r.height < 3) return 0;
  if (12 * r.width < s->width || 16 * r.height < s->height) return 0;
  int level = s->luma[r.top * s->width + r.left];
  for (int y = r.top; y < r.top + r.height; y++) {
    for (int x = r.left; x < r.left + r.width; x++) {
      int i = y * s->width + x, d = s->luma[i] - level;
      if (!s->isLevel[i]) continue;
      plain++;
      sum += d;
      squares += d * d;
    }
  }
  if ((float)plain < leastPlain * (float)area) return 0;
  float mean = (float)sum / (float)plain, spread = (float)squares / (float)plain - mean * mean;
  return spread <= mostSpread * mostSpread && standsOut(s, r);
}

int CVFindPaint(const uint8_t *luma, size_t width, size_t height, size_t rect[4]) {
  static _Thread_local Search search;
  if (width < 16 || height < 16 || width > mostSide || height > mostSide) return 0;
  search.luma = luma;
  search.width = (int)width;
  search.height = (int)height;
  int levels[mostLevels], count = frequentLevels(&search, levels);
  Rect best = {0, 0, 0, 0};
  for (int i = 0; i < count; i++) {
    if (!mark(&search, levels[i])) continue;
    Rect found = largestRect(&search);
    if (found.width * found.height > best.width * best.height && isPaint(&search, found)) best = found;
  }
  if (best.width == 0) return 0;
  rect[0] = (size_t)best.left; rect[1] = (size_t)best.top;
  rect[2] = (size_t)best.width; rect[3] = (size_t)best.height;
  return 1;
}

void CVCoverPaint(float *plane, size_t width, size_t height, const size_t rect[4]) {
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
      // Only what is outside of the rectangle is read: rows above it in the column, and the one below.
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
