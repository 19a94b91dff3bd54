import BackupArchives
import BackupBytes
import BackupLake
import Crypto
import Foundation
import Synchronization

/// Notices at the end of a walk that the files it read are others by then: what was made of them is nothing that ever
/// lay there.
///
/// A file is looked at when it is opened and once more at the end: size, times, inode, device. All files of a folder
/// are looked at when it is listed, and at the end their names are compared, too. Notes that tools and people keep
/// beside data (`metadata`, `*.log`) may change.
final class InputWatch: Sendable {
    private struct Met {
        var files: [(path: String, identity: FileIdentity)] = []
        /// Of everything below a folder, sorted.
        var names: [String]?
    }

    private let root: String
    private let met = Mutex(Met())

    /// `root`: the file or folder that is read.
    init(_ root: String) { self.root = root }

    /// Another file of the input is open.
    func note(_ file: FileSource) {
        guard let identity = file.identity, !Self.mayChange(file.path) else { return }
        met.withLock { $0.files.append((file.path, identity)) }
    }

    /// The folder was listed.
    func note(names: [String]) {
        let files = names.filter { !Self.mayChange($0) }.compactMap { name in
            FileIdentity(path: root + "/" + name, followsLinks: false).map { (root + "/" + name, $0) }
        }
        met.withLock { $0 = Met(files: files, names: names) }
    }

    /// - Throws: `ExportError` that names the first change.
    func check() throws {
        let (files, names) = met.withLock { ($0.files, $0.names) }
        for (path, identity) in files {
            guard let now = FileIdentity(path: path, followsLinks: names == nil) else {
                throw Self.changed(path, "it is not there any more")
            }
            if let change = now.change(since: identity) { throw Self.changed(path, change) }
        }
        if let names { try check(names) }
    }

    private func check(_ names: [String]) throws {
        var isMet = [Bool](repeating: false, count: names.count)
        do {
            try FolderListing.each(below: root) { name in
                if let index = names.sortedIndex(of: name) {
                    isMet[index] = true
                } else if !Self.mayChange(name) {
                    throw Self.changed(root + "/" + name, "it was not there at the beginning")
                }
            }
        } catch { throw ExportError.wrap(error, entry: root) }
        if let gone = names.indices.first(where: { !isMet[$0] && !Self.mayChange(names[$0]) }) {
            throw Self.changed(root + "/" + names[gone], "it is not there any more")
        }
    }

    /// Of the names, sizes and times of all files of the folder: another one where any of them has changed.
    var digest: String {
        var names: [String] = []
        try? FolderListing.each(below: root) { if !Self.mayChange($0) { names.append($0) } }
        names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var hash = SHA256()
        for name in names {
            let identity = FileIdentity(path: root + "/" + name, followsLinks: false)?.text ?? ""
            hash.update(data: Data("\(name.utf8.count):\(name)\(identity)\n".utf8))
        }
        return Hex.text(hash.finalize())
    }

    private static func mayChange(_ path: String) -> Bool { Entry.isKnownBystander(path) }

    private static func changed(_ path: String, _ change: String) -> ExportError {
        ExportError(
            .inputChanged, entry: path, why: "the input changed while it was read: \(change)",
            remedy: "convert it again when nothing writes to it any more")
    }
}

extension [String] {
    /// Where it stands in an array that is sorted by bytes.
    fileprivate func sortedIndex(of text: String) -> Int? {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].utf8.lexicographicallyPrecedes(text.utf8) { low = middle + 1 } else { high = middle }
        }
        return low < count && ExactText(self[low]) == ExactText(text) ? low : nil
    }
}

extension ExportWalk {
    /// The next event; nil at the end of an input that is still what it was. What is wrong with one that changed comes
    /// of that.
    func nextOfSameInput() throws -> WalkEvent? {
        do {
            if let event = try next() { return event }
        } catch let error as CancellationError {
            throw error
        } catch {
            try watch?.check()
            throw error
        }
        try watch?.check()
        return nil
    }
}
