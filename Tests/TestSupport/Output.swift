import Foundation

/// An output folder as it was left.
package struct Output {
    package let folder: String
    /// Relative paths of everything in it.
    package let files: [String]
    package let manifest: [String: Any]?

    /// What keeps the folder from being removed.
    private let scratch: Scratch?

    package init(_ folder: String, keeping scratch: Scratch? = nil) {
        self.folder = folder
        self.scratch = scratch
        files = Files.below(folder)
        let data = FileManager.default.contents(atPath: folder + "/_manifest.json")
        manifest = data.flatMap { try? JSONSerialization.jsonObject(with: $0) as? [String: Any] }
    }

    package var isComplete: Bool { manifest?["complete"] as? Bool ?? false }
    package var hasSuccess: Bool { files.contains("_SUCCESS") }
    package var tables: [[String: Any]] { manifest?["tables"] as? [[String: Any]] ?? [] }
    package var warnings: [String] {
        (manifest?["warnings"] as? [String] ?? []) + tables.flatMap { $0["warnings"] as? [String] ?? [] }
    }

    /// Data files that bear their final names.
    package var finalParts: [String] {
        files.filter { $0.hasSuffix(".ndjson") || $0.hasSuffix(".ndjson.gz") || $0.hasSuffix(".ndjson.zst") }
    }

    /// The bytes of each table, by its true name, parts one after another.
    package func lines() throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for table in tables {
            let name = ["database", "schema", "table"].compactMap { table[$0] as? String }.joined(separator: ".")
            for file in table["files"] as? [[String: Any]] ?? [] {
                found[name, default: []] += try Files.bytes(folder + "/" + (file["path"] as? String ?? ""))
            }
        }
        return found
    }

    /// What an interrupted or failed run must not have left; empty when all is well.
    package var signsOfCompletion: [String] {
        finalParts + files.filter { $0 == "_SUCCESS" } + (isComplete ? ["a manifest that says complete"] : [])
    }
}
