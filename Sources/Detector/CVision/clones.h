#ifndef SS_VISION_CLONES_H
#define SS_VISION_CLONES_H

// The same C compiled for several instruction sets, chosen when the program starts. The results are the same bits:
// lanes are independent, and contraction into fused multiply-adds is off.
#if defined(__x86_64__) && defined(__linux__)
#define SS_VISION_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SS_VISION_CLONES
#endif

#endif
