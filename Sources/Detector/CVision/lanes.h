#ifndef SS_VISION_LANES_H
#define SS_VISION_LANES_H

// Sixteen floats that are worked on side by side: the compiler makes one, two or four registers of them. Every lane has
// its own sum, so that the bits of a result do not depend on how many.
//
// Functions take lanes by address and are inlined: passed by value, they would be passed in the registers of one
// instruction set.

enum { SS_VISION_LANES = 16 };

typedef float float_lanes __attribute__((vector_size(64)));
/// What a comparison of lanes gives: all bits of a lane are set where it holds.
typedef int lane_mask __attribute__((vector_size(64)));
/// Sixteen floats anywhere in memory.
typedef float lanes_in_memory __attribute__((vector_size(64), aligned(4), may_alias));

#define SS_VISION_LANES_AT(address) (*(const lanes_in_memory *)(address))
#define SS_VISION_STORE_LANES(lanes, address) (*(lanes_in_memory *)(address) = (lanes))
/// The lanes where the mask holds, 0 elsewhere.
#define SS_VISION_LANES_WHERE(mask, lanes) ((float_lanes)((mask) & (lane_mask)(lanes)))

#define SS_VISION_INLINE static inline __attribute__((always_inline))

#endif
