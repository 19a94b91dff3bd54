import AlibabaCloudCore
import BackupBytes
import CloudTestSupport
import Foundation
import Synchronization
import Testing

@testable import ObjectStores

@Suite struct StoredObjectsTests {
    /// A bucket that answers ranges; `tag` of the n-th answer, from 0.
    private static func bucket(
        _ bytes: [UInt8], checksum: UInt64? = nil, tag: @escaping @Sendable (Int) -> String = { _ in "\"1\"" }
    ) -> ScriptedTransport {
        let count = Mutex(0)
        return ScriptedTransport { request in
            let tag = tag(
                count.withLock { count in
                    defer { count += 1 }
                    return count
                })
            var headers = ["etag": tag, "content-length": "\(bytes.count)"]
            headers["x-oss-hash-crc64ecma"] = checksum.map { String($0) }
            guard let range = request.headers["range"] else { return HTTPResponse(200, "", headers: headers) }
            if let wanted = request.headers["if-match"], wanted != tag { return HTTPResponse(412, "") }
            let ends = range.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            let first = ends[0] ?? 0, last = min(ends[1] ?? .max, bytes.count - 1)
            headers["content-range"] = "bytes \(first)-\(last)/\(bytes.count)"
            return HTTPResponse(206, String(decoding: bytes[first ... last], as: UTF8.self), headers: headers)
        }
    }

    private func client(_ transport: ScriptedTransport) throws -> StoreClient {
        StoreClient(
            .oss, endpoint: try StoreEndpoint(.oss, region: "r"),
            credentials: Credentials(accessKeyID: "k", accessKeySecret: Secret("s")), transport: transport,
            clock: TurnedClock().clockwork())
    }

    private func file(_ transport: ScriptedTransport) async throws -> any SeekableByteSource {
        let objects = try await client(transport).open(StoreAddress(kind: .oss, bucket: "b", key: "a/k.csv"))
        guard case .file(let file) = objects.contents else { throw CancellationError() }
        #expect(file.path == "k.csv" && objects.name == "oss://b/a/k.csv")
        return try objects.open(file)
    }

    /// Reads on a thread of its own: reads block.
    private func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread { done.resume(with: Swift.Result { try body() }) }
        }
    }

    private static func rest(of source: any SeekableByteSource) throws -> [UInt8] {
        var all: [UInt8] = [], piece = [UInt8](repeating: 0, count: 70_000)
        while case let count = try piece.withUnsafeMutableBytes({ try source.read(into: $0) }), count > 0 {
            all += piece[..<count]
        }
        return all
    }

    private static let bytes: [UInt8] = (0 ..< 300_000).map { (index: Int) -> UInt8 in
        UInt8(32 + (index * 7 + index / 64) % 90)
    }

    @Test func anObjectIsReadFromFrontToBackAndAtAnyOffset() async throws {
        nonisolated(unsafe) let source = try await file(Self.bucket(Self.bytes))
        try await onThread {
            #expect(try Self.rest(of: source) == Self.bytes)
            try source.seek(to: 299_000)
            #expect(try Self.rest(of: source) == Array(Self.bytes[299_000...]))
            var some = [UInt8](repeating: 0, count: 2000)
            for offset in [0, 1, 150_000, 299_500, 300_000, 400_000] {
                let count = try some.withUnsafeMutableBytes { try source.read(at: offset, into: $0) }
                #expect(Array(some[..<count]) == Array(Self.bytes.dropFirst(offset).prefix(2000)))
            }
        }
    }

    /// Columns in turn, as Parquet is read: each byte is fetched about once.
    @Test func readsThatFollowEachOtherShareTheirRequests() throws {
        let size = 8 << 20, columns = 16
        var near = NearBytes(), fetched = 0, requests = 0
        var piece = [UInt8](repeating: 0, count: 8192)
        for step in 0 ..< size / columns / piece.count {
            for column in 0 ..< columns {
                let start = column * size / columns + step * piece.count
                try piece.withUnsafeMutableBytes { room in
                    try near.copy(start ..< start + room.count, of: size, into: room) { offset, buffer in
                        for index in buffer.indices {
                            buffer[index] = UInt8(truncatingIfNeeded: (offset + index) >> 13)
                        }
                        fetched += buffer.count
                        requests += 1
                    }
                }
                let wanted = UInt8(truncatingIfNeeded: start >> 13)
                #expect(piece.first == wanted && piece.last == wanted)
            }
        }
        #expect(fetched < size * 2 && requests < columns * 5, "\(fetched) bytes, \(requests) requests")
    }

    @Test func anObjectThatChangesIsAnError() async throws {
        nonisolated(unsafe) let source = try await file(
            Self.bucket(Self.bytes) { $0 < 2 ? "\"1\"" : "\"2\"" })
        try await onThread {
            var some = [UInt8](repeating: 0, count: 10)
            let count = try some.withUnsafeMutableBytes { try source.read(at: 0, into: $0) }
            #expect(count == 10)
            let error = #expect(throws: CloudError.self) { try Self.rest(of: source) }
            #expect(error?.kind == .objectChanged)
        }
    }

    @Test func anotherChecksumThanTheStoresIsAnErrorBeforeTheEnd() async throws {
        nonisolated(unsafe) let source = try await file(Self.bucket(Self.bytes, checksum: 1))
        try await onThread {
            let error = #expect(throws: CloudError.self) { try Self.rest(of: source) }
            #expect(error?.kind == .damaged)
        }
    }

    @Test func aCancelledReadEnds() async throws {
        nonisolated(unsafe) let source = try await file(Self.bucket(Self.bytes))
        source.canceller?.cancel()
        try await onThread {
            _ = #expect(throws: CancellationError.self) { try Self.rest(of: source) }
        }
    }

    @Test func aPrefixIsListedPageByPageAndSorted() async throws {
        func page(_ keys: [String], next: String?) -> HTTPResponse {
            let entries = keys.map {
                "<Contents><Key>\($0)</Key><ETag>\"e\"</ETag><Size>\($0.hasSuffix("/") ? 0 : 1)</Size></Contents>"
            }
            let end = next.map { "<IsTruncated>true</IsTruncated><NextContinuationToken>\($0)</NextContinuationToken>" }
            return HTTPResponse(200, "<ListBucketResult>\(entries.joined())\(end ?? "")</ListBucketResult>")
        }
        let transport = ScriptedTransport.answering([
            HTTPResponse(404, ""), page(["p/", "p/z/1", "p/z/"], next: "t"), HTTPResponse(503, ""),
            page(["p/a", "p/B"], next: nil),
        ])
        let objects = try await client(transport).open(StoreAddress(kind: .oss, bucket: "b", key: "p"))
        guard case .folder(let files) = objects.contents else { throw CancellationError() }
        #expect(files.map(\.path) == ["B", "a", "z/1"] && objects.name == "oss://b/p/")
        let queries = transport.requests.dropFirst().map { $0.url.revealed.split(separator: "?").last.map(String.init) }
        #expect(queries.first == "encoding-type=url&list-type=2&max-keys=1000&prefix=p%2F")
        #expect(queries.last == "continuation-token=t&encoding-type=url&list-type=2&max-keys=1000&prefix=p%2F")
    }

    @Test func aMarkThatCombinesWithTheSlashStaysInThePath() async throws {
        let listed = "<Contents><Key>p%2F%CC%81x</Key><ETag>\"1\"</ETag><Size>1</Size></Contents>"
        let transport = ScriptedTransport.answering([
            HTTPResponse(200, "<ListBucketResult>\(listed)</ListBucketResult>")
        ])
        let objects = try await client(transport).open(StoreAddress(kind: .oss, bucket: "b", key: "p/"))
        guard case .folder(let files) = objects.contents else { throw CancellationError() }
        #expect(files.map { Array($0.path.utf8) } == [[0xCC, 0x81, 0x78]])
        #expect(StoreEndpoint.encodedPath("p/\u{301}x") == "p/%CC%81x")
    }

    /// The token of the page before, and pages without objects.
    @Test(arguments: [
        "<Contents><Key>p%2Fa</Key><ETag>\"1\"</ETag><Size>1</Size></Contents>", "",
    ])
    func aListWithoutAnEndIsAnError(entries: String) async throws {
        let more = "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
        let transport = ScriptedTransport.answering([
            HTTPResponse(200, "<ListBucketResult>\(entries)\(more)</ListBucketResult>")
        ])
        let error = await #expect(throws: CloudError.self) {
            try await client(transport).open(StoreAddress(kind: .oss, bucket: "b", key: "p/"))
        }
        #expect(error?.kind == .unexpectedAnswer && transport.requests.count <= 2)
    }

    @Test func aListWhoseTextIsCutIsAskedForAgain() async throws {
        let cut = HTTPResponse(status: 200, headers: [:], body: HTTPBody { CutPieces() })
        let listed = "<Contents><Key>p%2Fa</Key><ETag>\"1\"</ETag><Size>1</Size></Contents>"
        let transport = ScriptedTransport.answering([
            cut, HTTPResponse(200, "<ListBucketResult>\(listed)</ListBucketResult>"),
        ])
        let objects = try await client(transport).open(StoreAddress(kind: .oss, bucket: "b", key: "p/"))
        #expect(objects.name == "oss://b/p/" && transport.requests.count == 2)
    }

    private struct CutPieces: HTTPBody.Pieces {
        func next() async throws -> (any HTTPBody.Piece)? {
            throw CloudError(.network, "the connection was cut", canRetry: true)
        }
    }

    @Test func anEmptyPrefixIsAnError() async throws {
        let transport = ScriptedTransport.answering([
            HTTPResponse(404, ""), HTTPResponse(200, "<ListBucketResult></ListBucketResult>"),
        ])
        let error = await #expect(throws: CloudError.self) {
            try await client(transport).open(StoreAddress(kind: .oss, bucket: "b", key: "p"))
        }
        #expect(error?.kind == .notFound && error?.location == "oss://b/p")
    }
}
