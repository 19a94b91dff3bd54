import AlibabaCloudCore

/// The bytes of a range of an object, in order and exactly once, whatever happens to connections and links.
///
/// A cut connection is opened again at the next byte. A dead link is replaced. An object that has changed ends the
/// stream.
package struct ObjectStream {
    /// A piece and its offset in the object. `range` cuts off what was not asked for.
    package struct Piece {
        package let offset: Int64
        package let range: Range<Int>
        package let bytes: any HTTPBody.Piece

        package func withBytes<Result>(_ read: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
            try bytes.withBytes { try read(UnsafeRawBufferPointer(rebasing: $0[range])) }
        }
    }

    /// The most bytes that are read and dropped when a server answers a range with the whole object.
    package static let longestSkip: Int64 = 8 << 20

    private let origin: ObjectOrigin
    private let wantsRest: Bool
    private var end: Int64?
    package private(set) var identity: ObjectIdentity?
    package private(set) var connections = 0
    package private(set) var servesRanges = true
    private var position: Int64
    private var pieces: (any HTTPBody.Pieces)?
    private var skip: Int64 = 0
    private var failures = 0
    private var deadLinks = 0
    private var deadLink: SignedURL?

    /// - Parameters:
    ///   - end: the first byte not wanted; nil for all there is.
    ///   - identity: what the object must be; nil takes what comes.
    package init(origin: ObjectOrigin, from start: Int64, to end: Int64?, identity: ObjectIdentity?) {
        self.origin = origin
        self.end = end
        self.identity = identity
        position = start
        wantsRest = end == nil
    }

    /// Opens the first connection, if there is none, so that the object's identity is known.
    package mutating func open() async throws -> ObjectIdentity {
        while true {
            if let identity, pieces != nil { return identity }
            do {
                try await connect()
            } catch let error as CloudError {
                try await recover(from: error)
            }
        }
    }

    /// The next piece, or nil when the range is complete.
    package mutating func next() async throws -> Piece? {
        while true {
            if let end, position >= end { return nil }
            do {
                if pieces == nil { try await connect() }
                guard let piece = try await pieces?.next() else {
                    if let end, position >= end { return nil }
                    throw CloudError(.network, "the connection ended early", canRetry: true)
                }
                if let cut = try take(piece) { return cut }
            } catch let error as CloudError {
                try await recover(from: error)
            }
        }
    }

    private mutating func connect() async throws {
        let url = try await origin.requests.link(insteadOf: deadLink)
        do {
            let connection = try await origin.connect(
                to: url, first: position, end: wantsRest ? nil : end, etag: identity?.etag)
            try accept(connection.answer)
            pieces = connection.pieces
            connections += 1
        } catch let error as CloudError {
            if error.kind == .linkExpired { deadLink = url }
            throw error
        }
    }

    private mutating func accept(_ answer: ObjectAnswer) throws(CloudError) {
        if let identity, !identity.isSame(as: answer.identity) {
            throw CloudError(
                .objectChanged, "the object is not the one the download began with",
                advice: "Start over.", remedy: .startOver)
        }
        identity = identity?.completed(by: answer.identity) ?? answer.identity
        servesRanges = answer.servesRanges
        end = end ?? answer.identity.size
        skip = position - answer.firstByte
        if skip > Self.longestSkip {
            throw CloudError(
                .unexpectedAnswer,
                "the store sends the whole object instead of the rest, \(skip) bytes of which are here",
                advice: "Fetch it all again.", remedy: .startOver)
        }
    }

    /// Cuts off what lies before the position and after the end.
    private mutating func take(_ piece: any HTTPBody.Piece) throws(CloudError) -> Piece? {
        let dropped = min(skip, Int64(piece.count))
        skip -= dropped
        let wanted = min(Int64(piece.count) - dropped, (end ?? .max) - position)
        guard wanted > 0 else { return nil }
        let cut = Piece(offset: position, range: Int(dropped) ..< Int(dropped + wanted), bytes: piece)
        if position == 0, !origin.requests.mayBeMarkup, cut.withBytes(ObjectAnswer.isMarkup) {
            throw CloudError(
                .network, "a page came instead of the data",
                advice: "Look for a proxy or a log-in portal between here and the origin.")
        }
        position += wanted
        (failures, deadLinks, deadLink) = (0, 0, nil)
        return cut
    }

    /// Waits as the error asks, or throws it on when nothing more can be done.
    private mutating func recover(from error: CloudError) async throws {
        pieces = nil
        if error.kind == .linkExpired {
            deadLinks += 1
            guard origin.requests.canRenew, deadLinks <= 3 else { throw error }
            origin.logger.info("the link is dead; asking for another", metadata: ["offset": "\(position)"])
            return
        }
        failures += 1
        guard
            case .again(let wait) = origin.retry.decide(after: error, attempt: failures, chance: origin.clock.chance())
        else {
            throw error
        }
        origin.logger.info(
            "connecting again",
            metadata: [
                "offset": "\(position)", "reason": "\(error)", "wait": "\(Int64(wait / .milliseconds(1))) ms",
            ])
        try await origin.clock.sleep(wait)
    }
}
