import AlibabaCloudCore
import BackupBytes
import CloudTestSupport
import DatabaseBackup
import Foundation

/// A stand-in, a clock that sleeps in no time, and the library between them.
struct Surroundings {
    let standIn: StandIn
    let clock = TurnedClock(now: Date())
    let backups: DatabaseBackups
    static let instance = "rm-example"
    static let request = DownloadRequest(instance: instance, source: .backupSet("146005"))

    init(size: Int = 1 << 20) throws {
        standIn = try StandIn(size: size)
        backups = try DatabaseBackups(
            region: "cn-hangzhou", credentials: StandIn.key, endpoint: standIn.address,
            transport: NetworkTransport(environment: [:]), clock: clock.clockwork())
    }

    /// A finished task.
    func finishedTask() async throws -> DownloadTask {
        let made = try await backups.createDownload(Self.request)
        return try await backups.wait(for: made.id, of: Self.instance)
    }
}

/// Whether a link that was asked for then, and is there now, ends that many seconds after it was made (to the second).
func wasGiven(_ expires: Date?, seconds: TimeInterval, since asked: Date) -> Bool {
    guard let made = expires?.addingTimeInterval(-seconds) else { return false }
    return asked.addingTimeInterval(-1) <= made && made <= Date(timeIntervalSinceNow: 1)
}

/// A folder that goes when the test does.
final class Folder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "sluice-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

    func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: file(name)) }
}

/// Whether an error is a `CloudError` of that kind.
func isKind(_ kind: CloudError.Kind) -> @Sendable (any Error) -> Bool {
    { ($0 as? CloudError)?.kind == kind }
}

extension ByteSource where Self: Sendable {
    /// All that comes, read on a thread of its own, as the protocol asks.
    func readAll(chunk: Int = 10_000, seen: @escaping @Sendable (Int) -> Void = { _ in }) async throws -> Data {
        try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread {
                done.resume(
                    with: Result {
                        var all = Data()
                        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 1)
                        defer { buffer.deallocate() }
                        while case let count = try self.read(into: buffer), count > 0 {
                            all.append(contentsOf: buffer[..<count])
                            seen(count)
                        }
                        return all
                    })
            }
        }
    }
}
