#ifndef GUARDED_H
#define GUARDED_H

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct guarded {
  void *mapping;
  size_t mapped;
  uint8_t *bytes;
};

/// Maps `count` bytes that are followed by a page without access.
static inline struct guarded guarded_bytes(size_t count) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  const size_t usable = (count + page - 1) / page * page;
  struct guarded guarded = {NULL, usable + page, NULL};
  guarded.mapping = mmap(NULL, guarded.mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (guarded.mapping == MAP_FAILED) abort();
  if (mprotect((uint8_t *)guarded.mapping + usable, page, PROT_NONE) != 0) abort();
  guarded.bytes = (uint8_t *)guarded.mapping + usable - count;
  return guarded;
}

static inline void require(int condition) {
  if (!condition) abort();
}

#endif
