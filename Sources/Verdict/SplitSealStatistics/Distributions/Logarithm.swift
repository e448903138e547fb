#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The natural logarithm.
public func naturalLogarithm(_ x: Double) -> Double { log(x) }

/// log(1 + x), accurate for small x.
public func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }

/// e to the power of x.
public func exponential(_ x: Double) -> Double { exp(x) }

/// e to the power of x, less one, accurate for small x.
public func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }
