internal import SplitSealFuzzTargets

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// `fuzz-inputs TARGET [libFuzzer's arguments]`.
@main enum FuzzInputs {
  nonisolated(unsafe) private static var target = FuzzTarget.bundle

  static func main() {
    guard CommandLine.argc > 1, let target = FuzzTarget(rawValue: CommandLine.arguments[1]) else {
      print("usage: fuzz-inputs \(FuzzTarget.allCases.map(\.rawValue).joined(separator: "|")) [FLAG...] [CORPUS...]")
      exit(2)
    }
    unsafe Self.target = target
    // libFuzzer takes what follows the target's name; the name of the program stays in front.
    var arguments = unsafe CommandLine.unsafeArgv + 1
    var count = CommandLine.argc - 1
    unsafe exit(
      runDriver(&count, &arguments) { start, count in
        unsafe FuzzInputs.target.read(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
      })
  }
}

/// - Source: LLVM, compiler-rt/lib/fuzzer/FuzzerInterface.h and docs/LibFuzzer.rst, "Using libFuzzer as a library".
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
