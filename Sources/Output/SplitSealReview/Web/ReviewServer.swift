internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// Serves the page on this machine, to one browser.
public struct ReviewServer: Sendable {
  /// Connections at once; more wait until others end, and those that say nothing end soon.
  static let mostConnections = 256
  /// How long a connection may say nothing: a browser opens a new one when it needs it.
  private static let idleTime = TimeAmount.seconds(5)

  private let session: ReviewSession
  private let pictures: any ReviewPictures
  private let workers: PictureWorkers
  private let keys = AccessKeys()
  private let port = BoundPort()

  /// Prepares the server.
  ///
  /// - Parameters:
  ///   - session: What is reviewed.
  ///   - workerCount: Pictures in work at once, 1 or more.
  ///   - pictures: Gives the pictures.
  public init(_ session: ReviewSession, workerCount: Int, pictures: some ReviewPictures) {
    self.session = session
    self.pictures = pictures
    workers = PictureWorkers(workerCount: workerCount)
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameters:
  ///   - port: On which port of 127.0.0.1; 0 lets the system choose.
  ///   - isListening: Called once with the address that opens the page, which holds the token.
  /// - Throws: ``ReviewServerError`` when the port cannot be had.
  public func run(port: Int, isListening: @escaping @Sendable (_ address: String) async -> Void) async throws {
    let responder = ReviewResponder(
      session: session, keys: keys, pictures: pictures, workers: workers, samples: session.shownSamples, port: self.port
    )
    let limits = HTTP1Channel.Configuration(
      idleTimeout: Self.idleTime,
      httpDecoderConfiguration: .init(maxHeaderFieldSize: 8 << 10, maxHeaderListSize: 16 << 10, maxHeaderFieldCount: 64)
    )
    let silent = Logger(label: "splitseal.review") { _ in SwiftLogNoOpLogHandler() }
    let application = Application(
      responder: responder, server: .http1(configuration: limits),
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: port),
        availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections, logger: silent)),
      onServerRunning: { [keys, bound = self.port] channel in
        guard let number = channel.localAddress?.port else { return }
        bound.set(number)
        await isListening("http://127.0.0.1:\(number)/?token=\(keys.token)")
      }, logger: silent)
    do {
      try await application.run()
    } catch is CancellationError {
      return
    } catch let error as IOError {
      throw ReviewServerError(port: port, number: error.errnoCode)
    }
  }
}

/// Why the page cannot be served.
public struct ReviewServerError: Error, Hashable, Sendable {
  /// The port that was asked for; 0 for any.
  public let port: Int
  /// The system's number of the error.
  public let number: Int32
}
