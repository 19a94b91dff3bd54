import NIOCore

/// Lets the end of a connection wait until what came before it has been read.
///
/// When a server closes, NIO empties the socket at once, wanted or not, and the HTTP client then fails the request and
/// drops all that its reader had not asked for yet: megabytes that were paid for and would be fetched again. So this
/// handler sits next to the socket, keeps what nobody has asked for, and only closes when the last byte has been taken.
///
///     socket   ── a ── b ── c ── end
///     reader   read → a      read → b      read → c      read → end
final class UnhurriedClose: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var kept = CircularBuffer<ByteBuffer>()
    /// A read went down to the socket and has not been answered.
    private var isAsked = false
    private var hasPassed = false
    private var hasEnded = false

    /// Puts the handler next to the socket of a connection.
    static func install(on channel: any Channel) -> EventLoopFuture<Void> {
        channel.setOption(.allowRemoteHalfClosure, value: true).flatMapThrowing {
            try channel.pipeline.syncOperations.addHandler(UnhurriedClose(), position: .first)
        }
    }

    func handlerAdded(context: ChannelHandlerContext) {
        isAsked = true  // a connection is made with a read under way
    }

    func read(context: ChannelHandlerContext) {
        if let buffer = kept.popFirst() {
            context.fireChannelRead(wrapInboundOut(buffer))
            context.fireChannelReadComplete()
            // The channel reads again by itself after what comes from the socket; after what was kept we must.
            let channel = context.channel
            context.eventLoop.execute { channel.read() }
        } else if hasEnded {
            context.close(promise: nil)
        } else {
            isAsked = true
            context.read()
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isAsked && kept.isEmpty {
            hasPassed = true
            context.fireChannelRead(data)
        } else {
            kept.append(unwrapInboundIn(data))
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard hasPassed || kept.isEmpty else { return }
        (isAsked, hasPassed) = (false, false)
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed? = event as? ChannelEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        hasEnded = true
        if kept.isEmpty { context.close(promise: nil) }
    }
}
