#include "CVision.h"
#include "clones.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum {
  SIDE = SS_VISION_VIEW_SIDE,
  // Side of the blocks of a view that are averaged to tell noise from what a picture shows, and how many fit on a side.
  BLOCK = 4,
  BLOCKS = SIDE / BLOCK,
  // The rows of a plane are counted in so many rounds, and most planes are told after a few.
  ROUNDS = 32,
};

// One sample in 200 at either end may be anything: a dead pixel, a marker.
static const size_t OUTLIERS = 200;
// Levels that a picture spans at most so that it is stretched in any case, and where it would show too little as it is.
static const float NARROW = 32, FAIRLY_NARROW = 64;
// Of white noise 1/16 of the variance is left after averaging blocks of 4 x 4, give or take 0.012.
static const double NOISE_SHARE = 0.11;
// Of white noise differences of neighbours make up all of the variance, of what a JPEG leaves of it 0.14 and more.
static const double NOISE_DIFFERENCES = 0.12;
// The levels are stretched at most so many times beyond what makes the brightest of them white; those of a JPEG, whose
// quantisation leaves steps of about one level, at most so many times altogether.
static const float MOST_CONTRAST = 8, MOST_GAIN_OF_LOSSY = 8;

// A part of a plane.
typedef struct luma_part {
  const float *first;
  size_t stride, width, height;
} luma_part;

// Whether the part spans `FAIRLY_NARROW` levels or more between the outliers, for sure.
//
// Looks at some rows first: where these alone hold more than `cut` samples above and below, others change nothing.
static int is_wide(const luma_part *part, size_t cut) {
  uint32_t counts[256] = {0};
  for (size_t round = 0; round < ROUNDS; round++) {
    for (size_t y = round; y < part->height; y += ROUNDS) {
      const float *row = part->first + y * part->stride;
      for (size_t x = 0; x < part->width; x++) {
        int level = (int)row[x];
        counts[level < 0 ? 0 : level > 255 ? 255 : level]++;
      }
    }
    if ((round & (round + 1)) != 0) continue;
    int low = 0, high = 255;
    for (size_t sum = counts[0]; sum <= cut && low < 255; sum += counts[low]) low++;
    for (size_t sum = counts[255]; sum <= cut && high > 0; sum += counts[high]) high--;
    if ((float)(high - low - 1) >= FAIRLY_NARROW) return 1;
  }
  return 0;
}

static inline uint32_t bits_of(float level) {
  // Levels that are not negative have the order of their bits.
  uint32_t bits;
  memcpy(&bits, &level, sizeof bits);
  return level > 0 ? bits : 0;
}

// The sample of a rank, counted from 0 in ascending order.
//
// Eleven bits at a time: the same time whatever the samples are.
static float ranked(const luma_part *part, size_t rank) {
  uint32_t known = 0, mask = 0;
  static const int shifts[3] = {21, 10, 0}, widths[3] = {11, 11, 10};
  for (int digit = 0; digit < 3; digit++) {
    uint32_t counts[2048] = {0}, most = (1u << widths[digit]) - 1;
    for (size_t y = 0; y < part->height; y++) {
      const float *row = part->first + y * part->stride;
      for (size_t x = 0; x < part->width; x++) {
        uint32_t bits = bits_of(row[x]);
        if ((bits & mask) == known) counts[bits >> shifts[digit] & most]++;
      }
    }
    uint32_t value = 0;
    while (rank >= counts[value]) rank -= counts[value++];
    known |= value << shifts[digit];
    mask |= most << shifts[digit];
  }
  float level;
  memcpy(&level, &known, sizeof level);
  return level;
}

// What a view of the part shows beyond soft shading, as ss_vision_view_detail; and what share of its square is left of
// blocks.
typedef struct shown_detail {
  double detail, share, mean, variance;
} shown_detail;

static shown_detail shown_by(const luma_part *part) {
  float view[SIDE * SIDE];
  ss_vision_scale(part->first, part->stride, 0, 0, part->width, part->height, SIDE, view);
  double mean = 0, variance = 0;
  for (int i = 0; i < SIDE * SIDE; i++) mean += view[i];
  mean /= SIDE * SIDE;
  for (int i = 0; i < SIDE * SIDE; i++) variance += (view[i] - mean) * (view[i] - mean);
  variance /= SIDE * SIDE;
  // 1, u, v, u^2 - m, u v and v^2 - m are orthogonal on the grid when m is the mean of u^2.
  double m = (SIDE * SIDE - 1) / 12.0, sums[6] = {0}, norms[6] = {0};
  double sums_of_blocks[BLOCKS * BLOCKS] = {0}, square = 0, square_of_blocks = 0;
  for (int pass = 0; pass < 2; pass++) {
    for (int y = 0; y < SIDE; y++) {
      double v = y - (SIDE - 1) / 2.0;
      for (int x = 0; x < SIDE; x++) {
        double u = x - (SIDE - 1) / 2.0, terms[6] = {1, u, v, u * u - m, u * v, v * v - m};
        double value = view[y * SIDE + x] - mean;
        if (pass == 0) {
          for (int i = 0; i < 6; i++) sums[i] += terms[i] * value, norms[i] += terms[i] * terms[i];
        } else {
          for (int i = 0; i < 6; i++) value -= sums[i] / norms[i] * terms[i];
          square += value * value;
          sums_of_blocks[y / BLOCK * BLOCKS + x / BLOCK] += value;
        }
      }
    }
  }
  for (int i = 0; i < BLOCKS * BLOCKS; i++) square_of_blocks += sums_of_blocks[i] * sums_of_blocks[i];
  shown_detail shown = {.detail = sqrt(square / (SIDE * SIDE)), .mean = mean, .variance = variance};
  shown.share = square > 0 ? square_of_blocks / (BLOCK * BLOCK) / square : 0;
  return shown;
}

// How much of what varies between neighbours is noise, about 0...1: the mean square of a - b - c + d of 2 x 2 samples,
// against the variance of what a view and the pixels under it show.
static double differences_of(const luma_part *part, const shown_detail *shown) {
  if (part->width < 2 || part->height < 2) return 0;
  double differences = 0, square = 0;
  for (size_t y = 0; y < part->height; y++) {
    const float *row = part->first + y * part->stride, *next = row + part->stride;
    for (size_t x = 0; x < part->width; x++) {
      double value = row[x] - shown->mean;
      square += value * value;
      if (y + 1 == part->height || x + 1 == part->width) continue;
      double mixed = (double)(row[x] - row[x + 1]) - (double)(next[x] - next[x + 1]);
      differences += mixed * mixed;
    }
  }
  double count = (double)(part->width * part->height), within = square / count - shown->variance;
  double whole = shown->detail * shown->detail + (within > 0 ? within : 0);
  differences /= 4 * (double)((part->width - 1) * (part->height - 1));
  return whole > 0 ? differences / whole : 0;
}

typedef enum stretch_judgement { IS_WIDE_ENOUGH, IS_NARROW, IS_TO_BE_STRETCHED } stretch_judgement;

// Finds whether and how a part is stretched.
static stretch_judgement judge(const luma_part *part, int is_lossy, ss_vision_stretch *out) {
  size_t count = part->width * part->height, cut = count / OUTLIERS;
  if (is_wide(part, cut)) return IS_WIDE_ENOUGH;
  float low = ranked(part, cut), high = ranked(part, count - 1 - cut);
  if (low == high) {
    // Small objects on one ground.
    low = ranked(part, 0);
    high = ranked(part, count - 1);
  }
  float span = high - low;
  if (span >= FAIRLY_NARROW) return IS_WIDE_ENOUGH;
  if (span <= 0) return IS_NARROW;
  shown_detail shown = shown_by(part);
  if (span >= NARROW && shown.detail >= SS_VISION_LEAST_DETAIL) return IS_NARROW;
  // Noise shows nothing however it is stretched. What a JPEG leaves of it comes in blocks, in which neighbours are
  // alike.
  if (shown.share < NOISE_SHARE && (is_lossy || differences_of(part, &shown) > NOISE_DIFFERENCES)) return IS_NARROW;
  float gain = 255 / span, most = MOST_CONTRAST * 255 / high;
  if (is_lossy && most > MOST_GAIN_OF_LOSSY) most = MOST_GAIN_OF_LOSSY;
  out->gain = gain < most ? gain : most;
  out->middle = (low + high) / 2;
  return out->gain > 1 ? IS_TO_BE_STRETCHED : IS_NARROW;
}

int ss_vision_find_stretch(const float *luma, size_t width, size_t height, int is_lossy, ss_vision_stretch *out) {
  luma_part whole = {luma, width, width, height};
  stretch_judgement judgement = judge(&whole, is_lossy, out);
  if (judgement != IS_WIDE_ENOUGH) return judgement == IS_TO_BE_STRETCHED;
  // A dark or flat picture may stand in a frame of another colour.
  size_t rect[4];
  ss_vision_trim_borders(luma, width, height, rect);
  if (rect[2] == width && rect[3] == height) return 0;
  luma_part inner = {luma + rect[1] * width + rect[0], width, rect[2], rect[3]};
  return judge(&inner, is_lossy, out) == IS_TO_BE_STRETCHED;
}

SS_VISION_CLONES void ss_vision_stretch_luma(const float *luma, size_t count, ss_vision_stretch stretch, float *out) {
  for (size_t i = 0; i < count; i++) {
    float level = (luma[i] - stretch.middle) * stretch.gain + 127.5f;
    level = level > 0 ? level : 0;
    out[i] = level < 255 ? level : 255;
  }
}

SS_VISION_CLONES void ss_vision_stretch_colour(const float *colour, size_t count, ss_vision_stretch stretch,
                                               float *out) {
  for (size_t i = 0; i < count; i++) {
    float level = (colour[i] - 128) * stretch.gain + 128;
    level = level > 0 ? level : 0;
    out[i] = level < 255 ? level : 255;
  }
}

void ss_vision_show_pixels(const uint8_t *rgba, size_t count, size_t channel_size, ss_vision_stretch stretch,
                           uint8_t *out) {
  for (size_t i = 0; i < 4 * count; i++) {
    uint32_t stored = channel_size == 1 ? rgba[i] * 257u : (uint32_t)rgba[2 * i] << 8 | rgba[2 * i + 1];
    float level = ((float)stored / 257 - stretch.middle) * stretch.gain + 127.5f;
    level = level > 0 ? level : 0;
    out[i] = i % 4 == 3 ? 255 : (uint8_t)(int32_t)((level < 255 ? level : 255) + 0.5f);
  }
}
