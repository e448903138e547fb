#include "CTestImages.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

struct error_manager {
  struct jpeg_error_mgr base;
  jmp_buf escape;
};

static void leave(j_common_ptr cinfo) { longjmp(((struct error_manager *)cinfo->err)->escape, 1); }

static void ignore_message(j_common_ptr cinfo, int level) {
  (void)cinfo;
  (void)level;
}

/// Writes an EXIF segment that holds the orientation alone.
static void write_orientation(j_compress_ptr cinfo, uint16_t orientation, bool big_endian) {
  // "Exif", the TIFF header, one directory of one entry (tag 0x0112, SHORT, one value), and no next directory.
  uint8_t little[] = {'E',  'x',  'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0,
                      0x12, 0x01, 3,   0,   1, 0, 0,   0,   0,  0, 0, 0, 0, 0, 0, 0};
  uint8_t big[] = {'E',  'x',  'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
                   0x01, 0x12, 0,   3,   0, 0, 0,   1,   0, 0,  0, 0, 0, 0, 0, 0};
  little[24] = big[25] = (uint8_t)(orientation & 0xff);
  little[25] = big[24] = (uint8_t)(orientation >> 8);
  jpeg_write_marker(cinfo, JPEG_APP0 + 1, big_endian ? big : little, sizeof little);
}

size_t ss_test_encode_jpeg(const uint8_t *pixels, const ss_test_jpeg_options *options, uint8_t *buffer,
                           size_t capacity) {
  static const int channels_of[] = {1, 3, 3, 4, 4};
  static const J_COLOR_SPACE given[] = {JCS_GRAYSCALE, JCS_RGB, JCS_RGB, JCS_CMYK, JCS_CMYK};
  static const J_COLOR_SPACE stored[] = {JCS_GRAYSCALE, JCS_YCbCr, JCS_RGB, JCS_CMYK, JCS_YCCK};
  struct jpeg_compress_struct cinfo;
  struct error_manager errors;
  // libjpeg starts in this buffer and moves to a larger one of its own when it does not suffice.
  unsigned char *volatile destination = buffer;
  unsigned char *start = buffer;
  unsigned long byte_count = (unsigned long)capacity;
  memset(&cinfo, 0, sizeof cinfo);
  cinfo.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = leave;
  errors.base.emit_message = ignore_message;
  if (setjmp(errors.escape)) {
    jpeg_destroy_compress(&cinfo);
    if (destination != buffer) free(destination);
    return 0;
  }
  jpeg_create_compress(&cinfo);
  jpeg_mem_dest(&cinfo, &start, &byte_count);
  cinfo.image_width = options->width;
  cinfo.image_height = options->height;
  cinfo.input_components = channels_of[options->space];
  cinfo.in_color_space = given[options->space];
  jpeg_set_defaults(&cinfo);
  jpeg_set_colorspace(&cinfo, stored[options->space]);
  jpeg_set_quality(&cinfo, options->quality, TRUE);
  if (options->horizontal_sampling > 0 && options->vertical_sampling > 0) {
    for (int channel = 0; channel < cinfo.num_components; channel++) {
      bool is_full = channel == 0 || channel == 3;
      cinfo.comp_info[channel].h_samp_factor = is_full ? options->horizontal_sampling : 1;
      cinfo.comp_info[channel].v_samp_factor = is_full ? options->vertical_sampling : 1;
    }
  }
  if (options->progressive) jpeg_simple_progression(&cinfo);
  cinfo.restart_interval = options->restart_interval;
  jpeg_start_compress(&cinfo, TRUE);
  if (options->exif_orientation != 0) write_orientation(&cinfo, options->exif_orientation, options->exif_big_endian);
  size_t stride = (size_t)options->width * (size_t)cinfo.input_components;
  while (cinfo.next_scanline < cinfo.image_height) {
    JSAMPROW row = (JSAMPROW)(pixels + (size_t)cinfo.next_scanline * stride);
    jpeg_write_scanlines(&cinfo, &row, 1);
  }
  jpeg_finish_compress(&cinfo);
  destination = start;
  jpeg_destroy_compress(&cinfo);
  if (destination == buffer) return (size_t)byte_count;
  free(destination);
  return 0;
}
