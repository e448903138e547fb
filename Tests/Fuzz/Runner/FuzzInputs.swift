internal import SplitSealFuzzTargets

/// What libFuzzer's main function calls with each input.
///
/// - Source: LLVM, docs/LibFuzzer.rst, "Fuzz Target".
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  unsafe chosenTarget.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
