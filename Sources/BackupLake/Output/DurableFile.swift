import BackupBytes
import Foundation

/// A small file that gets its name only when its bytes are durable.
struct DurableFile {
    private let store: any LakeStore
    private let name: String

    init(_ name: String, in store: any LakeStore) {
        self.store = store
        self.name = name
    }

    func write(_ data: Data) throws { try write { try $0(data) } }

    /// Writes it as a draft, as `pieces` come.
    func write(_ pieces: (_ emit: (Data) throws -> Void) throws -> Void) throws {
        let file = try store.create(name)
        var end = 0
        try pieces { data in
            try LakeError.wrapping { try data.withUnsafeBytes { try file.write($0, at: end, isWaiting: false) } }
            end += data.count
        }
        try LakeError.wrapping { try file.sync() }
    }

    func giveFinalName() throws {
        try store.publish(name)
        try? store.syncNames()
    }

    /// The draft, and the final file.
    func remove() throws {
        try store.remove(name, .draft)
        try store.remove(name, .final)
    }
}
