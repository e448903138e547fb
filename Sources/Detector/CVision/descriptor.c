#include "CVision.h"
#include "clones.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

SS_VISION_CLONES void ss_vision_project(const float *histogram, int8_t *out) {
  float sums[SS_VISION_DESCRIPTOR_COUNT] = {0};
  for (int i = 0; i < SS_VISION_GRADIENT_COUNT; i++) {
    float value = histogram[i] - ss_vision_projection_mean[i];
    for (int j = 0; j < SS_VISION_DESCRIPTOR_COUNT; j++) sums[j] += value * ss_vision_projection_rows[i][j];
  }
  double square = 0;
  for (int j = 0; j < SS_VISION_DESCRIPTOR_COUNT; j++) square += (double)sums[j] * (double)sums[j];
  float scale = (float)(254 / (sqrt(square) + 1e-9));
  for (int j = 0; j < SS_VISION_DESCRIPTOR_COUNT; j++) {
    // Half away from 0, so that the descriptor of a mirrored picture is the same with other signs.
    float value = sums[j] * scale, size = fabsf(value) + 0.5f;
    int rounded = size > 127 ? 127 : (int)size;
    out[j] = (int8_t)(value < 0 ? -rounded : rounded);
  }
}

void ss_vision_orient(const int8_t *descriptor, int orientation, int8_t *out) {
  const uint8_t *source = ss_vision_orientation_source[orientation - 1];
  const int8_t *sign = ss_vision_orientation_sign[orientation - 1];
  for (int i = 0; i < SS_VISION_DESCRIPTOR_COUNT; i++) out[i] = (int8_t)(sign[i] * descriptor[source[i]]);
}

SS_VISION_CLONES float ss_vision_view_detail(const float *view) {
  enum { SIDE = SS_VISION_VIEW_SIDE };
  // For each column the sums of f, v f, v^2 f and f^2, where v is the height above the middle.
  float zeroth[SIDE] = {0}, first[SIDE] = {0}, second[SIDE] = {0}, squares[SIDE] = {0};
  for (int y = 0; y < SIDE; y++) {
    float v = (float)y - (SIDE - 1) / 2.0f;
    for (int x = 0; x < SIDE; x++) {
      float value = view[y * SIDE + x] - 128;
      zeroth[x] += value;
      first[x] += v * value;
      second[x] += v * v * value;
      squares[x] += value * value;
    }
  }
  // 1, u, v, u^2 - m, u v and v^2 - m are orthogonal on the grid when m is the mean of u^2.
  double n = SIDE, mean = (n * n - 1) / 12, quartic = n * (n * n - 1) * (n * n - 4) / 180;
  double s[6] = {0}, square = 0;
  for (int x = 0; x < SIDE; x++) {
    double u = x - (SIDE - 1) / 2.0;
    s[0] += zeroth[x];
    s[1] += u * zeroth[x];
    s[2] += first[x];
    s[3] += (u * u - mean) * zeroth[x];
    s[4] += u * first[x];
    s[5] += second[x] - mean * zeroth[x];
    square += squares[x];
  }
  double norms[6] = {n * n, n * n * mean, n * n * mean, n * quartic, n * n * mean * mean, n * quartic};
  for (int i = 0; i < 6; i++) square -= s[i] * s[i] / norms[i];
  return square > 0 ? (float)sqrt(square / (n * n)) : 0;
}
