internal import NIOCore

/// Accepts no more connections than a number at once; further ones wait in the system until one ends.
final class ConnectionLimit: ChannelDuplexHandler {
  typealias InboundIn = any Channel
  typealias InboundOut = any Channel
  typealias OutboundIn = Never
  typealias OutboundOut = Never

  private let mostConnections: Int
  private var count = 0
  private var isReadWaiting = false

  init(_ mostConnections: Int) { self.mostConnections = mostConnections }

  func read(context: ChannelHandlerContext) {
    isReadWaiting = count >= mostConnections
    if !isReadWaiting { context.read() }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    count += 1
    unwrapInboundIn(data).closeFuture.hop(to: context.eventLoop).assumeIsolated().whenComplete { _ in
      self.count -= 1
      if self.isReadWaiting { self.read(context: context) }
    }
    context.fireChannelRead(data)
  }

  /// A connection that cannot be accepted, for example because too many files are open, does not end the server.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
