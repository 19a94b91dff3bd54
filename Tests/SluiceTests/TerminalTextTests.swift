import TestSupport
import Testing

/// Text of other people's making never moves a terminal's cursor, turns its text round, or looks like a line of ours.
@Suite struct TerminalTextTests {
    private static let ugly = "a\u{1B}[2J\u{9B}31m\u{7F}\u{202E}\u{2066}\u{2028}\u{FEFF}\u{200B}z"
    private static let shown = "a\\u{1B}[2J\\u{9B}31m\\u{7F}\\u{202E}\\u{2066}\\u{2028}\\u{FEFF}\\u{200B}z"

    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    /// Characters other than line ends that a terminal does not just show.
    private func raw(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter {
            $0 != "\n"
                && [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
        }
    }

    private func expect(shown words: [String], input: [UInt8] = [], status: Int32, comment: Comment) throws {
        let run = try Program.sluice(words, input: input)
        #expect(run.status == status, "\(comment): \(run.errors)")
        #expect(raw(run.errors).isEmpty && raw(run.text).isEmpty, comment)
        #expect((run.errors + run.text).contains(Self.shown), comment)
    }

    private var table: String {
        "CREATE TABLE `\(Self.ugly)` (`\(Self.ugly)` int);\nINSERT INTO `\(Self.ugly)` VALUES (1);\n"
    }

    @Test func inspection() throws {
        let dump = try scratch.write("dump.sql", table), csv = try scratch.write("x.csv", "\(Self.ugly),b\n1,2\n")
        let tar = try scratch.write(
            "x.tar", TarWriter.archive([("db/\(Self.ugly)/data/1.csv", "1\n"), ("db/\(Self.ugly).txt", "1\n")]))
        try expect(shown: ["inspect", dump], status: 0, comment: "a dump")
        try expect(shown: ["inspect", csv, "--header"], status: 0, comment: "a header")
        try expect(shown: ["inspect", tar], status: 0, comment: "an archive")
    }

    /// A line end in a name does not begin a line of its own.
    @Test func aNameIsOneLine() throws {
        let tar = try scratch.write("x.tar", TarWriter.archive([("db/t\nsluice: all is well/data/1.csv", "1\n")]))
        let run = try Program.sluice(["inspect", tar])
        #expect(run.status == 0)
        #expect(run.text.split(separator: "\n").allSatisfy { !$0.hasPrefix("sluice:") }, "\(run.text)")
        let failed = try Program.sluice(["convert", "no\nsluice: all is well", "--output", scratch.place("out")])
        #expect(failed.errors.split(separator: "\n").count == 1, "\(failed.errors)")
    }

    @Test func jsonHasItEscaped() throws {
        let csv = try scratch.write("x.csv", "\(Self.ugly),b\n1,2\n"),
            run = try Program.sluice(["inspect", csv, "--header", "--json"])
        #expect(run.status == 0)
        #expect(raw(run.text).isEmpty)
        #expect(JSONLines.fault(in: run.output) == nil)
        #expect(run.text.contains("\\u202e") && run.text.contains("\\u009b"))
    }

    @Test func errorsAndWarnings() throws {
        let out = scratch.place("out")
        try expect(
            shown: ["convert", scratch.place(Self.ugly), "--output", out], status: 66, comment: "a name of a file")
        try expect(
            shown: ["convert", "x", "--output", out, "--\(Self.ugly)"], status: 64, comment: "an option that is none")
        try expect(
            shown: ["convert", "x", "--output", out, "--delimiter", Self.ugly], status: 64,
            comment: "a value of an option")
        let doubled = try scratch.write("doubled.csv", "\(Self.ugly),\(Self.ugly)\n1,2\n")
        try expect(shown: ["convert", doubled, "--header", "--output", out, "-v"], status: 0, comment: "a warning")
        let bad = try scratch.write(
            "bad.tar",
            TarWriter.archive([
                ("shop/people/structure.sql", SampleExport.people),
                ("shop/people/data/\(Self.ugly).csv", "x\(Self.ugly),\"Ann\"\n"),
            ]))
        try expect(
            shown: ["convert", bad, "--output", scratch.place("out2")], status: 65, comment: "a row and its entry")
    }

    @Test func tablesWithVerbosity() throws {
        let dump = try scratch.write("dump.sql", table)
        try expect(shown: ["convert", dump, "--output", scratch.place("out"), "-v"], status: 0, comment: "a table")
    }
}
