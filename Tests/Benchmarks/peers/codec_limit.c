// What the codec and the page cache allow: reads files, hashes their bytes with XXH3 and decodes their luma by libjpeg,
// scaled by the DCT to the smallest that leaves 128 pixels on the shorter side.
// usage: codec_limit THREADS < LIST

#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <xxhash.h>

enum { LARGEST_LIST = 1 << 20, LARGEST_FILE = 64 << 20, LEAST_SIDE = 128 };

static char *paths[LARGEST_LIST];
static size_t path_count;
static atomic_size_t next_path, failures;
static atomic_ullong sink;

typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf back;
} errors;

static void give_up(j_common_ptr codec) { longjmp(((errors *)codec->err)->back, 1); }

static int decode(const unsigned char *bytes, size_t length, unsigned char *row) {
  struct jpeg_decompress_struct codec;
  errors handler;
  codec.err = jpeg_std_error(&handler.manager);
  handler.manager.error_exit = give_up;
  jpeg_create_decompress(&codec);
  if (setjmp(handler.back)) {
    jpeg_destroy_decompress(&codec);
    return 0;
  }
  jpeg_mem_src(&codec, bytes, length);
  jpeg_read_header(&codec, TRUE);
  unsigned side = codec.image_width < codec.image_height ? codec.image_width : codec.image_height, eighths = 1;
  while (eighths < 8 && side * eighths / 8 < LEAST_SIDE) eighths *= 2;
  codec.scale_num = eighths;
  codec.scale_denom = 8;
  if (codec.jpeg_color_space == JCS_YCbCr) codec.out_color_space = JCS_GRAYSCALE;
  jpeg_start_decompress(&codec);
  while (codec.output_scanline < codec.output_height) {
    JSAMPROW rows[1] = {row};
    jpeg_read_scanlines(&codec, rows, 1);
    sink += row[0];
  }
  jpeg_finish_decompress(&codec);
  jpeg_destroy_decompress(&codec);
  return 1;
}

static void *work(void *unused) {
  (void)unused;
  unsigned char *bytes = malloc(LARGEST_FILE), *row = malloc(1 << 20);
  for (size_t i = next_path++; bytes && row && i < path_count; i = next_path++) {
    FILE *file = fopen(paths[i], "rb");
    size_t length = file ? fread(bytes, 1, LARGEST_FILE, file) : 0;
    if (file) fclose(file);
    sink += XXH3_128bits(bytes, length).low64;
    if (length == 0 || !decode(bytes, length, row)) failures++;
  }
  free(bytes);
  free(row);
  return NULL;
}

int main(int count, char **arguments) {
  int threads = count == 2 ? atoi(arguments[1]) : 0;
  if (threads < 1 || threads > 64) {
    fprintf(stderr, "usage: codec_limit THREADS < LIST\n");
    return 2;
  }
  char line[4096];
  while (path_count < LARGEST_LIST && fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    paths[path_count++] = strdup(line);
  }
  pthread_t workers[64];
  for (int i = 0; i < threads; i++) pthread_create(&workers[i], NULL, work, NULL);
  for (int i = 0; i < threads; i++) pthread_join(workers[i], NULL);
  if (failures > 0) fprintf(stderr, "%zu files failed\n", (size_t)failures);
  return failures > 0;
}
