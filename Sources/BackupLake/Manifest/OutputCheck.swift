import BackupBytes
import Crypto
import Foundation
import Synchronization

/// Compares what lies in a folder with its manifest: every file is read and hashed again.
public struct OutputCheck: Sendable {
    /// A file that is not what the manifest says.
    public struct Difference: Sendable, Equatable, CustomStringConvertible {
        /// Relative to the folder.
        public var path: String
        /// What is wrong with it.
        public var why: String

        /// One line.
        public var description: String { "\(path.printable): \(why.printable)" }
    }

    /// Files that the manifest lists.
    public private(set) var files = 0
    /// Bytes that were read.
    public private(set) var bytes = 0
    /// In the order of the manifest, what is wrong with the whole first. Empty: the folder is whole.
    public private(set) var differences: [Difference] = []

    /// Checks a folder, with as many threads as the machine has cores. Blocks.
    ///
    /// - Parameters:
    ///   - folder: an output folder.
    ///   - progress: called after each file, on any thread, with the number of files and bytes so far.
    /// - Throws: `LakeError`: `noOutput` where no run has written a manifest there; `outputDamaged` where that was
    ///   changed; `noResources`.
    public init(
        of folder: String, progress: (@Sendable (_ files: Int, _ bytes: Int) -> Void)? = nil
    ) throws {
        var status = stat()
        guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw LakeError(.noOutput, why: "\(folder) is not a folder")
        }
        let store = try FolderStore(folder)
        let manifest = try Self.manifest(in: store)
        if try !store.has(OutputCleaner.success) {
            differences.append(Difference(path: OutputCleaner.success, why: "is missing: the output is not complete"))
        }
        if !manifest.complete {
            differences.append(Difference(path: Manifest.name, why: "says that the output is not complete"))
        }
        let found = try Self.compare(manifest.parts, in: store, progress)
        files = manifest.parts.count
        bytes = found.bytes
        differences += found.differences.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func manifest(in store: any LakeStore) throws -> StoredManifest {
        do {
            if let manifest = try StoredManifest.read(in: store) { return manifest }
        } catch var error as LakeError where error.code == .outputExists {  // for a run, that is what is wrong with it
            error.code = .outputDamaged
            throw error
        }
        throw LakeError(.noOutput, why: "\(store.name) has no manifest that a run has written (\(Manifest.name))")
    }

    private struct Found {
        var next = 0
        var done = 0
        var bytes = 0
        var differences: [Int: Difference] = [:]
        var failure: (any Error)?

        /// The index of the next file; nil after the last, and after a failure.
        mutating func takeNext(of count: Int) -> Int? {
            guard next < count, failure == nil else { return nil }
            defer { next += 1 }
            return next
        }
    }

    private static func compare(
        _ parts: [ConversionReport.File], in store: any LakeStore,
        _ progress: (@Sendable (_ files: Int, _ bytes: Int) -> Void)?
    ) throws -> (bytes: Int, differences: [Int: Difference]) {
        let state = Mutex(Found())
        let body: @Sendable () -> Void = {
            while let index = state.withLock({ $0.takeNext(of: parts.count) }) {
                let part = parts[index]
                do {
                    let (bytes, why) = try compare(part, in: store)
                    let (done, all) = state.withLock { state in
                        state.bytes += bytes
                        state.done += 1
                        if let why { state.differences[index] = Difference(path: part.path, why: why) }
                        return (state.done, state.bytes)
                    }
                    progress?(done, all)
                } catch { state.withLock { $0.failure = $0.failure ?? error } }
            }
        }
        // This thread is one of them; fewer do as well.
        let others = min(ProcessInfo.processInfo.activeProcessorCount, parts.count) - 1
        let stages = (0 ..< max(0, others)).compactMap { try? Stage("sluice.verify.\($0)", body) }
        body()
        for stage in stages { stage.join() }
        return try state.withLock { state in
            if let failure = state.failure { throw failure }
            return (state.bytes, state.differences)
        }
    }

    /// The bytes of a file that were read, and what is wrong with it.
    private static func compare(
        _ part: ConversionReport.File, in store: any LakeStore
    ) throws -> (bytes: Int, why: String?) {
        var hash = SHA256(), bytes = 0
        do {
            guard try store.has(part.path) else { return (0, "is missing") }
            let source = try store.read(part.path, .final), slab = Slab(), length = source.length ?? 0
            if length != part.bytes { return (0, "has \(length) bytes, and the manifest says \(part.bytes)") }
            while true {
                slab.reset()
                let count = try source.read(into: slab.room)
                if count == 0 { break }
                hash.update(bufferPointer: .init(start: slab.base, count: count))
                bytes += count
            }
        } catch let failure as SystemFailure where !failure.isShortage {
            return (bytes, "cannot be read: \(failure)")
        } catch let error as LakeError where error.code != .noResources {
            return (bytes, "cannot be read: \(error.why)")
        }
        if bytes != part.bytes { return (bytes, "has \(bytes) bytes, and the manifest says \(part.bytes)") }
        return (bytes, Hex.text(hash.finalize()) == part.sha256 ? nil : "its SHA-256 is not the manifest's")
    }
}
