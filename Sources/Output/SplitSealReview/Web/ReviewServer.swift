internal import NIOCore
internal import NIOPosix

/// Serves the page on this machine, to one browser.
public struct ReviewServer: Sendable {
  /// Connections at once; more wait until others end, and those that say nothing end soon.
  static let mostConnections = 256

  private let session: ReviewSession
  private let pictures: any ReviewPictures
  private let workers: PictureWorkers
  private let keys = AccessKeys()

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
    do {
      let server = try await Self.listen(on: port)
      try await server.executeThenClose { connections in
        guard let number = server.channel.localAddress?.port else { return }
        let responder = ReviewResponder(
          session: session, keys: keys, pictures: pictures, workers: workers, samples: session.shownSamples,
          port: number)
        await isListening("http://127.0.0.1:\(number)/?token=\(keys.token)")
        try await withThrowingDiscardingTaskGroup { group in
          for try await connection in connections {
            group.addTask { await Self.serve(connection, responder) }
          }
        }
      }
    } catch is CancellationError {
      return
    } catch let error as IOError {
      throw ReviewServerError(port: port, number: error.errnoCode)
    }
  }

  private typealias Connection = NIOAsyncChannel<PageRequest, PageResponse>

  private static func listen(on port: Int) async throws -> NIOAsyncChannel<Connection, Never> {
    try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.backlog, value: 256)
      // The port can be had again as soon as a review has ended.
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ConnectionLimit(mostConnections))
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .bind(to: SocketAddress(ipAddress: "127.0.0.1", port: port)) { channel in
        channel.eventLoop.makeCompletedFuture { try ConnectionHandler.connection(on: channel) }
      }
  }

  /// Answers the requests of a connection until it ends.
  private static func serve(_ connection: Connection, _ responder: ReviewResponder) async {
    // An error is the end of this connection only.
    try? await connection.executeThenClose { requests, responses in
      for try await request in requests {
        try await responses.write(await responder.response(to: request))
      }
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
