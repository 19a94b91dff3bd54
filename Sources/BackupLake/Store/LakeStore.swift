import BackupBytes
import Foundation

/// Where an output is written: a local folder, one day a bucket. Everything that makes an output what it is
/// lies above this protocol and is written once: names of parts, compression, hashes, the manifest, checkpoints, the
/// commit. A new kind of store is one type that keeps these promises:
///
/// - **Two states.** A file is made as a draft, which no reader of the output mistakes for a part of it (a folder
///   calls it `name.partial`; an upload that is not completed is one as it is). `publish` makes it final in one step:
///   a reader finds all of it, or none. A draft and a final file of one path may be there at the same time.
/// - **Bytes stay.** What was written before a `sync` that succeeded is there after a crash of the machine, and so are
///   names given before it. Nothing is promised of the order in which other bytes and names last.
/// - **Once more.** Each call may be made again after a failure, by this process or another, with the same result.
/// - **Paths** are relative, names with `/` between them, made by `FolderName` and `PartPath` or fixed names that begin
///   with `_` or `.`. A store opens nothing outside of its own root, whatever lies there.
/// - **One writer.** `lock` keeps every other run out, of any process, until it is released or its process ends.
/// - **Errors** are `LakeError`s that name the file; what may succeed later has the codes `diskFull` or `noResources`.
///
/// Calls come from one thread at a time, but for those of `LakeFile`.
package protocol LakeStore: AnyObject, Sendable {
    /// As errors name it.
    var name: String { get }

    // MARK: Looking

    /// Names of everything that lies at the root, drafts by their own.
    func names() throws -> [String]
    /// Bytes of a file; nil: there is none.
    func length(of path: String, _ state: LakeFileState) throws -> Int?
    /// The bytes of a small final file; nil: there is none.
    func contents(of path: String, limit: Int) throws -> Data?

    // MARK: Files

    /// A new, empty draft; one that is there goes.
    func create(_ path: String) throws -> any LakeFile
    /// A draft that is there, to be written to at its end.
    func open(_ path: String) throws -> any LakeFile
    /// A file from its first byte.
    func read(_ path: String, _ state: LakeFileState) throws -> any ByteSource
    /// A file that counts as it grows: final from its first byte. `length`: bytes that it holds and keeps; nil: a new
    /// one.
    func openLog(_ name: String, keeping length: Int?) throws -> any LakeFile
    /// Makes a file of an earlier run a draft again, or leaves it final, and cuts off what follows `length`.
    /// - Throws: where it is missing, shorter, or not a file of its own.
    func recover(_ path: String, _ state: LakeFileState, length: Int) throws

    // MARK: Names

    /// Makes a draft final; a final file of this path goes.
    func publish(_ path: String) throws
    /// Makes a final file a draft again.
    func withdraw(_ path: String) throws
    /// Of the staging of a store: makes a file of it a final one of that store, under the same path.
    /// - Returns: false: there is none of this path and state.
    func promote(_ path: String, _ state: LakeFileState) throws -> Bool
    /// - Returns: whether there was one.
    @discardableResult
    func remove(_ path: String, _ state: LakeFileState) throws -> Bool
    /// Of these folders and those above them, removes the ones that are empty, where a store has such.
    func removeEmptyFolders(_ folders: Set<String>)

    // MARK: Durability

    /// Waits until names given at the root are durable.
    func syncNames() throws
    /// Waits until all bytes and names are durable.
    func sync() throws

    // MARK: Runs

    /// Refuses where another run has it.
    func lock() throws -> any LakeLock
    /// Where a run keeps, on a local disk, what another needs to resume it.
    var workFolder: WorkFolder { get }
    /// A local folder for files that have no names.
    var spillFolder: String { get }
    /// A store inside this one, for an output that is to replace the one here: its files are moved when all of
    /// them are whole (`promote`). nil: there is none yet.
    func staging() throws -> (any LakeStore)?
    func makeStaging() throws -> any LakeStore
    /// Removes it, where no file is left in it.
    /// - Returns: false where one is.
    @discardableResult
    func removeStaging() -> Bool
}

/// What readers of an output see of a file.
package enum LakeFileState: Sendable {
    case draft
    case final
}

/// Keeps other runs out until it is released, or is gone.
package protocol LakeLock: AnyObject {
    func release()
}

extension LakeStore {
    /// As errors name a file.
    func location(of path: String) -> String { "\(name)/\(path)" }
    func has(_ path: String) throws -> Bool { try length(of: path, .final) != nil }
}
