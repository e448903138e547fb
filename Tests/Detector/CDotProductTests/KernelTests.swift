import CDotProduct
import Testing

@Suite struct KernelTests {
  @Test func `plain C is always there, and the best kernel is one that is`() {
    #expect(ss_dot_kernel_is_available(SS_DOT_PLAIN))
    #expect(availableKernels.contains(ss_dot_best_kernel()))
  }

  @Test func `kernels have names of their own`() {
    let names = (0..<UInt32(SS_DOT_KERNEL_COUNT)).map {
      unsafe String(cString: ss_dot_kernel_name(ss_dot_kernel(rawValue: $0)))
    }
    #expect(Set(names).count == names.count)
    #expect(!names.contains("unknown"))
  }

  @Test func `a kernel of another processor is not available`() {
    #if arch(x86_64)
      #expect(!ss_dot_kernel_is_available(SS_DOT_NEON))
    #else
      #expect(!ss_dot_kernel_is_available(SS_DOT_AVX2))
    #endif
    #expect(!ss_dot_kernel_is_available(ss_dot_kernel(rawValue: UInt32(SS_DOT_KERNEL_COUNT))))
  }
}
