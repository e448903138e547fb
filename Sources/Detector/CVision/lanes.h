#ifndef CVISION_LANES_H
#define CVISION_LANES_H

// Sixteen floats that are worked on side by side: the compiler makes one, two or four registers of them. Every lane has
// its own sum, so that the bits of a result do not depend on how many.
//
// Functions take lanes by address and are inlined: passed by value, they would be passed in the registers of one
// instruction set.

enum { CV_LANES = 16 };

typedef float Lanes __attribute__((vector_size(64)));
/// What a comparison of lanes gives: all bits of a lane are set where it holds.
typedef int LaneMask __attribute__((vector_size(64)));
/// Sixteen floats anywhere in memory.
typedef float LanesInMemory __attribute__((vector_size(64), aligned(4), may_alias));

#define CV_LANES_AT(address) (*(const LanesInMemory *)(address))
#define CV_STORE_LANES(lanes, address) (*(LanesInMemory *)(address) = (lanes))
/// The lanes where the mask holds, 0 elsewhere.
#define CV_LANES_WHERE(mask, lanes) ((Lanes)((mask) & (LaneMask)(lanes)))

#define CV_INLINE static inline __attribute__((always_inline))

#endif
