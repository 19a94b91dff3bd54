import BackupRows

/// Paths of part files, as a manifest or the notes of a run have them: `shop/orders/part-00000.ndjson.gz`, below the
/// output folder.
enum PartPath {
    /// Whether a run may have written it. Notes can be forged: nothing else is ever opened or removed on their word.
    static func isValid(_ path: String) -> Bool {
        let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return names.count > 1 && names.allSatisfy(isFolderName) && isPartName(names[names.count - 1])
    }

    /// What `FolderName` makes, of this version or an earlier one.
    static func isFolderName(_ name: some Collection<UInt8>) -> Bool {
        name.first.map { $0 != UInt8(ascii: ".") } ?? false
            && name.allSatisfy { byte in
                switch byte {
                case 0x30 ... 0x39, 0x41 ... 0x5A, 0x61 ... 0x7A: true
                default: [UInt8](".-_%~".utf8).contains(byte)
                }
            }
    }

    private static func isPartName(_ name: Substring.UTF8View) -> Bool {
        var name = Substring(name)
        for suffix in [".gz", ".zst"] where name.hasSuffix(suffix) { name.removeLast(suffix.utf8.count) }
        guard let kind = TableKind.allCases.first(where: { name.hasPrefix("\($0.partName)-") }),
            name.hasSuffix(".ndjson")
        else { return false }
        let digits = name.dropFirst(kind.partName.utf8.count + 1).dropLast(7)
        return digits.utf8.count >= 5 && digits.utf8.allSatisfy { (0x30 ... 0x39).contains($0) }
    }
}
