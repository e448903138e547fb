internal import Synchronization
internal import SplitSealSystem

/// The files that outputs are written to before they are renamed: they must not stay behind when the process ends early.
package enum PartialFiles {
  private static let paths = Mutex<Set<String>>([])

  /// Registers a file before it is made.
  package static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

  /// Forgets a file that was renamed or removed.
  package static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Removes all of them and ends the process.
  ///
  /// - Parameter end: Ends the process. No file can be registered meanwhile.
  package static func removeAll(_ end: () -> Never) -> Never {
    paths.withLock { paths in
      for path in paths { unsafe _ = unlink(path) }
      end()
    }
  }
}
