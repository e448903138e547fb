// Which kernels this machine can run.

#include "dispatch.h"

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

#if defined(__x86_64__)

// __builtin_cpu_supports asks the operating system too: without its support for the registers it says no.
const kernel *ss_dot_available_kernel(ss_dot_kernel name) {
  __builtin_cpu_init();
  switch (name) {
  case SS_DOT_PLAIN: return &ss_dot_plain_kernel;
  case SS_DOT_AVX2: return __builtin_cpu_supports("avx2") ? &ss_dot_avx2_kernel : NULL;
  case SS_DOT_AVX_VNNI:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avxvnni") ? &ss_dot_avx_vnni_kernel : NULL;
  case SS_DOT_AVX512_VNNI:
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vnni") ? &ss_dot_avx512_vnni_kernel
                                                                                     : NULL;
  default: return NULL;
  }
}

#elif defined(__aarch64__)

static bool has_dotprod(void) {
#if defined(__APPLE__) || defined(__ARM_FEATURE_DOTPROD)
  return true;  // Every Apple silicon Mac has it.
#elif defined(__linux__)
  const unsigned long asimddp = 1UL << 20;  // HWCAP_ASIMDDP of the kernel's interface
  return (getauxval(AT_HWCAP) & asimddp) != 0;
#else
  return false;
#endif
}

const kernel *ss_dot_available_kernel(ss_dot_kernel name) {
  switch (name) {
  case SS_DOT_PLAIN: return &ss_dot_plain_kernel;
  case SS_DOT_NEON: return &ss_dot_neon_kernel;
  case SS_DOT_NEON_DOTPROD: return has_dotprod() ? &ss_dot_neon_dotprod_kernel : NULL;
  default: return NULL;
  }
}

#else

const kernel *ss_dot_available_kernel(ss_dot_kernel name) { return name == SS_DOT_PLAIN ? &ss_dot_plain_kernel : NULL; }

#endif

bool ss_dot_kernel_is_available(ss_dot_kernel kernel) { return ss_dot_available_kernel(kernel) != NULL; }

ss_dot_kernel ss_dot_best_kernel(void) {
  static const ss_dot_kernel fastest_first[] = {
      SS_DOT_AVX512_VNNI, SS_DOT_AVX_VNNI, SS_DOT_AVX2, SS_DOT_NEON_DOTPROD, SS_DOT_NEON,
  };
  for (size_t i = 0; i < sizeof fastest_first / sizeof fastest_first[0]; i++) {
    if (ss_dot_kernel_is_available(fastest_first[i])) return fastest_first[i];
  }
  return SS_DOT_PLAIN;
}

const char *ss_dot_kernel_name(ss_dot_kernel kernel) {
  switch (kernel) {
  case SS_DOT_PLAIN: return "plain C";
  case SS_DOT_AVX2: return "AVX2";
  case SS_DOT_AVX_VNNI: return "AVX-VNNI";
  case SS_DOT_AVX512_VNNI: return "AVX-512 VNNI";
  case SS_DOT_NEON: return "NEON";
  case SS_DOT_NEON_DOTPROD: return "NEON dotprod";
  }
  return "unknown";
}
