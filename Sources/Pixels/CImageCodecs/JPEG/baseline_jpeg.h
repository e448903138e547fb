#ifndef SS_BASELINE_JPEG_H
#define SS_BASELINE_JPEG_H

#include "CImageCodecs.h"
#include "jpeg_huffman.h"

enum { SS_COMPONENT_LIMIT = 3, SS_TABLE_COUNT = 4 };

/// A table of Huffman codes as it stands in the file.
typedef struct ss_huffman_definition {
  /// `NULL` where the file does not define it.
  const uint8_t *bytes;
  size_t length;
} ss_huffman_definition;

/// One channel of a frame.
typedef struct ss_baseline_component {
  uint8_t identifier;
  /// Blocks of an MCU across and down, 1 or 2.
  uint8_t across, down;
  /// Which tables are its own, 0...3.
  uint8_t quantiser, dc_table, ac_table;
} ss_baseline_component;

/// All that stands before the codes of the scan.
typedef struct ss_baseline_frame {
  /// 1...65,500.
  uint32_t width, height;
  /// 1 for grey, 3 for Y, Cb and Cr. Y has as many blocks as there are, Cb as many as Cr, and all but Y may be fewer.
  uint32_t component_count;
  ss_baseline_component components[SS_COMPONENT_LIMIT];
  /// MCUs between two restart markers; 0 for none.
  uint32_t restart_interval;
  /// Factors 1...255 in zigzag order, 64 of them; `NULL` where the file has no such table.
  const uint8_t *quantisers[SS_TABLE_COUNT];
  ss_huffman_definition dc[SS_TABLE_COUNT], ac[SS_TABLE_COUNT];
  /// Where the codes begin.
  size_t scan_start;
} ss_baseline_frame;

/// Reads the segments up to the codes of the first scan. False where there is anything that not all regular files have:
/// the frame is without meaning then.
///
/// What a true frame refers to is within `bytes`, and every table that a component names is there. Pixels are not
/// limited.
/// - Complexity: O(length of the segments).
/// - Source: ITU-T T.81 annex B; JFIF 1.02; Adobe Technical Note 5116, section 18.
bool ss_baseline_read_frame(const uint8_t *bytes, size_t length, ss_baseline_frame *frame);

#endif
