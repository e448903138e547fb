// libpng behind a setjmp boundary. As in jpeg_codec.c, what changes lives in a job of the calling function.
//
// The setjmp-free "simplified" interface of libpng is not used: it applies gamma, and the pixels here must be those
// stored.

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <png.h>

#include "../message.h"

/// Rows are buffered by libpng, twice; so wide a picture is no photograph. The value is libpng's own default.
enum { SIDE_LIMIT = 1000000 };

enum { WARNING_LIMIT = 100 };

typedef struct png_job {
  png_structp codec;
  png_infop details;
  const uint8_t *bytes;
  size_t length;
  size_t position;
  uint8_t *pixels;
  size_t capacity;
  uint64_t pixel_limit;
  ss_codec_header header;
  ss_codec_status status;
  int warnings;
  char *message;
  /// Whether all rows were decoded: what follows them is no picture.
  bool has_rows;
  ss_png_repairs repairs;
} png_job;

_Noreturn static void fail(png_job *job, ss_codec_status status, const char *text) {
  job->status = status;
  ss_codec_set_message(job->message, text);
  png_longjmp(job->codec, 1);
}

_Noreturn static void on_error(png_structp codec, png_const_charp text) {
  fail(png_get_error_ptr(codec), SS_CODEC_CORRUPT, text);
}

/// Whether a warning is of a wrong check sum over a chunk.
static bool is_check_sum(png_const_charp text) { return strlen(text) >= 4 && strcmp(text + 4, ": CRC error") == 0; }

/// Whether a chunk of a wrong check sum is skipped, as other programs do: texts, times, colour profiles and the like
/// change no stored pixel. Any other may have been something else than what it says it is.
static bool is_harmless(png_const_charp text) {
  static const char *const harmless[] = {"tEXt", "zTXt", "iTXt", "tIME", "iCCP", "eXIf", "gAMA", "cHRM", "sRGB",
                                         "pHYs", "sBIT", "bKGD", "hIST", "sPLT", "oFFs", "pCAL", "sCAL"};
  for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
    if (memcmp(text, harmless[i], 4) == 0) return true;
  }
  return false;
}

/// Most warnings are about metadata that is not used here. A bad check sum over the pixels is not among those.
static void on_warning(png_structp codec, png_const_charp text) {
  png_job *job = png_get_error_ptr(codec);
  if (strcmp(text, "IDAT: incorrect data check") == 0) fail(job, SS_CODEC_CORRUPT, text);
  if (is_check_sum(text)) {
    if (!is_harmless(text)) fail(job, SS_CODEC_CORRUPT, text);
    job->repairs.check_sum = true;
  }
  job->warnings += 1;
  if (job->warnings > WARNING_LIMIT) fail(job, SS_CODEC_CORRUPT, text);
}

static void read_bytes(png_structp codec, png_bytep output, size_t count) {
  png_job *job = png_get_io_ptr(codec);
  if (count > job->length - job->position) fail(job, SS_CODEC_TRUNCATED, "premature end of PNG file");
  memcpy(output, job->bytes + job->position, count);
  job->position += count;
}

/// Reads up to the first IDAT chunk. Called by functions that have set the jump target.
static void read_header(png_job *job) {
  png_structp codec = job->codec;
  png_set_read_fn(codec, job, read_bytes);

  // All ancillary chunks but tRNS are skipped unparsed: nothing of them is used, and parsing is where a stranger's
  // file can do harm. So they cost no memory either, and their length needs no limit.
  png_set_keep_unknown_chunks(codec, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_chunk_cache_max(codec, 16);
  png_set_chunk_malloc_max(codec, PNG_UINT_31_MAX);
  // Sides are judged below, where the fault can say more than "invalid IHDR data".
  png_set_user_limits(codec, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_crc_action(codec, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
  png_read_info(codec, job->details);

  job->header.width = png_get_image_width(codec, job->details);
  job->header.height = png_get_image_height(codec, job->details);
  job->header.bits_per_channel = png_get_bit_depth(codec, job->details) == 16 ? 16 : 8;
  job->header.has_alpha = (png_get_color_type(codec, job->details) & PNG_COLOR_MASK_ALPHA) != 0 ||
                          png_get_valid(codec, job->details, PNG_INFO_tRNS) != 0;
  if (job->header.width == 0 || job->header.height == 0) fail(job, SS_CODEC_CORRUPT, "the picture has no pixels");
  if ((uint64_t)job->header.width * job->header.height > job->pixel_limit) {
    fail(job, SS_CODEC_TOO_MANY_PIXELS, "more pixels than the limit");
  }
  if (job->header.width > SIDE_LIMIT || job->header.height > SIDE_LIMIT) {
    fail(job, SS_CODEC_UNSUPPORTED, "a side of more than 1000000 pixels");
  }
}

static ss_codec_status run_header(png_job *job) {
  if (setjmp(png_jmpbuf(job->codec))) return job->status;
  read_header(job);
  return SS_CODEC_OK;
}

/// Reads all rows and the chunks after them. Called by a function that has set the jump target.
static void read_rows(png_job *job) {
  png_structp codec = job->codec;
  const size_t bytes_per_row = (size_t)job->header.width * 4 * job->header.bits_per_channel / 8;
  if (job->capacity / bytes_per_row < job->header.height) {
    fail(job, SS_CODEC_BUFFER_TOO_SMALL, "the buffer is smaller than the picture");
  }

  png_set_expand(codec);  // Palette to RGB, fewer bits to 8, tRNS to alpha.
  png_set_gray_to_rgb(codec);
  png_set_add_alpha(codec, 0xffff, PNG_FILLER_AFTER);  // Where there is none.
  const int passes = png_set_interlace_handling(codec);
  png_read_update_info(codec, job->details);
  if (png_get_rowbytes(codec, job->details) != bytes_per_row) {
    fail(job, SS_CODEC_CORRUPT, "the codec would write another size than the header declares");
  }
  for (int pass = 0; pass < passes; pass++) {
    for (size_t y = 0; y < job->header.height; y++) png_read_row(codec, job->pixels + y * bytes_per_row, NULL);
  }
  job->has_rows = true;
  png_read_end(codec, NULL);  // Reads on to IEND, past the check sums of the data.
}

/// Whether a file that ends too early has all of its IDAT chunks, and so all of its picture.
static bool has_whole_data(const png_job *job) {
  size_t at = 8;
  while (job->length - at >= 8) {
    const uint8_t *chunk = job->bytes + at;
    const size_t size = (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 | (size_t)chunk[2] << 8 | chunk[3];
    if (job->length - at - 8 < size + 4) return memcmp(chunk + 4, "IDAT", 4) != 0;
    at += size + 12;
  }
  return true;
}

static ss_codec_status run_decode(png_job *job) {
  if (setjmp(png_jmpbuf(job->codec))) {
    // Other programs show a picture that lacks only its end.
    if (job->status != SS_CODEC_TRUNCATED || !job->has_rows || !has_whole_data(job)) return job->status;
    ss_codec_set_message(job->message, "");
    job->repairs.end = true;
    return SS_CODEC_OK;
  }
  read_header(job);
  read_rows(job);
  return SS_CODEC_OK;
}

/// Makes the codec, runs one of the two functions above, and frees the codec.
static ss_codec_status with_codec(png_job *job, ss_codec_status (*run)(png_job *)) {
  ss_codec_set_message(job->message, "");
  ss_codec_status status = SS_CODEC_OUT_OF_MEMORY;
  job->codec = png_create_read_struct(PNG_LIBPNG_VER_STRING, job, on_error, on_warning);
  if (job->codec) job->details = png_create_info_struct(job->codec);
  if (job->details) {
    status = run(job);
  } else {
    ss_codec_set_message(job->message, "libpng could not be set up");
  }
  png_destroy_read_struct(job->codec ? &job->codec : NULL, job->details ? &job->details : NULL, NULL);
  return status;
}

ss_codec_status ss_png_read_header(const uint8_t *bytes, size_t length, uint64_t pixel_limit, ss_codec_header *header,
                                   char *message) {
  png_job job = {.bytes = bytes, .length = length, .pixel_limit = pixel_limit, .message = message};
  const ss_codec_status status = with_codec(&job, run_header);
  *header = job.header;
  return status;
}

ss_codec_status ss_png_decode(const uint8_t *bytes, size_t length, uint8_t *pixels, size_t capacity,
                              ss_png_repairs *repairs, char *message) {
  png_job job = {
      .bytes = bytes,
      .length = length,
      .pixels = pixels,
      .capacity = capacity,
      .pixel_limit = UINT64_MAX,
      .message = message,
  };
  const ss_codec_status status = with_codec(&job, run_decode);
  *repairs = job.repairs;
  return status;
}

void ss_png_library_version(char *text, size_t capacity) {
  snprintf(text, capacity, "libpng %s", png_get_libpng_ver(NULL));
}
