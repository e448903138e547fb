// Which kernels this machine can run.

#include "Dispatch.h"

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

#if defined(__x86_64__)

// __builtin_cpu_supports asks the operating system too: without its support for the registers it says no.
const kernel *ssc_available_kernel(ssc_dot_kernel name) {
  __builtin_cpu_init();
  switch (name) {
    case SSC_DOT_PLAIN: return &ssc_plain_kernel;
    case SSC_DOT_AVX2: return __builtin_cpu_supports("avx2") ? &ssc_avx2_kernel : NULL;
    case SSC_DOT_AVX_VNNI:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avxvnni") ? &ssc_avx_vnni_kernel : NULL;
    case SSC_DOT_AVX512_VNNI:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vnni") ? &ssc_avx512_vnni_kernel
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

const kernel *ssc_available_kernel(ssc_dot_kernel name) {
  switch (name) {
    case SSC_DOT_PLAIN: return &ssc_plain_kernel;
    case SSC_DOT_NEON: return &ssc_neon_kernel;
    case SSC_DOT_NEON_DOTPROD: return has_dotprod() ? &ssc_neon_dotprod_kernel : NULL;
    default: return NULL;
  }
}

#else

const kernel *ssc_available_kernel(ssc_dot_kernel name) {
  return name == SSC_DOT_PLAIN ? &ssc_plain_kernel : NULL;
}

#endif

bool ssc_dot_kernel_is_available(ssc_dot_kernel kernel) { return ssc_available_kernel(kernel) != NULL; }

ssc_dot_kernel ssc_dot_best_kernel(void) {
  static const ssc_dot_kernel fastest_first[] = {
      SSC_DOT_AVX512_VNNI, SSC_DOT_AVX_VNNI, SSC_DOT_AVX2, SSC_DOT_NEON_DOTPROD, SSC_DOT_NEON,
  };
  for (size_t i = 0; i < sizeof fastest_first / sizeof fastest_first[0]; i++) {
    if (ssc_dot_kernel_is_available(fastest_first[i])) return fastest_first[i];
  }
  return SSC_DOT_PLAIN;
}

const char *ssc_dot_kernel_name(ssc_dot_kernel kernel) {
  switch (kernel) {
    case SSC_DOT_PLAIN: return "plain C";
    case SSC_DOT_AVX2: return "AVX2";
    case SSC_DOT_AVX_VNNI: return "AVX-VNNI";
    case SSC_DOT_AVX512_VNNI: return "AVX-512 VNNI";
    case SSC_DOT_NEON: return "NEON";
    case SSC_DOT_NEON_DOTPROD: return "NEON dotprod";
  }
  return "unknown";
}
