// Inverse DCTs in lanes of eight 16-bit numbers. Compilers turn the vectors into whatever the machine has.

#include "jpeg_inverse_dct.h"

#include <string.h>

typedef int16_t eight_shorts __attribute__((vector_size(16)));
typedef int32_t eight_ints __attribute__((vector_size(32)));
typedef int32_t four_ints __attribute__((vector_size(16)));
typedef int16_t four_shorts __attribute__((vector_size(8)));
typedef uint8_t sixteen_bytes __attribute__((vector_size(16)));

/// Factors have 13 bits of fraction, numbers between the passes 2.
enum { FRACTION = 13, BETWEEN = 2 };

#define FIXED(factor) ((int32_t)((factor) * (1 << FRACTION) + ((factor) < 0 ? -0.5 : 0.5)))
#define WIDE(shorts) __builtin_convertvector((shorts), eight_ints)
#define LOW(a, b) __builtin_shufflevector((a), (b), 0, 8, 1, 9, 2, 10, 3, 11)
#define HIGH(a, b) __builtin_shufflevector((a), (b), 4, 12, 5, 13, 6, 14, 7, 15)

/// What two columns may sum up to. A column's sum, times four and a square root of two, must be held by 16 bits after
/// the first pass; the passes add two columns before they go to 32 bits.
enum { LARGEST_COLUMN_PAIR = 5900 };

/// The largest sum of absolute coefficients with which no sum of the second pass leaves 32 bits. Black and white noise
/// comes to 8,192.
enum { LARGEST_SUM = 12000 };

/// Whether all pairs of columns that a pass adds stay within 16 bits.
static bool fits(const int16_t *coefficients) {
  int32_t sums[8] = {0};
  for (int i = 0; i < 64; i++) sums[i % 8] += coefficients[i] < 0 ? -coefficients[i] : coefficients[i];
  for (int i = 0; i < 8; i++) {
    for (int j = 0; j < i; j++) {
      if (sums[i] + sums[j] > LARGEST_COLUMN_PAIR) return false;
    }
  }
  return true;
}

/// Eight points at once in each lane: `x` in order of frequency, `y` in order of place, 13 bits of fraction more.
static inline void transform_8(const eight_shorts x[8], eight_ints y[8]) {
  const eight_ints x2 = WIDE(x[2]), x6 = WIDE(x[6]);
  const eight_ints sum = WIDE(x[0] + x[4]) * (1 << FRACTION), difference = WIDE(x[0] - x[4]) * (1 << FRACTION);
  const eight_ints turned = x2 * (FIXED(0.541196100) + FIXED(0.765366865)) + x6 * FIXED(0.541196100);
  const eight_ints other = x2 * FIXED(0.541196100) + x6 * (FIXED(0.541196100) - FIXED(1.847759065));
  const eight_ints even[4] = {sum + turned, difference + other, difference - other, sum - turned};

  const eight_ints x1 = WIDE(x[1]), x3 = WIDE(x[3]), x5 = WIDE(x[5]), x7 = WIDE(x[7]);
  const eight_ints a = WIDE(x[7] + x[3]), b = WIDE(x[5] + x[1]);
  const eight_ints c = a * (FIXED(1.175875602) - FIXED(1.961570560)) + b * FIXED(1.175875602);
  const eight_ints d = a * FIXED(1.175875602) + b * (FIXED(1.175875602) - FIXED(0.390180644));
  const eight_ints odd[4] = {
      x1 * (FIXED(1.501321110) - FIXED(0.899976223)) - x7 * FIXED(0.899976223) + d,
      x3 * (FIXED(3.072711026) - FIXED(2.562915447)) - x5 * FIXED(2.562915447) + c,
      x5 * (FIXED(2.053119869) - FIXED(2.562915447)) - x3 * FIXED(2.562915447) + d,
      x7 * (FIXED(0.298631336) - FIXED(0.899976223)) - x1 * FIXED(0.899976223) + c,
  };
  for (int i = 0; i < 4; i++) {
    y[i] = even[i] + odd[i];
    y[7 - i] = even[i] - odd[i];
  }
}

/// Sixteen samples of -128...127 at a time, as bytes of 0...255.
static inline sixteen_bytes bytes_of(eight_shorts a, eight_shorts b) {
  int16_t values[16];
  uint8_t bytes[16];
  sixteen_bytes result;
  memcpy(values, &a, sizeof a);
  memcpy(values + 8, &b, sizeof b);
  for (int i = 0; i < 16; i++) {
    const int16_t value = (int16_t)(values[i] + 128);
    bytes[i] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
  }
  memcpy(&result, bytes, sizeof result);
  return result;
}

static bool inverse_8(const int16_t *coefficients, uint8_t *samples, size_t stride) {
  eight_shorts x[8];
  eight_ints y[8];
  memcpy(x, coefficients, sizeof x);
  transform_8(x, y);
  enum { FIRST = FRACTION - BETWEEN, SECOND = FRACTION + BETWEEN + 3 };
  for (int i = 0; i < 8; i++) {
    x[i] = __builtin_convertvector((y[i] + (1 << (FIRST - 1))) >> FIRST, eight_shorts);
  }
  // Three times first half and second half like a deck of cards: rows become columns.
  for (int round = 0; round < 3; round++) {
    eight_shorts z[8];
    for (int i = 0; i < 4; i++) {
      z[2 * i] = LOW(x[i], x[i + 4]);
      z[2 * i + 1] = HIGH(x[i], x[i + 4]);
    }
    memcpy(x, z, sizeof x);
  }
  transform_8(x, y);
  eight_ints outside = {0};
  for (int i = 0; i < 8; i++) {
    y[i] = (y[i] + (1 << (SECOND - 1))) >> SECOND;
    outside |= (y[i] + 512) & ~1023;
    x[i] = __builtin_convertvector(y[i], eight_shorts);
  }
  sixteen_bytes columns[4];
  for (int i = 0; i < 4; i++) columns[i] = bytes_of(x[2 * i], x[2 * i + 1]);
  for (int round = 0; round < 3; round++) {
    sixteen_bytes z[4];
    for (int i = 0; i < 2; i++) {
      const sixteen_bytes a = columns[i], b = columns[i + 2];
      z[2 * i] = __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      z[2 * i + 1] = __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    memcpy(columns, z, sizeof columns);
  }
  for (size_t row = 0; row < 8; row++) memcpy(samples + row * stride, (const uint8_t *)columns + 8 * row, 8);
  int32_t any = 0;
  for (int i = 0; i < 8; i++) any |= outside[i];
  return any == 0;
}

// The mean of two neighbours of the eight points loses the fourth frequency and keeps the others times
// cos(i pi / 16) cos(i (2 k + 1) pi / 8), of four neighbours cos(i pi / 16) cos(i pi / 8) cos(i (2 k + 1) pi / 4).
// Below stand these times the square root of two, doubled and doubled again.

#define ODD_FIRST(x1, x3, x5, x7) \
  ((x1) * FIXED(2.562915447) + (x3) * FIXED(0.899976223) - (x5) * FIXED(0.601344887) - (x7) * FIXED(0.509795579))
#define ODD_SECOND(x1, x3, x5, x7) \
  ((x1) * FIXED(1.061594337) - (x3) * FIXED(2.172734803) + (x5) * FIXED(1.451774981) - (x7) * FIXED(0.211164243))
#define EVEN(x2, x6) ((x2) * FIXED(1.847759065) - (x6) * FIXED(0.765366865))

static bool inverse_4(const int16_t *coefficients, uint8_t *samples, size_t stride) {
  eight_shorts x[8];
  memcpy(x, coefficients, sizeof x);
  enum { FIRST = FRACTION - BETWEEN + 1, SECOND = FRACTION + BETWEEN + 3 + 1 };
  eight_shorts between[4];
  {
    const eight_ints x1 = WIDE(x[1]), x3 = WIDE(x[3]), x5 = WIDE(x[5]), x7 = WIDE(x[7]);
    const eight_ints flat = WIDE(x[0]) * (1 << (FRACTION + 1)) + (1 << (FIRST - 1));
    const eight_ints even = EVEN(WIDE(x[2]), WIDE(x[6]));
    const eight_ints outer = ODD_FIRST(x1, x3, x5, x7), inner = ODD_SECOND(x1, x3, x5, x7);
    between[0] = __builtin_convertvector((flat + even + outer) >> FIRST, eight_shorts);
    between[1] = __builtin_convertvector((flat - even + inner) >> FIRST, eight_shorts);
    between[2] = __builtin_convertvector((flat - even - inner) >> FIRST, eight_shorts);
    between[3] = __builtin_convertvector((flat + even - outer) >> FIRST, eight_shorts);
  }
  // Columns of four, two to a vector.
  for (int round = 0; round < 2; round++) {
    const eight_shorts z[4] = {LOW(between[0], between[2]), HIGH(between[0], between[2]), LOW(between[1], between[3]),
                               HIGH(between[1], between[3])};
    memcpy(between, z, sizeof between);
  }
  four_shorts halves[8];
  memcpy(halves, between, sizeof halves);
  four_ints w[8];
  for (int i = 0; i < 8; i++) w[i] = __builtin_convertvector(halves[i], four_ints);
  const four_ints flat = w[0] * (1 << (FRACTION + 1)) + (1 << (SECOND - 1)), even = EVEN(w[2], w[6]);
  const four_ints outer = ODD_FIRST(w[1], w[3], w[5], w[7]), inner = ODD_SECOND(w[1], w[3], w[5], w[7]);
  const four_ints y[4] = {(flat + even + outer) >> SECOND, (flat - even + inner) >> SECOND,
                          (flat - even - inner) >> SECOND, (flat + even - outer) >> SECOND};
  const four_ints outside = ((y[0] + 512) | (y[1] + 512) | (y[2] + 512) | (y[3] + 512)) & ~1023;
  eight_ints wide[2];
  memcpy(wide, y, sizeof wide);
  eight_shorts a = __builtin_convertvector(wide[0], eight_shorts), b = __builtin_convertvector(wide[1], eight_shorts);
  for (int round = 0; round < 2; round++) {
    const eight_shorts low = LOW(a, b), high = HIGH(a, b);
    a = low, b = high;
  }
  const sixteen_bytes rows = bytes_of(a, b);
  for (size_t row = 0; row < 4; row++) memcpy(samples + row * stride, (const uint8_t *)&rows + 4 * row, 4);
  return (outside[0] | outside[1] | outside[2] | outside[3]) == 0;
}

static bool inverse_2(const int16_t *coefficients, uint8_t *samples, size_t stride) {
  eight_shorts x[8];
  memcpy(x, coefficients, sizeof x);
  enum { FIRST = FRACTION - BETWEEN + 2, SECOND = FRACTION + BETWEEN + 3 + 2 };
  const eight_ints flat = WIDE(x[0]) * (1 << (FRACTION + 2)) + (1 << (FIRST - 1));
  const eight_ints odd = WIDE(x[1]) * FIXED(3.624509785) - WIDE(x[3]) * FIXED(1.272758580) +
                         WIDE(x[5]) * FIXED(0.850430095) - WIDE(x[7]) * FIXED(0.720959822);
  const eight_ints rows[2] = {(flat + odd) >> FIRST, (flat - odd) >> FIRST};
  bool is_certain = true;
  for (size_t row = 0; row < 2; row++) {
    const eight_ints w = rows[row];
    const int32_t first = w[0] * (1 << (FRACTION + 2));
    const int32_t second =
        w[1] * FIXED(3.624509785) - w[3] * FIXED(1.272758580) + w[5] * FIXED(0.850430095) - w[7] * FIXED(0.720959822);
    for (size_t column = 0; column < 2; column++) {
      // In units of an eighth, as a flat block has them.
      const int32_t value = (first + (column == 0 ? second : -second) + (1 << (SECOND - 1))) >> SECOND;
      samples[row * stride + column] = ss_jpeg_flat_sample(value * 8, &is_certain);
    }
  }
  return is_certain;
}

bool ss_jpeg_inverse_dct(const int16_t *coefficients, const int16_t *factors, uint32_t eighths, uint8_t *samples,
                         size_t stride) {
  int16_t products[64];
  int32_t sum = 0;
  for (int i = 0; i < 64; i++) {
    const int16_t magnitude = (int16_t)(coefficients[i] < 0 ? -coefficients[i] : coefficients[i]);
    sum += magnitude * factors[i];
    products[i] = (int16_t)(coefficients[i] * factors[i]);
  }
  const int32_t first = coefficients[0] * factors[0];
  bool is_certain = true;
  if (sum == (first < 0 ? -first : first)) {
    const uint8_t sample = ss_jpeg_flat_sample(first, &is_certain);
    for (uint32_t row = 0; row < eighths; row++) memset(samples + row * stride, sample, eighths);
    return is_certain;
  }
  if (sum > LARGEST_COLUMN_PAIR && (sum > LARGEST_SUM || !fits(products))) return false;
  switch (eighths) {
  case 1: *samples = ss_jpeg_flat_sample(first, &is_certain); return is_certain;
  case 2: return inverse_2(products, samples, stride);
  case 4: return inverse_4(products, samples, stride);
  default: return inverse_8(products, samples, stride);
  }
}
