#ifndef SS_JPEG_HUFFMAN_H
#define SS_JPEG_HUFFMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  /// Bits of a look into a table: few codes are longer.
  SS_HUFFMAN_BITS = 10,
  /// Bits of a look that reads over as many codes as it can.
  SS_SKIP_BITS = 11,
  /// Bytes of the longest definition: how many codes there are of each length from 1 to 16, and 256 symbols.
  SS_HUFFMAN_DEFINITION = 16 + 256,
};

/// What a look gives, 0 where the code is longer than a look, or none. From bit 16 as a signed number: 1 - 2 to the
/// power of the size of the magnitude that follows the code. From bit 8: how far it moves the index of coefficients.
/// From bit 0: how many bits the code and the magnitude have together, 26 at most, 27 for a difference.
///
/// Without a magnitude a coefficient's code is an end of block or sixteen zeros; the index moves by 0 or 16.
static inline uint32_t ss_huffman_used(uint32_t entry) { return entry & 255; }
static inline uint32_t ss_huffman_advance(uint32_t entry) { return entry >> 8 & 255; }
static inline bool ss_huffman_has_magnitude(uint32_t entry) { return entry > UINT16_MAX; }
static inline int32_t ss_huffman_lowest(uint32_t entry) { return (int16_t)(entry >> 16); }

/// One entry of `skips`: how many bits whole codes use up with their magnitudes, how far they move the index together,
/// counting an end of block as 1, and whether an end of block is the last of them. 0 where not one code is whole.
static inline uint32_t ss_skip_used(uint32_t skip) { return skip & 31; }
static inline uint32_t ss_skip_advance(uint32_t skip) { return skip >> 5 & 63; }
static inline bool ss_skip_ends_block(uint32_t skip) { return skip >> 11; }

/// A Huffman table, ready for decoding, with the bytes that it was made from.
typedef struct ss_huffman_table {
  uint32_t entries[1 << SS_HUFFMAN_BITS];
  uint16_t skips[1 << SS_SKIP_BITS];
  bool has_skips;
  /// How often the same definition has come again.
  uint32_t repetitions;
  /// By length of code: the first 16 bits that are beyond all codes of this length, and what added to a code gives the
  /// index of its symbol.
  uint32_t beyond[17];
  int32_t shift[17];
  uint8_t definition[SS_HUFFMAN_DEFINITION];
  /// 0 while there is no table.
  size_t definition_length;
} ss_huffman_table;

/// Makes the table of a definition, which is a DHT segment's from the counts on, unless it is the table that is there.
///
/// The definition is whole: `length` is 16 and the sum of its counts, at most SS_HUFFMAN_DEFINITION. False where codes
/// do not fit, one is all ones, or a symbol is not one of 8-bit sequential pictures; there is no table then.
/// - Source: ITU-T T.81 annex C, F.1.2 and F.2.2.
bool ss_huffman_define(ss_huffman_table *table, bool is_dc, const uint8_t *definition, size_t length);

/// Fills `skips` of a table of coefficients, if they are not.
void ss_huffman_make_skips(ss_huffman_table *table);

/// The entry of a code of more than SS_HUFFMAN_BITS bits, by the 16 bits that it begins; 0 for no code.
uint32_t ss_huffman_find_long(const ss_huffman_table *table, uint32_t bits, bool is_dc);

#endif
