@testable import BackupExports
import Testing

/// Rule 26: names of folders that any file system and any bucket takes, never two the same.
@Suite struct FolderNameTests {
    @Test(arguments: [
        ("orders", "orders"), ("a.b", "a.b"), (".hidden", "%2Ehidden"), ("end.", "end%2E"), ("..", "%2E%2E"), (".", "%2E"), ("", "%"),
        ("a/b", "a%2Fb"), ("a\\b", "a%5Cb"), ("a b", "a%20b"), ("ü", "%C3%BC"), ("a%b", "a%25b"), ("A-z_0", "A-z_0"), ("a\u{0}b", "a%00b"),
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
            let encoded = folder.split(separator: "~")[0]
            #expect(encoded.dropFirst().count % 3 == 0, "\(folder)")
            #expect(folder.utf8.count <= 200 || length < 34)
        }
    }

    @Test func namesThatDifferOnlyInCaseAreKeptApart() {
        let upper = FolderName.path(TableName(database: "d", table: "Case"), hashed: true)
        let lower = FolderName.path(TableName(database: "d", table: "case"), hashed: true)
        #expect(upper.lowercased() != lower.lowercased())
    }

    @Test(arguments: ["_manifest.json", "_SUCCESS"])
    func namesOfOurOwnFilesAreNotToBeHad(name: String) {
        #expect(FolderName.path(TableName(table: name)) != name)
    }
}
