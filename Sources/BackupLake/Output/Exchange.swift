import Foundation

/// How the output of a run replaces an earlier one. Until it is whole it lies in a folder inside, all files
/// by their unfinished names:
///
///     lake/_SUCCESS, _manifest.json, shop/orders/part-00000.ndjson        the old output
///     lake/.sluice.new/_manifest.json, shop/orders/part-00000.ndjson.partial      the new one
///     lake/.sluice.new/complete, replaced         the new one is whole; what of the old one it replaces
///
/// From `complete` on, each step can be done again, by this run or the next:
///
///     1. the old _SUCCESS goes, and then the old manifest
///     2. old parts are removed, new ones are moved and get their final names
///     3. the new manifest, the new _SUCCESS
///
/// Each step is on the disk before the next begins. So with _SUCCESS there is one whole output, and between two there
/// is none.
struct Exchange {
    private static let mark = "complete", list = "replaced"

    let store: any LakeStore
    let new: any LakeStore

    /// Whether the new output is whole, and about to replace the old one.
    static func isUnderWay(in new: any LakeStore) throws -> Bool { try new.has(mark) }

    /// Makes the new output whole. Nothing of the old one has changed when this fails.
    func prepare(_ manifest: Manifest, parts: some Sequence<String>, replacing old: Set<String>) throws {
        for path in old { _ = try store.has(path) }
        for path in parts where !old.contains(path) {
            guard try store.has(path) else { continue }
            throw LakeError(
                .outputExists,
                why: "\(store.location(of: path)) is in the way: the manifest of the earlier run does not list it",
                remedy: "move it, and run it again with \(.resumesOutput)")
        }
        let files = [Manifest.name, Self.list, OutputCleaner.success, Self.mark].map { DurableFile($0, in: new) }
        try files[0].write(manifest.pieces)
        try files[1].write(Data(old.sorted().map { $0 + "\n" }.joined().utf8))
        for file in files[2...] { try file.write(Data()) }
        try store.sync()
        for file in files.dropLast() { try file.giveFinalName() }
        try new.syncNames()
        try files[3].giveFinalName()
        try new.syncNames()
    }

    /// Does what remains.
    func finish() throws {
        if let manifest = try StoredManifest.read(in: new) { try replace(manifest) }
        if try !store.has(OutputCleaner.success) {
            if try !new.promote(OutputCleaner.success, .final) {
                try DurableFile(OutputCleaner.success, in: store).write(Data())
                try DurableFile(OutputCleaner.success, in: store).giveFinalName()
            }
            try store.syncNames()
        }
        // The exchange is done. What cannot be removed is left to the next run.
        try? tidy()
    }

    /// Removes what was made ready for an exchange that did not begin.
    static func removeNotes(in new: any LakeStore) throws {
        for name in [Manifest.name, list, OutputCleaner.success, mark] {
            try new.remove(name, .draft)
            try new.remove(name, .final)
        }
    }

    private func tidy() throws {
        try OutputCleaner.removeNotes(in: new)
        for name in [Self.list, OutputCleaner.success] { try new.remove(name, .final) }
        try new.syncNames()
        try new.remove(Self.mark, .final)
        store.removeStaging()
    }

    private func replace(_ manifest: StoredManifest) throws {
        let paths = Set(manifest.parts.map(\.path)), old = try replaced()
        try store.remove(OutputCleaner.success, .final)
        try store.syncNames()
        try store.remove(Manifest.name, .final)
        for name in [Manifest.name, OutputCleaner.success] { try store.remove(name, .draft) }
        try OutputCleaner.removeNotes(in: store)
        try store.syncNames()
        try OutputCleaner.removeParts(old, in: store, keepingNames: paths)
        for part in manifest.parts {
            if try new.promote(part.path, .draft) { continue }
            guard try store.length(of: part.path, .final) == part.bytes else {
                throw LakeError(
                    .outputExists,
                    why: "\(new.location(of: part.path)).partial is missing: the new output is not whole any more",
                    remedy: "remove \(store.name), and convert again")
            }
        }
        try store.sync()
        // Not before: a disk may lose the new name of a part, and keep that its folder has gone.
        new.removeEmptyFolders(Set(paths.map(\.enclosingFolder)))
        guard try new.promote(Manifest.name, .final) else {
            throw LakeError.output("rename", new.location(of: Manifest.name), ENOENT)
        }
        try store.syncNames()
    }

    private func replaced() throws -> [String] {
        let text = try new.contents(of: Self.list, limit: .max) ?? Data()
        return text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }.filter(
            PartPath.isValid)
    }
}
