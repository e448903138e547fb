// libjpeg's encoder behind a setjmp boundary, by the rules that jpeg_codec.c explains.

#include <setjmp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "../message.h"

typedef struct encode_job {
  struct jpeg_compress_struct codec;
  struct jpeg_error_mgr errors;
  struct jpeg_destination_mgr destination;
  jmp_buf back;
  ss_codec_status status;
  char *message;
  const uint8_t *pixels;
  uint32_t width;
  uint32_t height;
  int quality;
  uint8_t *bytes;
  size_t capacity;
} encode_job;

_Noreturn static void error_exit(j_common_ptr codec) {
  encode_job *job = codec->client_data;
  char text[JMSG_LENGTH_MAX];
  job->errors.format_message(codec, text);
  ss_codec_set_message(job->message, text);
  job->status = codec->err->msg_code == JERR_OUT_OF_MEMORY ? SS_CODEC_OUT_OF_MEMORY : SS_CODEC_UNSUPPORTED;
  longjmp(job->back, 1);
}

static void output_message(j_common_ptr codec) { (void)codec; }

static void init_destination(j_compress_ptr codec) {
  encode_job *job = codec->client_data;
  job->destination.next_output_byte = job->bytes;
  job->destination.free_in_buffer = job->capacity;
}

/// The buffer is full before the file is complete.
_Noreturn static boolean empty_output_buffer(j_compress_ptr codec) {
  encode_job *job = codec->client_data;
  job->status = SS_CODEC_BUFFER_TOO_SMALL;
  ss_codec_set_message(job->message, "the buffer is smaller than the file");
  longjmp(job->back, 1);
}

static void term_destination(j_compress_ptr codec) { (void)codec; }

static ss_codec_status run_encode(encode_job *job) {
  if (setjmp(job->back)) return job->status;
  struct jpeg_compress_struct *codec = &job->codec;
  codec->err = jpeg_std_error(&job->errors);
  job->errors.error_exit = error_exit;
  job->errors.output_message = output_message;
  codec->client_data = job;  // jpeg_create_compress keeps `err` and `client_data`.
  jpeg_create_compress(codec);
  job->destination.init_destination = init_destination;
  job->destination.empty_output_buffer = empty_output_buffer;
  job->destination.term_destination = term_destination;
  codec->dest = &job->destination;

  codec->image_width = job->width;
  codec->image_height = job->height;
  codec->input_components = 3;
  codec->in_color_space = JCS_RGB;
  jpeg_set_defaults(codec);  // Baseline, YCbCr 4:2:0, the standard's Huffman tables.
  jpeg_set_quality(codec, job->quality, TRUE);
  codec->dct_method = JDCT_ISLOW;

  jpeg_start_compress(codec, TRUE);
  while (codec->next_scanline < codec->image_height) {
    // libjpeg declares rows that it only reads as writable.
    JSAMPROW row = (JSAMPROW)(job->pixels + (size_t)codec->next_scanline * job->width * 3);
    jpeg_write_scanlines(codec, &row, 1);
  }
  jpeg_finish_compress(codec);
  return SS_CODEC_OK;
}

ss_codec_status ss_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int quality, uint8_t *bytes,
                               size_t capacity, size_t *length, char *message) {
  encode_job job;
  memset(&job, 0, sizeof job);  // jpeg_destroy_compress does nothing to a struct of zeros.
  job.message = message;
  job.pixels = pixels;
  job.width = width;
  job.height = height;
  job.quality = quality;
  job.bytes = bytes;
  job.capacity = capacity;
  *length = 0;
  ss_codec_set_message(message, capacity == 0 ? "the buffer is smaller than the file" : "");
  if (capacity == 0) return SS_CODEC_BUFFER_TOO_SMALL;  // libjpeg writes a byte before it asks for room.
  const ss_codec_status status = run_encode(&job);
  if (status == SS_CODEC_OK) *length = capacity - job.destination.free_in_buffer;
  jpeg_destroy_compress(&job.codec);
  return status;
}
