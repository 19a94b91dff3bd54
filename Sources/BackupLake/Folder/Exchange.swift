import Foundation

/// How the output of a run takes the place of an earlier one. Until it is whole it lies in a folder inside, all files
/// by their unfinished names:
///
///     lake/_SUCCESS, _manifest.json, shop/orders/part-00000.ndjson        the old output
///     lake/.sluice.new/_manifest.json, shop/orders/part-00000.ndjson.partial      the new one
///     lake/.sluice.new/complete, replaced         the new one is whole; what of the old one it replaces
///
/// From `complete` on, each step can be done again, by this run or the next:
///
///     1. the old _SUCCESS goes, and then the old manifest
///     2. old parts go, new ones get their places and their final names
///     3. the new manifest, the new _SUCCESS
///
/// Each step is on the disk before the next begins. So with _SUCCESS there is one whole output, and between two there
/// is none.
struct Exchange {
    static let name = ".sluice.new"
    private static let mark = "complete", list = "replaced"

    let folder: OutputDirectory
    let new: OutputDirectory

    /// Whether the new output is whole, and takes its place.
    static func isUnderWay(in new: OutputDirectory) throws -> Bool { try new.has(mark) }

    /// Makes the new output whole. Nothing of the old one has changed when this fails.
    func prepare(_ manifest: Manifest, parts: some Sequence<String>, replacing old: Set<String>) throws {
        for path in old { _ = try folder.status(path) }
        for path in parts where !old.contains(path) {
            guard try folder.has(path) else { continue }
            throw LakeError(
                .outputExists,
                why: "\(folder.full(path)) is in the way: the manifest of the earlier run does not list it",
                advice: "move it, and run it again with --resume")
        }
        let files = [Manifest.name, Self.list, FolderCleaner.success, Self.mark].map { DurableFile($0, in: new) }
        try files[0].write(manifest.pieces)
        try files[1].write(Data(old.sorted().map { $0 + "\n" }.joined().utf8))
        for file in files[2...] { try file.write(Data()) }
        try folder.syncAll()
        for file in files.dropLast() { try file.giveFinalName() }
        try new.sync()
        try files[3].giveFinalName()
        try new.sync()
    }

    /// Does what remains.
    func finish() throws {
        if let manifest = try StoredManifest.read(in: new) { try replace(manifest) }
        if try !folder.has(FolderCleaner.success) {
            do { try new.rename(FolderCleaner.success, to: FolderCleaner.success, in: folder) } catch OutputDirectory
                .Missing.it
            {
                try DurableFile(FolderCleaner.success, in: folder).write(Data())
                try DurableFile(FolderCleaner.success, in: folder).giveFinalName()
            }
            try folder.sync()
        }
        // The new output has its place. What cannot be removed is left to the next run.
        try? tidy()
    }

    private func tidy() throws {
        try FolderCleaner.removeNotes(in: new)
        for name in [Self.list, FolderCleaner.success] { try new.remove(name) }
        try new.sync()
        try new.remove(Self.mark)
        folder.removeFolder(Self.name)
    }

    private func replace(_ manifest: StoredManifest) throws {
        let paths = Set(manifest.parts.map(\.path)), old = try replaced()
        try folder.remove(FolderCleaner.success)
        try folder.sync()
        for name in [Manifest.name, Manifest.name + ".partial", FolderCleaner.success + ".partial"] {
            try folder.remove(name)
        }
        try FolderCleaner.removeNotes(in: folder)
        try folder.sync()
        try FolderCleaner.removeParts(old, in: folder, keepingNames: paths)
        for part in manifest.parts {
            do {
                try new.rename(part.path + ".partial", to: part.path, in: folder, makesFolders: true)
            } catch OutputDirectory.Missing.it {
                guard let status = try folder.status(part.path), Int(status.st_size) == part.bytes else {
                    throw LakeError(
                        .outputExists,
                        why: "\(new.full(part.path)).partial is missing: the new output is not whole any more",
                        advice: "remove \(folder.path), and convert again")
                }
            }
        }
        FolderCleaner.removeEmptyFolders(Set(paths.map(\.enclosingFolder)), in: new)
        try folder.syncAll()
        try new.rename(Manifest.name, to: Manifest.name, in: folder)
        try folder.sync()
    }

    private func replaced() throws -> [String] {
        let text = try new.contents(of: Self.list, limit: .max) ?? Data()
        return text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }.filter(
            PartPath.isValid)
    }
}
