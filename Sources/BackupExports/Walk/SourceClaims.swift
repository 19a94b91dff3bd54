import BackupBytes
import Synchronization

/// Streams that have been read, or are. The compiler sees to it that a source is handed over once, but for one that is
/// `Sendable`, which may stand in several inputs.
enum SourceClaims {
    private struct Claim: Sendable {
        /// Unsafe because any thread looks. The rule: nothing is asked of it but whether it is still there.
        nonisolated(unsafe) weak var source: (any ByteSource)?
    }

    private static let claims = Mutex<[ObjectIdentifier: Claim]>([:])

    /// - Returns: false where it has a reader.
    static func claim(_ source: any ByteSource) -> Bool {
        let identity = ObjectIdentifier(source), claim = Claim(source: source)
        return claims.withLock { claims in
            if claims[identity]?.source != nil { return false }
            if claims.count >= 64 { claims = claims.filter { $0.value.source != nil } }
            claims[identity] = claim
            return true
        }
    }
}
