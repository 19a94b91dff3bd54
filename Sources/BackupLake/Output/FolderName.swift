import BackupRows
import Crypto
import Foundation

/// Turns the true name of a database, schema or table into the name of a folder.
enum FolderName {
    /// Letters, digits, `_`, `-` and inner `.` stay; every other byte is percent-encoded; over 200 bytes the rest
    /// becomes a hash.
    static func encode(_ name: String) -> String {
        let bytes = Array(name.utf8)
        var out = ""
        for (index, byte) in bytes.enumerated() {
            let isLetterOrDigit =
                (0x30 ... 0x39).contains(byte) || (0x41 ... 0x5A).contains(byte) || (0x61 ... 0x7A).contains(byte)
            let isInnerDot = byte == 0x2E && index > 0 && index < bytes.count - 1
            if isLetterOrDigit || byte == 0x5F || byte == 0x2D || isInnerDot {
                out.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                out += String(format: "%%%02X", byte)
            }
        }
        if out.isEmpty { return "%" }
        guard out.utf8.count > 200 else { return out }
        var cut = String(out.prefix(180))
        // Never in the middle of an encoded byte.
        if let percent = cut.suffix(2).lastIndex(of: "%") { cut = String(cut[..<percent]) }
        return cut + "-" + hash(name)
    }

    private static func hash(_ name: String) -> String {
        Hex.text(SHA256.hash(data: Data(name.utf8)).prefix(8))
    }

    /// `shop/public/orders`. `twin`: how many others have its path already, on a store that ignores the case of
    /// letters; a hash keeps them apart.
    static func path(_ table: TableName, twin: Int = 0) -> String {
        var parts = table.parts.map(encode)
        if twin > 0, let last = parts.popLast() {
            parts.append("\(last)-\(hash(table.description + String(repeating: "\0", count: twin - 1)))")
        }
        if let first = parts.first { parts[0] = besideOurs(first) }
        return parts.map(besideParts).joined(separator: "/")
    }

    /// Our own files lie beside the folders of the first level, whatever their case.
    private static func besideOurs(_ folder: String) -> String {
        let name = folder.lowercased(), own = name.hasSuffix(".partial") ? String(name.dropLast(8)) : name
        return own == "_manifest.json" || own == "_success" ? "%5F" + folder.dropFirst() : folder
    }

    /// Part files lie beside the folders of a deeper level.
    private static func besideParts(_ folder: String) -> String {
        let name = folder.lowercased()
        guard name.contains(".ndjson"), TableKind.allCases.contains(where: { name.hasPrefix("\($0.partName)-") }) else {
            return folder
        }
        return folder.utf8.prefix(1).map { String(format: "%%%02X", $0) }.joined() + folder.dropFirst()
    }
}
