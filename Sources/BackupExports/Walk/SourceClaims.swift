import BackupBytes
import Synchronization

/// Streams that have been read, or are: a stream is read once, and a second reader would find the middle of it.
enum SourceClaims {
    private struct Claim {
        weak var source: (any ByteSource)?
    }

    private static let claims = Mutex<[ObjectIdentifier: Claim]>([:])

    /// - Throws: `ExportError` where it has a reader.
    static func claim(_ source: any ByteSource, name: String) throws {
        let isFirst = claims.withLock { claims in
            if claims[ObjectIdentifier(source)]?.source != nil { return false }
            if claims.count >= 64 { claims = claims.filter { $0.value.source != nil } }
            claims[ObjectIdentifier(source)] = Claim(source: source)
            return true
        }
        if isFirst { return }
        throw ExportError(
            .outOfTurn, entry: name, why: "this stream has a reader already, and is read once",
            advice: "open another one")
    }
}
