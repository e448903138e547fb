internal import SplitSealBase
internal import SplitSeal
internal import SplitSealAudit
internal import Synchronization
internal import SplitSealSystem

/// One line on a terminal that shows the progress, the speed and the remaining time.
///
/// Nothing is written if standard error is not a terminal.
final class ProgressLine: Sendable {
  private struct State {
    var phase: AuditProgress.Phase?
    var phaseStart = ContinuousClock.now
    var lastDrawn = ContinuousClock.now
  }

  private let isShown: Bool
  private let state = Mutex(State())

  init(isQuiet: Bool) { isShown = !isQuiet && Console.isTerminal(STDERR_FILENO) }

  /// Draws the progress, at most ten times a second.
  func update(_ progress: AuditProgress) {
    guard isShown else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      let isNewPhase = state.phase != progress.phase
      if isNewPhase {
        state.phase = progress.phase
        state.phaseStart = now
      }
      guard isNewPhase || now - state.lastDrawn > .milliseconds(100) else { return }
      state.lastDrawn = now
      Console.write("\r\u{1B}[K" + Self.line(progress, elapsed: now - state.phaseStart), to: STDERR_FILENO)
    }
  }

  /// Removes the line.
  func clear() {
    guard isShown else { return }
    Console.write("\r\u{1B}[K", to: STDERR_FILENO)
  }

  /// `hashing 12,345 of 60,000 (20 %), 4,321 images/s, 11 s left`.
  static func line(_ progress: AuditProgress, elapsed: Duration) -> String {
    guard progress.totalCount > 0 else { return progress.phase.rawValue }
    let share = Double(progress.completedCount) / Double(progress.totalCount)
    var line = "\(progress.phase.rawValue) \(grouped(progress.completedCount)) of \(grouped(progress.totalCount))"
    line += " (\(percent(share, digits: 0)))"
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    guard progress.completedCount > 0, seconds > 0.2 else { return line }
    let rate = Double(progress.completedCount) / seconds
    let left = Double(progress.totalCount - progress.completedCount) / rate
    return line + ", \(grouped(Int(rate))) images/s, \(time(left)) left"
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 90 ? "\(whole) s" : whole < 5400 ? "\((whole + 30) / 60) min" : "\((whole + 1800) / 3600) h"
  }
}
