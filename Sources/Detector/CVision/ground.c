#include "CVision.h"
#include "clones.h"

// A drawing whose visible pixels are this close to white, in levels (root of the mean square), vanishes on white
// ground.
enum { VANISHING = 16 };

// Pixels that are looked at before asking whether to go on.
enum { RUN = 4096 };

SS_VISION_CLONES int ss_vision_is_opaque(const uint8_t *rgba, size_t count, size_t channel_size) {
  size_t bytes = 4 * channel_size;
  for (size_t start = 0; start < count; start += RUN) {
    size_t end = count - start < RUN ? count : start + RUN;
    uint8_t all = 255;
    if (channel_size == 1) {
      for (size_t i = start; i < end; i++) all &= rgba[4 * i + 3];
    } else {
      for (size_t i = start; i < end; i++) all &= rgba[i * bytes + 6] & rgba[i * bytes + 7];
    }
    if (all != 255) return 0;
  }
  return 1;
}

// Sums, over all pixels, of the alpha, and of the alpha times the square of how far the luma is from white.
typedef struct visible_sums {
  uint64_t alpha, contrast;
} visible_sums;

// The high bytes suffice. All numbers are whole: 2^30 pixels of 255^3 are less than 2^54.
SS_VISION_CLONES static void sum_visible(const uint8_t *rgba, size_t count, size_t channel_size, visible_sums *sums) {
  uint64_t alphas = 0, contrast = 0;
  for (size_t i = 0; i < count; i++) {
    const uint8_t *pixel = rgba + i * 4 * channel_size;
    uint32_t red = pixel[0], green = pixel[channel_size], blue = pixel[2 * channel_size],
             alpha = pixel[3 * channel_size];
    uint32_t distance = 255 - (299 * red + 587 * green + 114 * blue + 500) / 1000;
    alphas += alpha;
    contrast += alpha * distance * distance;
  }
  sums->alpha = alphas;
  sums->contrast = contrast;
}

// Rounds color * alpha + ground * (1 - alpha) to the nearest level.
static inline uint8_t blend8(uint32_t color, uint32_t ground, uint32_t alpha) {
  uint32_t sum = color * alpha + ground * (255 - alpha) + 128;
  return (uint8_t)((sum + (sum >> 8)) >> 8);
}

static inline uint32_t blend16(uint32_t color, uint32_t ground, uint32_t alpha) {
  uint64_t sum = (uint64_t)color * alpha + (uint64_t)ground * (65535 - alpha) + 32768;
  return (uint32_t)((sum + (sum >> 16)) >> 16);
}

SS_VISION_CLONES static void blend_all8(const uint8_t *rgba, size_t count, uint32_t ground, uint8_t *out) {
  for (size_t i = 0; i < 4 * count; i += 4) {
    uint32_t alpha = rgba[i + 3];
    for (size_t channel = 0; channel < 3; channel++) out[i + channel] = blend8(rgba[i + channel], ground, alpha);
    out[i + 3] = 255;
  }
}

SS_VISION_CLONES static void blend_all16(const uint8_t *rgba, size_t count, uint32_t ground, uint8_t *out) {
  for (size_t i = 0; i < 8 * count; i += 8) {
    uint32_t alpha = (uint32_t)rgba[i + 6] << 8 | rgba[i + 7];
    for (size_t channel = 0; channel < 6; channel += 2) {
      uint32_t level = blend16((uint32_t)rgba[i + channel] << 8 | rgba[i + channel + 1], ground, alpha);
      out[i + channel] = (uint8_t)(level >> 8);
      out[i + channel + 1] = (uint8_t)level;
    }
    out[i + 6] = out[i + 7] = 255;
  }
}

void ss_vision_flatten(const uint8_t *rgba, size_t count, size_t channel_size, uint8_t *out) {
  visible_sums sums;
  sum_visible(rgba, count, channel_size, &sums);
  if (sums.alpha == 0) {
    // Nothing at all is visible: the alpha was never meant, as in buffers whose fourth byte is unused.
    size_t bytes = 4 * channel_size;
    for (size_t i = 0; i < count * bytes; i++) out[i] = i % bytes < 3 * channel_size ? rgba[i] : 255;
    return;
  }
  int is_white = sums.contrast >= (uint64_t)(VANISHING * VANISHING) * sums.alpha;
  if (channel_size == 1) blend_all8(rgba, count, is_white ? 255 : 0, out);
  else blend_all16(rgba, count, is_white ? 65535 : 0, out);
}
