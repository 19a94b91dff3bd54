import BackupBytes
import BackupRows
import Foundation
import Testing

@testable import BackupLake

/// Rule 26: names of folders that any file system and any bucket takes, never two the same.
@Suite struct FolderNameTests {
    @Test(arguments: [
        ("orders", "orders"), ("a.b", "a.b"), (".hidden", "%2Ehidden"), ("end.", "end%2E"), ("..", "%2E%2E"),
        (".", "%2E"), ("", "%"),
        ("a/b", "a%2Fb"), ("a\\b", "a%5Cb"), ("a b", "a%20b"), ("ü", "%C3%BC"), ("a%b", "a%25b"), ("A-z_0", "A-z_0"),
        ("a\u{0}b", "a%00b"),
        ("a~b", "a%7Eb"), ("*?:", "%2A%3F%3A"),
    ])
    func encoding(name: String, folder: String) {
        #expect(FolderName.encode(name) == folder)
    }

    @Test(arguments: [200, 201, 300, 5000])
    func longNamesAreCutAndHashed(length: Int) {
        let a = String(repeating: "x", count: length), b = a.dropLast() + "y"
        #expect(FolderName.encode(a).utf8.count <= 200)
        #expect(FolderName.encode(a) != FolderName.encode(String(b)))
        #expect((FolderName.encode(a) == a) == (length <= 200))
    }

    @Test func neverCutInsideAnEncodedByte() {
        for length in 58 ... 72 {
            let folder = FolderName.encode("x" + String(repeating: "ü", count: length))
            let encoded = folder.split(separator: "-")[0]
            #expect(encoded.dropFirst().count % 3 == 0, "\(folder)")
            #expect(folder.utf8.count <= 200 || length < 34)
        }
    }

    @Test func namesThatDifferOnlyInCaseAreKeptApart() {
        let upper = FolderName.path(TableName(database: "d", table: "Case"), twin: 1)
        let lower = FolderName.path(TableName(database: "d", table: "case"), twin: 1)
        #expect(upper.lowercased() != lower.lowercased())
        #expect(lower.hasPrefix("d/case-") && !lower.contains("~"))
    }

    /// What a twin is called may be another table's own name.
    @Test func aNameThatEndsAsATwinIsKeptApartToo() throws {
        let folder = NSTemporaryDirectory()
        let outputs = try TableOutputs(
            store: FolderStore(folder), form: OutputForm(.none), log: RecordLog(), journal: nil,
            spillFolder: folder)
        let names = ["Case", "case", "CASE"].map { TableName(database: "d", table: $0) }
        let twin = TableName(database: "d", table: String(FolderName.path(names[1], twin: 1).dropFirst(2)))
        let paths = try (names + [twin, TableName(database: "d", table: twin.table.uppercased())]).map { name in
            try outputs.add(name)
            return try #require(try outputs.output(of: name)).parts.path.lowercased()
        }
        #expect(Set(paths).count == paths.count, "\(paths)")
    }

    @Test(arguments: [
        "_manifest.json", "_SUCCESS", "_Success", "_MANIFEST.JSON", "_SUCCESS.partial", "_manifest.json.partial",
    ])
    func namesOfOurOwnFilesAreNotToBeHad(name: String) {
        #expect(FolderName.path(TableName(table: name)) == "%5F" + name.dropFirst())
        #expect(FolderName.path(TableName(database: name, table: "t")) == "%5F\(name.dropFirst())/t")
        #expect(FolderName.path(TableName(database: "d", table: name)) == "d/\(name)")
    }

    @Test(arguments: ["part-00000.ndjson", "Part-00001.NDJSON.gz", "part-00000.ndjson.partial"])
    func partFilesAreNotToBeHad(name: String) {
        let path = FolderName.path(TableName(database: "d", table: name))
        #expect(path == "d/%\(name.hasPrefix("p") ? "70" : "50")\(name.dropFirst())")
    }

    @Test(arguments: [".sluice.run", ".sluice.work", ".sluice.lock"])
    func noFolderBeginsWithADot(name: String) {
        #expect(FolderName.path(TableName(database: name, table: "t")) == "%2E\(name.dropFirst())/t")
    }
}
