// libjpeg behind a setjmp boundary.
//
// longjmp leaves indeterminate those locals of the function that called setjmp which changed since. Everything that
// changes therefore lives in a `jpeg_job` of the *calling* function, and the functions with setjmp have no locals
// that they read after a jump.

#include <limits.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "../message.h"

/// Harmless warnings after which a file is refused: thousands of them cost time and no camera writes them.
enum { WARNING_LIMIT = 100 };

/// Scans after which a progressive file is refused. Encoders write about ten; every scan of a few hundred bytes can
/// make the decoder walk over the whole picture.
enum { SCAN_LIMIT = 500 };

/// Pixels, counted once a scan, after which a progressive file is refused: a hundred scans over 2^27 pixels.
static const uint64_t SCANNED_PIXEL_LIMIT = UINT64_C(100) << 27;

/// Rows asked for at once; libjpeg gives as many as it has at hand.
enum { ROWS_AT_ONCE = 16 };

typedef struct jpeg_job {
  struct jpeg_decompress_struct codec;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf back;
  ss_codec_status status;
  int warnings;
  char *message;
  const uint8_t *bytes;
  size_t length;
  /// Of the decoded size, 1, 2, 4 or 8.
  uint32_t eighths;
  uint8_t *pixels;
  size_t capacity;
  /// What only the decoding of luma knows.
  uint64_t pixel_limit;
  uint32_t least_side;
  bool with_colour;
  ss_jpeg_luma_header *header;
} jpeg_job;

_Noreturn static void fail(jpeg_job *job, ss_codec_status status, const char *text) {
  job->status = status;
  ss_codec_set_message(job->message, text);
  longjmp(job->back, 1);
}

_Noreturn static void fail_with_codec_message(jpeg_job *job, ss_codec_status status) {
  char text[JMSG_LENGTH_MAX];
  job->errors.format_message((j_common_ptr)&job->codec, text);
  fail(job, status, text);
}

static void error_exit(j_common_ptr codec) {
  jpeg_job *job = codec->client_data;
  switch (codec->err->msg_code) {
  case JERR_BAD_PRECISION:
  case JERR_SOF_UNSUPPORTED:
  case JERR_ARITH_NOTIMPL:
  case JERR_CONVERSION_NOTIMPL: fail_with_codec_message(job, SS_CODEC_UNSUPPORTED);
  case JERR_OUT_OF_MEMORY: fail_with_codec_message(job, SS_CODEC_OUT_OF_MEMORY);
  default: fail_with_codec_message(job, SS_CODEC_CORRUPT);
  }
}

/// Ends the decoding at the first warning that means guessed pixels. libjpeg itself would fill the rest with grey and
/// call it success.
static void emit_message(j_common_ptr codec, int level) {
  if (level >= 0) return;  // Tracing.
  jpeg_job *job = codec->client_data;
  switch (codec->err->msg_code) {
  case JWRN_JPEG_EOF: fail_with_codec_message(job, SS_CODEC_TRUNCATED);
  case JWRN_ADOBE_XFORM:      // Unknown Adobe transform code: taken as libjpeg guesses.
  case JWRN_EXTRANEOUS_DATA:  // Bytes between segments; some cameras pad.
  case JWRN_JFIF_MAJOR:       // Unknown JFIF revision.
  case JWRN_NOT_SEQUENTIAL:   // Odd SOS parameters, ignored in a baseline file.
    job->warnings += 1;
    if (job->warnings > WARNING_LIMIT) fail_with_codec_message(job, SS_CODEC_CORRUPT);
    return;
  default: fail_with_codec_message(job, SS_CODEC_CORRUPT);
  }
}

static void output_message(j_common_ptr codec) { (void)codec; }

/// Called between rows of blocks while a file of several scans is read.
static void progress_monitor(j_common_ptr common) {
  jpeg_job *job = common->client_data;
  const struct jpeg_decompress_struct *codec = &job->codec;
  const uint64_t scans = (uint64_t)(codec->input_scan_number > 0 ? codec->input_scan_number : 0);
  const uint64_t pixels = (uint64_t)codec->image_width * codec->image_height;
  if (scans > SCAN_LIMIT || scans * pixels > SCANNED_PIXEL_LIMIT) {
    fail(job, SS_CODEC_CORRUPT, "too many progressive scans");
  }
}

/// Creates the codec and reads the header. Called by functions that have set `job->back`.
static void open_and_read_header(jpeg_job *job) {
  struct jpeg_decompress_struct *codec = &job->codec;
  codec->err = jpeg_std_error(&job->errors);
  job->errors.error_exit = error_exit;
  job->errors.emit_message = emit_message;
  job->errors.output_message = output_message;
  codec->client_data = job;  // jpeg_create_decompress keeps `err` and `client_data`.
  jpeg_create_decompress(codec);

  // The environment variable JPEGMEM and the defaults of some builds make libjpeg spill into temporary files. The
  // limit on pixels bounds memory already.
  codec->mem->max_memory_to_use = LONG_MAX;
  job->progress.progress_monitor = progress_monitor;
  codec->progress = &job->progress;

  if (job->length > ULONG_MAX) fail(job, SS_CODEC_UNSUPPORTED, "too many bytes for this machine");
#if defined(LIBJPEG_TURBO_VERSION) || JPEG_LIB_VERSION >= 90
  jpeg_mem_src(codec, job->bytes, (unsigned long)job->length);
#else
  jpeg_mem_src(codec, (unsigned char *)job->bytes, (unsigned long)job->length);
#endif
  jpeg_read_header(codec, TRUE);

  if (codec->image_width == 0 || codec->image_height == 0) fail(job, SS_CODEC_CORRUPT, "the picture has no pixels");
  if (codec->data_precision != 8) fail(job, SS_CODEC_UNSUPPORTED, "more or fewer than 8 bits a sample");
  if (codec->arith_code) fail(job, SS_CODEC_UNSUPPORTED, "arithmetic coding");
  switch (codec->jpeg_color_space) {
  case JCS_GRAYSCALE:
  case JCS_YCbCr:
  case JCS_RGB:
  case JCS_CMYK:
  case JCS_YCCK: break;
  default: fail(job, SS_CODEC_UNSUPPORTED, "unknown colour space");
  }
}

static ss_codec_status run_header(jpeg_job *job) {
  if (setjmp(job->back)) return job->status;
  open_and_read_header(job);
  return SS_CODEC_OK;
}

/// Rounds a * b / 255 to the nearest integer.
static inline uint8_t multiply_255(unsigned a, unsigned b) {
  const unsigned product = a * b + 128;
  return (uint8_t)((product + (product >> 8)) >> 8);
}

/// Turns a row of inverted C, M, Y, K into R, G, B, 255, in place.
static void convert_inverted_cmyk(uint8_t *row, size_t width) {
  for (uint8_t *pixel = row, *end = row + 4 * width; pixel < end; pixel += 4) {
    const unsigned black = pixel[3];
    pixel[0] = multiply_255(pixel[0], black);
    pixel[1] = multiply_255(pixel[1], black);
    pixel[2] = multiply_255(pixel[2], black);
    pixel[3] = 255;
  }
}

#ifdef JCS_ALPHA_EXTENSIONS
enum { RGB_SPACE = JCS_EXT_RGBA, RGB_IS_PACKED = 0 };
static void expand_rgb(uint8_t *row, size_t width) { (void)row, (void)width; }
#else
enum { RGB_SPACE = JCS_RGB, RGB_IS_PACKED = 1 };
/// Spreads R, G, B, which stand in the last three quarters of a row, over the whole row.
static void expand_rgb(uint8_t *row, size_t width) {
  const uint8_t *source = row + width;
  for (size_t x = 0; x < width; x++) {
    const uint8_t red = source[3 * x], green = source[3 * x + 1], blue = source[3 * x + 2];
    row[4 * x] = red, row[4 * x + 1] = green, row[4 * x + 2] = blue, row[4 * x + 3] = 255;
  }
}
#endif

/// What a side becomes at a scale.
static size_t scaled(size_t side, uint32_t eighths) { return (side * eighths + 7) / 8; }

static void check_output_size(jpeg_job *job, size_t width, size_t height, int components) {
  const struct jpeg_decompress_struct *codec = &job->codec;
  if (codec->output_width != width || codec->output_height != height || codec->output_components != components) {
    fail(job, SS_CODEC_CORRUPT, "the codec would write another size than the header declares");
  }
}

/// Reads all rows. Called by a function that has set `job->back`.
static void read_rows(jpeg_job *job) {
  struct jpeg_decompress_struct *codec = &job->codec;
  const int is_cmyk = codec->jpeg_color_space == JCS_CMYK || codec->jpeg_color_space == JCS_YCCK;
  codec->out_color_space = is_cmyk ? JCS_CMYK : (J_COLOR_SPACE)RGB_SPACE;

  codec->scale_num = job->eighths;
  codec->scale_denom = 8;
  const size_t width = scaled(codec->image_width, job->eighths);
  const size_t height = scaled(codec->image_height, job->eighths);
  if (job->capacity / 4 / width < height)
    fail(job, SS_CODEC_BUFFER_TOO_SMALL, "the buffer is smaller than the picture");
  const size_t offset = !is_cmyk && RGB_IS_PACKED ? width : 0;

  jpeg_start_decompress(codec);
  check_output_size(job, width, height, !is_cmyk && RGB_IS_PACKED ? 3 : 4);
  while (codec->output_scanline < height) {
    JSAMPROW rows[ROWS_AT_ONCE];
    const size_t first = codec->output_scanline;
    const size_t wanted = height - first < ROWS_AT_ONCE ? height - first : ROWS_AT_ONCE;
    for (size_t i = 0; i < wanted; i++) rows[i] = job->pixels + (first + i) * width * 4 + offset;
    const size_t count = jpeg_read_scanlines(codec, rows, (JDIMENSION)wanted);
    if (count == 0) fail(job, SS_CODEC_TRUNCATED, "the codec ran out of bytes");
    for (size_t i = 0; i < count; i++) {
      uint8_t *row = job->pixels + (first + i) * width * 4;
      if (is_cmyk) {
        convert_inverted_cmyk(row, width);
      } else if (RGB_IS_PACKED) {
        expand_rgb(row, width);
      }
    }
  }
  jpeg_finish_decompress(codec);  // Reads on to EOI: a file without it is truncated.
}

/// Reads all rows of luma. Called by a function that has set `job->back`.
static void read_luma(jpeg_job *job) {
  struct jpeg_decompress_struct *codec = &job->codec;
  ss_jpeg_luma_header *header = job->header;
  header->width = codec->image_width;
  header->height = codec->image_height;
  if ((uint64_t)header->width * header->height > job->pixel_limit)
    fail(job, SS_CODEC_TOO_MANY_PIXELS, "too many pixels");
  if (codec->jpeg_color_space != JCS_GRAYSCALE && codec->jpeg_color_space != JCS_YCbCr) {
    fail(job, SS_CODEC_NO_LUMA, "neither grey nor YCbCr");
  }
  const uint32_t side = header->width < header->height ? header->width : header->height;
  uint32_t eighths = 1;
  while (eighths < 8 && (uint64_t)side * eighths / 8 < job->least_side) eighths *= 2;
  const size_t width = scaled(header->width, eighths), height = scaled(header->height, eighths);
  header->luma_width = (uint32_t)width;
  header->luma_height = (uint32_t)height;
  const int channels = job->with_colour && codec->jpeg_color_space == JCS_YCbCr ? 3 : 1;
  header->channels = (uint32_t)channels;
  const size_t row_size = width * (size_t)channels;
  if (job->capacity / row_size < height) fail(job, SS_CODEC_BUFFER_TOO_SMALL, "the buffer is smaller than the luma");
  codec->out_color_space = channels == 3 ? JCS_YCbCr : JCS_GRAYSCALE;
  codec->scale_num = eighths;
  codec->scale_denom = 8;
  jpeg_start_decompress(codec);
  check_output_size(job, width, height, channels);
  while (codec->output_scanline < height) {
    JSAMPROW rows[ROWS_AT_ONCE];
    const size_t first = codec->output_scanline;
    const size_t wanted = height - first < ROWS_AT_ONCE ? height - first : ROWS_AT_ONCE;
    for (size_t i = 0; i < wanted; i++) rows[i] = job->pixels + (first + i) * row_size;
    if (jpeg_read_scanlines(codec, rows, (JDIMENSION)wanted) == 0)
      fail(job, SS_CODEC_TRUNCATED, "the codec ran out of bytes");
  }
  jpeg_finish_decompress(codec);  // Reads on to EOI: a file without it is truncated.
}

static ss_codec_status run_luma(jpeg_job *job) {
  if (setjmp(job->back)) return job->status;
  open_and_read_header(job);
  read_luma(job);
  return SS_CODEC_OK;
}

static ss_codec_status run_decode(jpeg_job *job) {
  if (setjmp(job->back)) return job->status;
  open_and_read_header(job);
  read_rows(job);
  return SS_CODEC_OK;
}

/// Bytes of the coefficients that the codec holds where a picture comes in several scans.
static uint64_t coefficient_bytes(struct jpeg_decompress_struct *codec) {
  if (!jpeg_has_multiple_scans(codec)) return 0;
  uint64_t blocks = 0;
  for (int i = 0; i < codec->num_components; i++) {
    blocks += (uint64_t)codec->comp_info[i].width_in_blocks * codec->comp_info[i].height_in_blocks;
  }
  return blocks * sizeof(JBLOCK);
}

ss_codec_status ss_jpeg_read_header(const uint8_t *bytes, size_t length, uint64_t pixel_limit, ss_codec_header *header,
                                    char *message) {
  jpeg_job job;
  memset(&job, 0, sizeof job);  // jpeg_destroy_decompress does nothing to a struct of zeros.
  job.bytes = bytes;
  job.length = length;
  job.message = message;
  ss_codec_set_message(message, "");
  ss_codec_status status = run_header(&job);
  if (status == SS_CODEC_OK) {
    header->width = job.codec.image_width;
    header->height = job.codec.image_height;
    header->bits_per_channel = 8;
    header->has_alpha = false;
    header->coefficient_bytes = coefficient_bytes(&job.codec);
    if ((uint64_t)header->width * header->height > pixel_limit) status = SS_CODEC_TOO_MANY_PIXELS;
  }
  jpeg_destroy_decompress(&job.codec);
  return status;
}

ss_codec_status ss_jpeg_decode_luma(const uint8_t *bytes, size_t length, uint64_t pixel_limit, uint32_t least_side,
                                    bool with_colour, ss_jpeg_luma_header *header, uint8_t *pixels, size_t capacity,
                                    char *message) {
  jpeg_job job;
  memset(&job, 0, sizeof job);
  job.bytes = bytes;
  job.length = length;
  job.message = message;
  job.pixels = pixels;
  job.capacity = capacity;
  job.pixel_limit = pixel_limit;
  job.least_side = least_side;
  job.with_colour = with_colour;
  job.header = header;
  ss_codec_set_message(message, "");
  memset(header, 0, sizeof *header);
  const ss_codec_status status = run_luma(&job);
  jpeg_destroy_decompress(&job.codec);
  return status;
}

ss_codec_status ss_jpeg_decode(const uint8_t *bytes, size_t length, uint32_t eighths, uint8_t *pixels, size_t capacity,
                               char *message) {
  jpeg_job job;
  memset(&job, 0, sizeof job);
  job.eighths = eighths;
  job.bytes = bytes;
  job.length = length;
  job.message = message;
  job.pixels = pixels;
  job.capacity = capacity;
  ss_codec_set_message(message, "");
  const ss_codec_status status = run_decode(&job);
  jpeg_destroy_decompress(&job.codec);
  return status;
}
