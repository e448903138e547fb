#ifndef SS_BASELINE_BLOCK_H
#define SS_BASELINE_BLOCK_H

#include "bit_reader.h"
#include "jpeg_huffman.h"

/// 64 coefficients, and how far a damaged block may run beyond them.
enum { SS_PLACE_COUNT = 80 };

/// Where coefficients stand in a block, row by row. Those that a damaged block has too many go behind it.
extern const uint8_t SS_ZIGZAG[SS_PLACE_COUNT];

/// A channel while it is decoded.
typedef struct ss_baseline_channel {
  /// Scale and size of its plane; 0 where it is not wanted.
  uint32_t eighths, width, height;
  uint8_t *samples;
  uint32_t across, down;
  const ss_huffman_table *dc, *ac;
  bool uses_skips;
  int32_t prediction;
  /// 1...255, row by row.
  int16_t factors[64];
} ss_baseline_channel;

/// Decodes a block, and its samples where it is in a plane that is wanted.
///
/// `column` and `row` count blocks. False for no code, too many coefficients, too few bits, and samples that are not
/// certain.
/// - Source: ITU-T T.81 F.2.2.
bool ss_baseline_decode_block(ss_bit_reader *reader, ss_baseline_channel *channel, uint32_t column, uint32_t row);

#endif
