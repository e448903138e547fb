internal import SplitSealFuzzTargets

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The target that `SPLITSEAL_FUZZ` names: the arguments are libFuzzer's.
let chosenTarget: FuzzTarget = {
  let name = unsafe getenv("SPLITSEAL_FUZZ").map { unsafe String(cString: $0) } ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    fatalError("SPLITSEAL_FUZZ is one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  return target
}()
