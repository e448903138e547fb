/// Encoders for test images: every flavour of JPEG and PNG that libjpeg and libpng can write, from raw pixels.
///
/// In C because both libraries report errors by longjmp, which Swift cannot receive. The caller allocates; nothing is
/// kept. The bytes depend on the version of the library, the pixels of a PNG do not.
#ifndef CTESTIMAGES_H
#define CTESTIMAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How the samples of a JPEG are stored.
typedef enum ss_test_jpeg_space {
  /// One channel.
  SS_TEST_JPEG_GRAY = 0,
  /// Three channels given as RGB and stored as YCbCr: the usual JPEG.
  SS_TEST_JPEG_YCBCR = 1,
  /// Three channels given and stored as RGB.
  SS_TEST_JPEG_RGB = 2,
  /// Four channels given and stored as CMYK, with an Adobe marker. Adobe's programs store them inverted.
  SS_TEST_JPEG_CMYK = 3,
  /// Four channels given as CMYK and stored as YCCK, with an Adobe marker.
  SS_TEST_JPEG_YCCK = 4,
} ss_test_jpeg_space;

typedef struct ss_test_jpeg_options {
  /// Columns and rows, 1...65,500.
  uint32_t width, height;
  ss_test_jpeg_space space;
  /// 0...100.
  int quality;
  /// Sampling factors of the first channel (and of K), 1...4: 2 and 2 are 4:2:0. 0 is the library's choice.
  int horizontal_sampling, vertical_sampling;
  bool progressive;
  /// MCUs between two restart markers; 0 for none.
  unsigned restart_interval;
  /// EXIF orientation to write as an APP1 segment; 0 for no such segment. Not checked, so that wrong ones can be made.
  uint16_t exif_orientation;
  /// Whether the EXIF segment is big-endian ("MM").
  bool exif_big_endian;
} ss_test_jpeg_options;

/// Colour types of PNG, as its header numbers them.
typedef enum ss_test_png_colour {
  SS_TEST_PNG_GRAY = 0,
  SS_TEST_PNG_RGB = 2,
  SS_TEST_PNG_PALETTE = 3,
  SS_TEST_PNG_GRAY_ALPHA = 4,
  SS_TEST_PNG_RGBA = 6,
} ss_test_png_colour;

typedef struct ss_test_png_options {
  uint32_t width, height;
  ss_test_png_colour colour;
  /// 1, 2, 4, 8 or 16, as the colour type allows.
  int bit_depth;
  /// Adam7.
  bool interlaced;
  /// 0...9.
  int compression_level;
  /// RGB triples, `palette_count` of them (1...256); only for SS_TEST_PNG_PALETTE.
  const uint8_t *palette;
  int palette_count;
  /// tRNS: alphas of the first palette entries (0...256 of them); only for SS_TEST_PNG_PALETTE.
  const uint8_t *palette_alpha;
  int palette_alpha_count;
  /// tRNS: the one colour that is transparent, for SS_TEST_PNG_GRAY (the first number) and SS_TEST_PNG_RGB.
  bool has_transparent_colour;
  uint16_t transparent_colour[3];
  /// gAMA; 0 for no such chunk.
  double gamma;
} ss_test_png_options;

/// Encodes a JPEG.
///
/// `pixels` holds height x width x channels bytes, row-major, interleaved. Returns the number of bytes written, or 0
/// when the library refuses the options or `capacity` does not suffice.
size_t ss_test_encode_jpeg(const uint8_t *pixels, const ss_test_jpeg_options *options, uint8_t *buffer,
                           size_t capacity);

/// Encodes a PNG.
///
/// `pixels` holds the rows as PNG stores them before filtering: samples below 8 bits packed, the leftmost highest;
/// 16-bit samples big-endian; every row starts on a byte. Returns the number of bytes written, or 0 when the library
/// refuses the options or `capacity` does not suffice.
size_t ss_test_encode_png(const uint8_t *pixels, const ss_test_png_options *options, uint8_t *buffer, size_t capacity);

#endif
