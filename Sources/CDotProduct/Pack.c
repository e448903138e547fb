// The packed form that all kernels share.

#include <string.h>

#include "Kernel.h"

void ssc_dot_pack(const int8_t *vectors, size_t count, size_t start, uint8_t *packed) {
  for (size_t i = 0; i < count; i++) {
    const int8_t *vector = vectors + i * DIMENSION;
    uint8_t *block = packed + (start + i) / BLOCK_LENGTH * BLOCK_SIZE;
    size_t lane = (start + i) % BLOCK_LENGTH;
    if (lane == 0) memset(block, SSC_DOT_PACKED_ZERO, BLOCK_SIZE);
    for (size_t component = 0; component < DIMENSION; component++) {
      size_t word = component / 4;
      block[(word * BLOCK_LENGTH + lane) * 4 + component % 4] = (uint8_t)(vector[component] + SSC_DOT_PACKED_ZERO);
    }
  }
}
