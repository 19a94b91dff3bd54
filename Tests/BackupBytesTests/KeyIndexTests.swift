import BackupBytes
import Foundation
import TestSupport
import Testing

/// Very many keys in little memory: what most of them were given lies in a file.
@Suite struct KeyIndexTests {
    @Test func everyKeyIsFoundAgainAndNoOther() throws {
        let scratch = try Scratch(), index = KeyIndex(folder: scratch.path), count = 60_000
        defer { withExtendedLifetime(scratch) {} }
        for number in 0 ..< count { try index.put(number, for: "key \(number)") }
        for number in stride(from: 0, to: count, by: 3) { try index.remove("key \(number)") }
        for number in stride(from: 0, to: count, by: 5) { try index.put(number + 1, for: "key \(number)") }
        for number in 0 ..< count {
            let expected = number % 5 == 0 ? number + 1 : number % 3 == 0 ? nil : number
            #expect(try index.number(of: "key \(number)") == expected)
            #expect(try index.number(of: "other \(number)") == nil)
        }
    }

    @Test func aKeyIsNewOnce() throws {
        let index = KeyIndex()
        #expect(try index.insert("a"))
        #expect(try !index.insert("a"))
        try index.remove("a")
        #expect(try index.insert("a"))
    }

    @Test func aFolderThatCannotBeWrittenIsAnErrorNotALoss() throws {
        let index = KeyIndex(folder: "/dev/null")
        #expect(throws: SystemFailure.self) { for number in 0 ..< 100_000 { try index.put(number, for: number) } }
    }
}
