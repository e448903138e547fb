#ifndef SS_JPEG_INVERSE_DCT_H
#define SS_JPEG_INVERSE_DCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Turns the coefficients of a block into samples, at an eighth, a quarter or half of its size or as it is.
///
/// `coefficients` are 64 of -32767...32767, row by row, to be multiplied by as many `factors` of 1...255. `samples`
/// receives `eighths` (1, 2, 4 or 8) rows of so many samples, `stride` bytes apart. False where the result is not
/// certain: a sum leaves 16 bits or a sample is further than 512 from the middle, which no encoder brings about and
/// which decoders treat differently.
///
/// Samples equal those of libjpeg's slow integer transforms, bit for bit: 13 bits of fraction in the factors, 2 between
/// the passes, columns before rows. Smaller blocks are the means of 2 x 2 or 4 x 4 samples of the whole transform
/// without the rounding.
/// - Source: ITU-T T.81 A.3.3; Loeffler, Ligtenberg, Moschytz, "Practical fast 1-D DCT algorithms with 11
///   multiplications", 1989.
bool ss_jpeg_inverse_dct(const int16_t *coefficients, const int16_t *factors, uint32_t eighths, uint8_t *samples,
                         size_t stride);

/// The sample that all of a block has where the first coefficient is its only one; `is_certain` as above.
static inline uint8_t ss_jpeg_flat_sample(int32_t coefficient, bool *is_certain) {
  // Shifted up so that what is shifted right is not negative.
  const int32_t value = (int32_t)((uint32_t)(coefficient + 4 + (1 << 20)) >> 3) - (1 << 17);
  if (value < -512 || value > 511) *is_certain = false;
  return (uint8_t)(value < -128 ? 0 : value > 127 ? 255 : value + 128);
}

#endif
