#ifndef SS_BIT_READER_H
#define SS_BIT_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Bits of a stretch of bytes, the highest of each byte first. The first are the highest of `bits`.
///
/// A reader does not look where its bytes end. After SS_READER_MARGIN bytes of codes at most its user asks whether it
/// has run over; behind the bytes there must be as many that may be read, and eight more.
typedef struct ss_bit_reader {
  uint64_t bits;
  /// How many of `bits` count, 0...63. Those behind them are 0 or what will stand there.
  uint32_t count;
  const uint8_t *next;
  const uint8_t *end;
} ss_bit_reader;

enum { SS_READER_MARGIN = 256, SS_READER_PADDING = SS_READER_MARGIN + 16 };

static inline ss_bit_reader ss_read_bits(const uint8_t *bytes, size_t count) {
  return (ss_bit_reader){0, 0, bytes, bytes + count};
}

/// Makes it 56 bits or more.
static inline void ss_refill(ss_bit_reader *reader) {
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
static inline uint32_t ss_peek(const ss_bit_reader *reader, uint32_t count) {
  return (uint32_t)(reader->bits >> (64 - count));
}

/// Goes on by so many of the bits that count.
static inline void ss_consume(ss_bit_reader *reader, uint32_t count) {
  reader->bits <<= count;
  reader->count -= count;
}

/// Whether bits were surely taken from behind the end.
static inline bool ss_has_run_over(const ss_bit_reader *reader) { return reader->next > reader->end + 8; }

/// Whether all bytes have been read to the end, but for bits that fill the last of them up.
static inline bool ss_is_at_end(const ss_bit_reader *reader) {
  const ptrdiff_t left = (reader->end - reader->next) * 8 + (ptrdiff_t)reader->count;
  return left >= 0 && left < 8;
}

#endif
