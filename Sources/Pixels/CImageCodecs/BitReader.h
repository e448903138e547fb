#ifndef SSC_BIT_READER_H
#define SSC_BIT_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Bits of a stretch of bytes, the highest of each byte first. The first are the highest of `bits`.
///
/// A reader does not look where its bytes end. After SSC_READER_MARGIN bytes of codes at most its user asks whether it
/// has run over; behind the bytes there must be as many that may be read, and eight more.
typedef struct ssc_bit_reader {
  uint64_t bits;
  /// How many of `bits` count, 0...63. Those behind them are 0 or what will stand there.
  uint32_t count;
  const uint8_t *next;
  const uint8_t *end;
} ssc_bit_reader;

enum { SSC_READER_MARGIN = 256, SSC_READER_PADDING = SSC_READER_MARGIN + 16 };

static inline ssc_bit_reader ssc_read_bits(const uint8_t *bytes, size_t count) {
  return (ssc_bit_reader){0, 0, bytes, bytes + count};
}

/// Makes it 56 bits or more.
static inline void ssc_refill(ssc_bit_reader *reader) {
  uint64_t word;
  memcpy(&word, reader->next, sizeof word);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  reader->bits |= word >> reader->count;
  reader->next += (63 - reader->count) >> 3;
  reader->count |= 56;
}

/// The next bits, 1...32.
static inline uint32_t ssc_peek(const ssc_bit_reader *reader, uint32_t count) {
  return (uint32_t)(reader->bits >> (64 - count));
}

/// Goes on by so many of the bits that count.
static inline void ssc_consume(ssc_bit_reader *reader, uint32_t count) {
  reader->bits <<= count;
  reader->count -= count;
}

/// Whether bits were surely taken from behind the end.
static inline bool ssc_has_run_over(const ssc_bit_reader *reader) { return reader->next > reader->end + 8; }

/// Whether all bytes have been read to the end, but for bits that fill the last of them up.
static inline bool ssc_is_at_end(const ssc_bit_reader *reader) {
  const ptrdiff_t left = (reader->end - reader->next) * 8 + (ptrdiff_t)reader->count;
  return left >= 0 && left < 8;
}

#endif
