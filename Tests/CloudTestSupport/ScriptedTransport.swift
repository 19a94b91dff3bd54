import AlibabaCloudCore
import Synchronization

/// A transport that answers from a script and remembers what it was asked.
package final class ScriptedTransport: HTTPTransport {
    package typealias Answer = @Sendable (HTTPRequest) async throws -> HTTPResponse

    private let answer: Answer
    private let log = Mutex<[HTTPRequest]>([])

    package init(_ answer: @escaping Answer) {
        self.answer = answer
    }

    package var requests: [HTTPRequest] { log.withLock { $0 } }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        log.withLock { $0.append(request) }
        return try await answer(request)
    }

    /// Answers one after another; the last one for ever.
    package static func answering(_ answers: [HTTPResponse]) -> ScriptedTransport {
        let left = Mutex(answers[...])
        return ScriptedTransport { _ in
            left.withLock { left in left.count > 1 ? left.removeFirst() : left[left.startIndex] }
        }
    }
}

extension HTTPResponse {
    /// A whole body in pieces of `size` bytes.
    package init(_ status: Int, _ text: String, headers: [String: String] = [:], pieceSize size: Int = 1 << 16) {
        let bytes = Array(text.utf8)
        self.init(
            status: status, headers: headers,
            body: HTTPBody { ReadyPieces(bytes: bytes[...], size: size) })
    }
}

private struct ReadyPieces: HTTPBody.Pieces {
    var bytes: ArraySlice<UInt8>
    let size: Int

    mutating func next() async throws -> (any HTTPBody.Piece)? {
        if bytes.isEmpty { return nil }
        defer { bytes = bytes.dropFirst(size) }
        return Array(bytes.prefix(size))
    }
}
