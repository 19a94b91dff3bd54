import Foundation
import TestSupport
import Testing

/// Habits that a machine can see.
@Suite struct HabitTests {
    /// Only the command speaks to people.
    @Test(arguments: [
        "print(", "debugPrint(", "dump(", "FileHandle.standard", "fputs(", "STDOUT_FILENO", "STDERR_FILENO", "putchar(",
    ])
    func librariesDoNotWriteToTheStandardStreams(words: String) {
        for file in SourceFile.all where file.target != "sluice" {
            for line in file.code where line.text.contains(words) && !line.text.contains("case \(words)") {
                let before = line.text.range(of: words).flatMap { line.text[..<$0.lowerBound].last }
                #expect(before.map { $0.isLetter || $0 == "." } ?? false, "\(file.path):\(line.number)")
            }
        }
    }

    @Test(arguments: ["fatalError(", "try!", "as!", "preconditionFailure(", "unowned(unsafe)"])
    func nothingTrapsOnPurpose(words: String) {
        for file in SourceFile.all {
            for line in file.code where line.text.contains(words) {
                let before = line.text.range(of: words).flatMap { line.text[..<$0.lowerBound].last }
                #expect(before.map(\.isLetter) ?? false, "\(file.path):\(line.number)")
            }
        }
    }

    /// What the compiler cannot check is little, and each says why and by which rule it holds.
    @Test func uncheckedSendableIsRareAndHasItsReason() {
        let places = SourceFile.all.flatMap { file in
            file.code.filter { $0.text.contains("@unchecked Sendable") }.map { (file: file, line: $0.number) }
        }
        #expect(places.count <= 12)
        for (file, line) in places {
            let comment = file.lines[..<(line - 1)].reversed().prefix { $0.contains("///") }.joined()
            #expect(comment.contains("Unchecked because") && comment.contains("The rule:"), "\(file.path):\(line)")
        }
    }

    /// Errors carry a remedy as a value: the command names its flags, the libraries do not. Other programs' commands
    /// stand in backticks.
    @Test func librariesNameNoFlags() throws {
        let flag = try Regex("\"[^\"]*--[a-z]")
        for file in SourceFile.all where file.target != "sluice" {
            for line in file.code {
                let text = line.text.replacing(/`[^`]*`/, with: "")
                #expect(!text.contains(flag), "\(file.path):\(line.number)")
            }
        }
    }

    /// Files that are longer, each with a reason; the list may only become shorter.
    static let knownLongFiles: Set<String> = []

    @Test func filesAreShort() {
        for file in SourceFile.all + SourceFile.tests + SourceFile.kernels
        where !Self.knownLongFiles.contains(file.path) && !file.path.contains("CCharsetTables/tables/") {
            #expect(file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test(arguments: ["Utils", "Util", "Helpers", "Helper", "Manager", "Impl", "Base", "Common", "Misc"])
    func namesSayWhatThingsAre(word: String) {
        for file in SourceFile.all + SourceFile.tests {
            let stem = file.name.replacing(".swift", with: "")
            #expect(!stem.hasSuffix(word), "\(file.path)")
            for line in file.code {
                for kind in ["class ", "struct ", "enum ", "actor ", "protocol "] {
                    guard let range = line.text.range(of: kind) else { continue }
                    let name = line.text[range.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                    #expect(!name.hasSuffix(word), "\(file.path):\(line.number)")
                }
            }
        }
    }

    /// One style of test names: the function's name is a sentence in camel case.
    @Test func testsAreNamedByTheirFunctions() {
        for file in SourceFile.tests where file.name != "HabitTests.swift" {
            for (number, line) in file.lines.enumerated() {
                #expect(!line.contains("@Test(\"") && !line.contains("func `"), "\(file.path):\(number + 1)")
            }
        }
    }

    /// A test that asserts nothing holds nothing.
    @Test func everyTestAsserts() {
        for file in SourceFile.tests where file.name.hasSuffix("Tests.swift") && file.name != "HabitTests.swift" {
            let text = file.lines.joined(separator: "\n")
            let bodies = text.components(separatedBy: "    @Test").dropFirst()
            for body in bodies {
                #expect(
                    body.contains("#expect") || body.contains("#require") || body.contains("expect("),
                    "\(file.path): \(body.prefix(120))")
            }
        }
    }
}
