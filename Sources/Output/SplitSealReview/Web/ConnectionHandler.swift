internal import NIOCore
internal import NIOHTTP1

/// Puts the parts of a request together, and sends the response before the next request of the connection is read.
///
/// A connection is closed when a request has not arrived whole, or a response has not been taken, within its time.
final class ConnectionHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = PageRequest
  typealias OutboundIn = PageResponse
  typealias OutboundOut = HTTPServerResponsePart

  /// From the start of a connection or the end of a response to the end of the next request: a browser sends at once, and
  /// opens a new connection when it needs one.
  private static let requestTime = TimeAmount.seconds(5)
  /// From the start of a response to its end: longer, because a browser that is busy takes large ones slowly.
  private static let responseTime = TimeAmount.seconds(60)

  private enum State {
    /// Reads a request, or waits for one.
    case reading
    /// Waits for the response to a request, or sends it.
    case answering
    /// Has sent the last response, and waits until the other side closes.
    case ending
  }

  private var state = State.reading
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var isBodyTooLong = false
  /// Whether the connection ends after the response.
  private var isLast = false
  private var deadline: Scheduled<Void>?

  /// Prepares a new connection: parser, limits, order of requests and responses, and this handler.
  static func connection(on channel: any Channel) throws -> NIOAsyncChannel<PageRequest, PageResponse> {
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = 8 << 10
    limits.maxHeaderListSize = 16 << 10
    limits.maxHeaderFieldCount = 64
    let pipeline = channel.pipeline.syncOperations
    try pipeline.configureHTTPServerPipeline(
      withErrorHandling: false, withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
    try pipeline.addHandler(ConnectionHandler())
    return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
  }

  func channelActive(context: ChannelHandlerContext) {
    close(context, in: Self.requestTime)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard state == .reading else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      (self.head, body, isBodyTooLong) = (head, [], false)
    case .body(let part):
      // The rest of a body that is too long is read but not kept, so that whoever sends it gets to see the response.
      isBodyTooLong = isBodyTooLong || body.count + part.readableBytes > DecisionRequest.maximumByteCount
      if !isBodyTooLong { body += part.readableBytesView }
    case .end:
      guard let head else { return }
      state = .answering
      deadline?.cancel()
      isLast = !head.isKeepAlive || head.version != .http1_1 || Self.leavesHTTP(head)
      context.fireChannelRead(
        wrapInboundOut(
          PageRequest(method: head.method, uri: head.uri, headers: head.headers, body: isBodyTooLong ? nil : body)))
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case ChannelEvent.inputClosed = event else { return context.fireUserInboundEventTriggered(event) }
    // The other side sends nothing more, but may wait for a response.
    guard state == .answering else { return context.close(promise: nil) }
    isLast = true
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError, state == .reading else {
      // What still comes after a request that cannot be read is an error too, and does not matter.
      if state != .ending || !(error is ByteToMessageDecoderError) { context.close(promise: nil) }
      return
    }
    (state, isLast, head) = (.answering, true, nil)
    send(
      error == .headerOverflow
        ? .text("the headers are too long", status: .requestHeaderFieldsTooLarge)
        : .text("this is not an HTTP request", status: .badRequest), context)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    send(unwrapOutboundIn(data), context)
    promise?.succeed()
  }

  private func send(_ response: PageResponse, _ context: ChannelHandlerContext) {
    close(context, in: Self.responseTime)
    var headers = response.headers
    if isLast { headers.add(name: "connection", value: "close") }
    let start = HTTPResponseHead(version: .http1_1, status: response.status, headers: headers)
    context.write(wrapOutboundOut(.head(start)), promise: nil)
    let bytes = ByteBuffer(bytes: head?.method == .HEAD ? [] : response.body)
    let sent = context.eventLoop.makePromise(of: Void.self)
    sent.futureResult.assumeIsolated().whenSuccess { self.finish(context) }
    context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: sent)
  }

  /// Goes on to the next request when the system has taken the whole response.
  private func finish(_ context: ChannelHandlerContext) {
    let leavesHTTP = head.map(Self.leavesHTTP) ?? false
    (state, head) = (isLast ? .ending : .reading, nil)
    close(context, in: Self.requestTime)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    guard state == .ending else { return }
    // Closed in one direction only: if both were, what the other side is still sending could make it miss the response.
    context.close(mode: leavesHTTP ? .all : .output, promise: nil)
  }

  private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
    deadline?.cancel()
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
  }

  /// Whether something other than HTTP is to follow, which the parser would keep without limit.
  private static func leavesHTTP(_ head: HTTPRequestHead) -> Bool {
    head.method == .CONNECT || head.headers.contains(name: "upgrade")
  }
}
