import BackupBytes

extension Stage {
    /// What `body` gives, from a thread of its own; the task that waits for it holds none.
    static func run<Success: Sendable>(
        _ name: String, _ body: @escaping @Sendable () throws -> Success
    ) async throws -> Success {
        try await withCheckedThrowingContinuation { continuation in
            do {
                _ = try Stage(name) { continuation.resume(with: Result { try body() }) }
            } catch { continuation.resume(throwing: ExportError.wrap(error, entry: nil)) }
        }
    }
}
