import AlibabaCloudCore
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
