#include "CVision.h"
#include "clones.h"

// A drawing whose visible pixels are this close to white, in levels (root of the mean square), vanishes on white ground.
enum { vanishing = 16 };

// Pixels that are looked at before asking whether to go on.
enum { run = 4096 };

CV_CLONES int CVIsOpaque(const uint8_t *rgba, size_t count, size_t channelSize) {
  size_t bytes = 4 * channelSize;
  for (size_t start = 0; start < count; start += run) {
    size_t end = count - start < run ? count : start + run;
    uint8_t all = 255;
    if (channelSize == 1) {
      for (size_t i = start; i < end; i++) all &= rgba[4 * i + 3];
    } else {
      for (size_t i = start; i < end; i++) all &= rgba[i * bytes + 6] & rgba[i * bytes + 7];
    }
    if (all != 255) return 0;
  }
  return 1;
}

// Sums, over all pixels, of the alpha, and of the alpha times the square of how far the luma is from white.
typedef struct {
  uint64_t alpha, contrast;
} Visible;

// The high bytes suffice. All numbers are whole: 2^30 pixels of 255^3 are less than 2^54.
CV_CLONES static void sumVisible(const uint8_t *rgba, size_t count, size_t channelSize, Visible *sums) {
  uint64_t alphas = 0, contrast = 0;
  for (size_t i = 0; i < count; i++) {
    const uint8_t *pixel = rgba + i * 4 * channelSize;
    uint32_t red = pixel[0], green = pixel[channelSize], blue = pixel[2 * channelSize], alpha = pixel[3 * channelSize];
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

CV_CLONES static void blendAll8(const uint8_t *rgba, size_t count, uint32_t ground, uint8_t *out) {
  for (size_t i = 0; i < 4 * count; i += 4) {
    uint32_t alpha = rgba[i + 3];
    for (size_t channel = 0; channel < 3; channel++) out[i + channel] = blend8(rgba[i + channel], ground, alpha);
    out[i + 3] = 255;
  }
}

CV_CLONES static void blendAll16(const uint8_t *rgba, size_t count, uint32_t ground, uint8_t *out) {
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

void CVFlatten(const uint8_t *rgba, size_t count, size_t channelSize, uint8_t *out) {
  Visible sums;
  sumVisible(rgba, count, channelSize, &sums);
  if (sums.alpha == 0) {
    // Nothing at all is visible: the alpha was never meant, as in buffers whose fourth byte is unused.
    size_t bytes = 4 * channelSize;
    for (size_t i = 0; i < count * bytes; i++) out[i] = i % bytes < 3 * channelSize ? rgba[i] : 255;
    return;
  }
  int isWhite = sums.contrast >= (uint64_t)(vanishing * vanishing) * sums.alpha;
  if (channelSize == 1) blendAll8(rgba, count, isWhite ? 255 : 0, out);
  else blendAll16(rgba, count, isWhite ? 65535 : 0, out);
}
