#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Why this is C: libjpeg and libpng report errors by longjmp, which Swift cannot receive, and parts of both
// interfaces are macros that Swift cannot see. And a decoder of the usual JPEGs that is faster than libjpeg. Nothing
// else belongs here.
//
// What every function keeps to:
// - The caller allocates `pixels`; what a codec needs for itself is freed before the function returns.
// - Nothing is kept between calls but in a state that the caller owns, and there are no globals, so that any number of
//   threads may call at once, each with a state of its own.
// - `message` has room for SS_CODEC_MESSAGE_CAPACITY bytes. It is a C string after every call, empty after SS_CODEC_OK.

#define SS_CODEC_MESSAGE_CAPACITY 256

/// What became of a call.
typedef enum ss_codec_status {
  SS_CODEC_OK = 0,
  /// The bytes end before the picture does.
  SS_CODEC_TRUNCATED,
  /// The codec refused the bytes, or decoded them only by guessing.
  SS_CODEC_CORRUPT,
  /// A variant of the format that is not decoded here.
  SS_CODEC_UNSUPPORTED,
  /// The header declares more pixels than the limit; width and height are filled in.
  SS_CODEC_TOO_MANY_PIXELS,
  /// `capacity` is not enough for the picture or the file.
  SS_CODEC_BUFFER_TOO_SMALL,
  /// The codec could not get memory. Says nothing of the file.
  SS_CODEC_OUT_OF_MEMORY,
  /// The file does not hold luma by itself: it is RGB, CMYK or YCCK.
  SS_CODEC_NO_LUMA,
} ss_codec_status;

/// What a header declares.
typedef struct ss_codec_header {
  /// Columns, 1 or more after SS_CODEC_OK.
  uint32_t width;
  /// Rows, 1 or more after SS_CODEC_OK.
  uint32_t height;
  /// Bits a channel of the decoded pixels: 8, or 16 for a PNG of 16 bits.
  uint32_t bits_per_channel;
  /// Whether pixels may be transparent.
  bool has_alpha;
  /// Bytes of the coefficients of a JPEG that comes in several scans: the codec holds all of them. 0 for others.
  uint64_t coefficient_bytes;
} ss_codec_header;

/// The version of libjpeg: "libjpeg-turbo 2.1.5 (6b, 1991-2023)".
///
/// libjpeg-turbo does not say its version when asked: it is that of the headers this program was built with, and in
/// brackets is what the library that is loaded says of itself, its interface and the years of its copyright. `text`
/// receives a C string, cut to `capacity` bytes.
void ss_jpeg_library_version(char *text, size_t capacity);

/// What a JPEG declares, and the size of its luma at the scale it is decoded at.
typedef struct ss_jpeg_luma_header {
  /// Columns and rows of the picture, 1 or more after SS_CODEC_OK.
  uint32_t width, height;
  /// Columns and rows of the luma, 1 or more after SS_CODEC_OK and SS_CODEC_BUFFER_TOO_SMALL.
  uint32_t luma_width, luma_height;
  /// Bytes of a pixel: 1 for luma alone, 3 for Y, Cb and Cr.
  uint32_t channels;
} ss_jpeg_luma_header;

/// Decodes the luma of a JPEG that is grey or YCbCr, scaled by the DCT to an eighth, a quarter or half of its size, or
/// not at all: to the smallest that leaves `least_side` pixels on the shorter side.
///
/// `with_colour` asks for Cb and Cr beside the luma, which a grey JPEG does not have. The luma is the same either way.
/// `pixels` receives luma_height * luma_width * channels bytes, row-major; it must hold `capacity` bytes.
/// SS_CODEC_TOO_MANY_PIXELS where the picture has more than `pixel_limit`.
ss_codec_status ss_jpeg_decode_luma(const uint8_t *bytes, size_t length, uint64_t pixel_limit, uint32_t least_side,
                                    bool with_colour, ss_jpeg_luma_header *header, uint8_t *pixels, size_t capacity,
                                    char *message);

/// What a JPEG declares, and the sizes of its planes at the scales they are decoded at.
typedef struct ss_baseline_header {
  /// Columns and rows of the picture, 1 or more after SS_CODEC_OK and SS_CODEC_BUFFER_TOO_SMALL.
  uint32_t width, height;
  /// Columns and rows of the luma, 1 or more after SS_CODEC_OK and SS_CODEC_BUFFER_TOO_SMALL.
  uint32_t luma_width, luma_height;
  /// Columns and rows of Cb, and of Cr; 0 where the picture is grey or they were not asked for.
  uint32_t colour_width, colour_height;
} ss_baseline_header;

/// What is of use for the next JPEG: the last Huffman tables, which most files share, and room for codes, as much as
/// the longest file has had. For one call at a time.
typedef struct ss_baseline_state ss_baseline_state;

/// `NULL` without memory.
ss_baseline_state *ss_baseline_state_create(void);

/// Frees a state, or does nothing with `NULL`.
void ss_baseline_state_free(ss_baseline_state *state);

/// Decodes the planes of a regular baseline JPEG, each at the smallest scale that will do; libjpeg is not called.
///
/// Regular is: SOF0, or SOF1 with 8 bits; grey, or YCbCr in one scan with one or two blocks of a component across and
/// down in an MCU, of luma most of all, and of Cb as many as of Cr; quantisers of 8 bits; all tables in the file; only
/// tables, restart intervals, applications' segments and comments before the scan; EOI right after it. What follows EOI
/// is not read.
///
/// The luma is scaled by the DCT to an eighth, a quarter or half of its size, or not at all: to the smallest that
/// leaves `least_side` pixels on the shorter side. Cb and Cr are scaled likewise from the size that the file has them
/// in, which is that of the picture, or half of it rounded up, across and down: to the smallest that leaves
/// `least_colour_side` pixels. They are not wanted where that is 0. `planes` receives luma_height * luma_width bytes of
/// luma, and then colour_height * colour_width of Cb and as many of Cr, row-major, 0...255; it must hold `capacity`
/// bytes.
///
/// The luma is that of ss_jpeg_decode_luma with the same `least_side`, bit for bit, and whatever is decoded here would
/// be decoded there. What a state was used for before makes no difference.
/// Returns SS_CODEC_OK; SS_CODEC_BUFFER_TOO_SMALL, with the header filled in; or SS_CODEC_UNSUPPORTED for all that is
/// not regular, is damaged, has more pixels than `pixel_limit` or takes more memory than there is: libjpeg is to say
/// what it is. The planes are without meaning then, and so is the header.
/// - Complexity: O(length + samples) time; memory for the length in the state.
/// - Source: ITU-T T.81 annexes A, B, C and F; sections A.1.1 (sizes), F.1.2 and F.2.2 (codes), A.3.3 (DCT).
ss_codec_status ss_baseline_decode(ss_baseline_state *state, const uint8_t *bytes, size_t length, uint64_t pixel_limit,
                                   uint32_t least_side, uint32_t least_colour_side, ss_baseline_header *header,
                                   uint8_t *planes, size_t capacity);

/// Reads the header of a JPEG and decodes nothing.
ss_codec_status ss_jpeg_read_header(const uint8_t *bytes, size_t length, uint64_t pixel_limit, ss_codec_header *header,
                                    char *message);

/// Decodes a JPEG: baseline or progressive Huffman, 8 bits, grey, YCbCr, RGB, CMYK or YCCK.
///
/// Scaled by the DCT to `eighths` / 8 of its size, 1, 2, 4 or 8: width and height are multiplied by it and rounded up.
/// `pixels` receives height * width * 4 bytes: R, G, B, 255; row-major. CMYK is taken as Adobe writes it, inverted.
/// The slow integer DCT and smooth chroma upsampling are libjpeg's defaults, so that pixels equal those of other
/// programs that use it.
ss_codec_status ss_jpeg_decode(const uint8_t *bytes, size_t length, uint32_t eighths, uint8_t *pixels, size_t capacity,
                               char *message);

/// Encodes a baseline JPEG: YCbCr 4:2:0, the standard's tables, `quality` 1...100, slow integer DCT.
///
/// `pixels` holds height * width * 3 bytes: R, G, B; row-major. `length` receives the bytes written.
/// SS_CODEC_UNSUPPORTED when a side is 0 or more than 65,500.
ss_codec_status ss_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int quality, uint8_t *bytes,
                               size_t capacity, size_t *length, char *message);

/// The version of the libpng that is loaded: "libpng 1.6.39".
///
/// `text` receives a C string, cut to `capacity` bytes.
void ss_png_library_version(char *text, size_t capacity);

/// Reads the header of a PNG and decodes nothing.
ss_codec_status ss_png_read_header(const uint8_t *bytes, size_t length, uint64_t pixel_limit, ss_codec_header *header,
                                   char *message);

/// What was wrong with a PNG whose picture is whole all the same. Other programs may refuse such a file.
typedef struct ss_png_repairs {
  /// A chunk that changes no stored pixel has a wrong check sum.
  bool check_sum;
  /// The file ends behind its pixels, without the whole chunk that should end it.
  bool end;
} ss_png_repairs;

/// Decodes a PNG of any colour type and depth; of an APNG, the still picture.
///
/// `pixels` receives height * width * 4 channels: R, G, B, A; row-major, straight alpha, 8 bits, or 16 bits big-endian
/// where the file has 16. Colours are those stored: gamma, chromaticities and profiles are not applied.
ss_codec_status ss_png_decode(const uint8_t *bytes, size_t length, uint8_t *pixels, size_t capacity,
                              ss_png_repairs *repairs, char *message);

#endif
