internal import CImageCodecs

/// What decoding needs besides the file, and keeps from one to the next: buffers, and the code tables that most files share.
///
/// One for each worker. What it was used for before makes no difference to a result.
@safe public final class DecoderScratch {
  /// Planes of samples, as long as the largest so far.
  var samples: [UInt8] = []
  /// `nil` without memory: then the slower codec does it all.
  let state: OpaquePointer?

  /// Makes empty scratch.
  public init() { unsafe state = ss_baseline_state_create() }

  deinit { unsafe ss_baseline_state_free(state) }
}
