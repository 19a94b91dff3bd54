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

    @Test func namesAndCommentsUseTheFieldsWords() {
        for file in SourceFile.all + SourceFile.tests + SourceFile.kernels where file.name != "WordTests.swift" {
            let allowed = Self.exceptions[file.path] ?? []
            for (number, line) in file.lines.enumerated() {
                let banned = Self.bannedWords(in: Self.words(of: line)).filter { !allowed.contains($0.found) }
                #expect(banned.isEmpty, "\(file.path):\(number + 1)")
            }
        }
    }

    /// The banned words by the first of each.
    private static let bannedByFirst: [String: [(words: [String], instead: String)]] = {
        let all = banned.flatMap { words, instead in
            words.split(separator: "|").map { (words: $0.split(separator: " ").map(String.init), instead: instead) }
        }
        return Dictionary(grouping: all) { $0.words[0] }
    }()

    private static func bannedWords(in words: [String]) -> [(found: String, instead: String)] {
        words.indices.flatMap { index in
            (bannedByFirst[words[index]] ?? []).filter { words[index...].starts(with: $0.words) }
                .map { ($0.words.joined(separator: " "), $0.instead) }
        }
    }

    /// The words of names and comments, in small letters, and "" where other characters than a space divide them.
    /// Literals are left out, as their text may be the contract's; so is what a comment quotes as code.
    private static func words(of line: Substring) -> [String] {
        var words: [String] = [], word = ""
        func end(divided: Bool) {
            if !word.isEmpty { words.append(word) }
            if divided { words.append("") }
            word = ""
        }
        let letters = Array(line.utf8)
        var index = 0, isComment = false
        while index < letters.count {
            let letter = letters[index], next = index + 1 < letters.count ? letters[index + 1] : 0
            index += 1
            switch letter {
            case UInt8(ascii: "a") ... UInt8(ascii: "z"): word.unicodeScalars.append(Unicode.Scalar(letter))
            case UInt8(ascii: "A") ... UInt8(ascii: "Z"):
                // A new word begins after a small letter, or before one: JSONLine.
                let before = index > 1 ? letters[index - 2] : 0
                if isSmall(before) || isSmall(next) { end(divided: false) }
                word.unicodeScalars.append(Unicode.Scalar(letter | 0x20))
            case UInt8(ascii: " "): end(divided: false)
            case UInt8(ascii: "/") where next == letter && !isComment:
                end(divided: true)
                isComment = true
            case UInt8(ascii: "\"") where !isComment, UInt8(ascii: "`") where isComment:
                end(divided: true)
                index = past(letter, letters, index)
            default: end(divided: true)
            }
        }
        end(divided: false)
        return words
    }

    private static func isSmall(_ letter: UInt8) -> Bool { (UInt8(ascii: "a") ... UInt8(ascii: "z")).contains(letter) }

    /// After the quote that ends a literal; where none does, after the one that began it.
    private static func past(_ quote: UInt8, _ letters: [UInt8], _ start: Int) -> Int {
        var index = start
        while index < letters.count {
            if letters[index] == quote { return index + 1 }
            index += letters[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return start
    }

    private static func declaredTypes(in code: String) -> [Substring] {
        code.matches(of: /\b(?:class|struct|enum|actor|protocol|typealias) ([A-Z]\w*)/).map(\.output.1)
    }

    @Test(arguments: [
        ("let placeToGoOn = 1", "go on"), ("    // Whoever reads it.", "whoever"), ("layAside(file)", "lay aside"),
        ("case spooled(Segment)", "spooled"), ("struct JSONTeller {", "teller"), ("read(x) // and then tells", "tells"),
    ])
    func wordsInsideNamesAreSeen(line: String, words: String) {
        #expect(Self.bannedWords(in: Self.words(of: line[...])).map(\.found) == [words])
    }

    @Test(arguments: [
        #"let key = "spool" // as `--spool-dir` names it"#, #"say("\"spool\"")"#, "it must go: on demand",

    ])
    func textsAreNotRead(line: String) {
        #expect(Self.bannedWords(in: Self.words(of: line[...])).isEmpty)
    }
}
