import Foundation
import TestSupport
import Testing

/// One word for one thing, the field's word where there is one, in names and comments of Swift and C, tests included.
@Suite struct WordTests {
    /// What is not said, and what is said instead.
    static let banned: [(words: String, instead: String)] = [
        ("go on|goes on|going on|gone on|went on", "resume, continue"),
        ("lay aside|lays aside|laid aside|laying aside|put aside|puts aside", "spill, evict, reject"),
        ("take up|takes up|taken up|taking up|took up", "resume, open again"),
        ("settle|settles|settled|settling|settlement", "resolve, drain"),
        ("guest|guests|waiting room", "pending item"),
        ("spool|spools|spooled|spooling", "spill"),
        ("tell|tells|told|telling|teller", "report, show, declare, decide"),
        ("whoever", "the thread, the caller, the reader"),
        ("behind", "after, under"),
    ]

    /// Where a word has another meaning, or belongs to the command's contract.
    static let exceptions: [String: Set<String>] = [
        "Sources/sluice/Data/LimitOptions.swift": ["spool"],  // --spool-dir, --spool-limit
        "Tests/SluiceTests/ManifestTests.swift": ["spool"],  // a key of the manifest
        "Sources/BackupText/SQL/PassedStatement.swift": ["behind"],  // the text of a warning, in several lines
    ]

    /// Public types are found by these names: a resume point, a location.
    @Test func noTypeIsAPlace() {
        for file in SourceFile.all {
            for line in file.code {
                for name in Self.declaredTypes(in: line.text) {
                    #expect(!name.hasSuffix("Place"), "\(file.path):\(line.number): say ResumePoint, or Location")
                }
            }
        }
    }

    @Test(arguments: banned.indices)
    func namesAndCommentsUseTheFieldsWords(index: Int) throws {
        let (words, instead) = Self.banned[index]
        let pattern = try Regex("\\b(\(words))\\b")
        for file in SourceFile.all + SourceFile.tests + SourceFile.kernels where file.name != "WordTests.swift" {
            let allowed = Self.exceptions[file.path] ?? []
            for (number, line) in file.lines.enumerated() {
                let said = Self.words(of: line)
                guard let match = said.firstMatch(of: pattern) else { continue }
                let found = String(said[match.range])
                #expect(allowed.contains(found), "\(file.path):\(number + 1): “\(found)”; say \(instead)")
            }
        }
    }

    /// The words of names and comments, in small letters; literals are left out, as their text may be the contract's.
    private static func words(of line: Substring) -> String {
        let halves = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)
        let code = (halves.first ?? "").replacing(/"(\\.|[^"\\])*"/, with: "")
        let comment = (halves.count > 1 ? halves[1] : "").replacing(/`[^`]*`/, with: "")
        let names = code.replacing(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+/) { "\($0.output) " }
        return (names + " // " + comment).lowercased()
    }

    private static func declaredTypes(in code: String) -> [Substring] {
        code.matches(of: /\b(?:class|struct|enum|actor|protocol|typealias) ([A-Z]\w*)/).map(\.output.1)
    }

    @Test(arguments: [
        ("let placeToGoOn = 1", "go on"), ("    // Whoever reads it.", "whoever"), ("layAside(file)", "lay aside"),
        ("case spooled(Segment)", "spooled"),
    ])
    func wordsInsideNamesAreSeen(line: String, words: String) {
        #expect(Self.words(of: line[...]).contains(words))
    }

    @Test func textsAreNotRead() {
        #expect(!Self.words(of: #"let key = "spool" // as `--spool-dir` names it"#).contains("spool"))
    }
}
