import TestSupport

/// A folder that says what goes in and what comes out (Tests/Fixtures/README.md).
struct Fixture: Sendable {
    let name: String
    private var folder: String { Files.fixtures + "/" + name }

    static let names = Files.names(in: Files.fixtures).filter { $0 != "README.md" }

    /// `input.csv`, `input.sql` …, or the folder `input`.
    var input: String {
        folder + "/" + (Files.names(in: folder).first { $0 == "input" || $0.hasPrefix("input.") } ?? "input")
    }

    /// Words of the command line; `{scratch}` is a folder of the test's own.
    func arguments(scratch: Scratch) -> [String] {
        lines("arguments").map { $0.replacing("{scratch}", with: scratch.path) }
    }

    /// The exit status, and text that standard error must hold.
    var failure: (status: Int32, text: String)? {
        let lines = lines("error")
        return lines.first.flatMap { Int32($0) }.map { ($0, lines.dropFirst().first ?? "") }
    }

    var warning: String? { lines("warning").first }
    /// Every file of the output folder.
    var paths: [String] { lines("paths") }
    /// What the rejects file must hold.
    var rejects: [UInt8]? { try? Files.bytes(folder + "/rejects") }

    /// Lines by table; nil where the fixture says nothing of them.
    func expected() throws -> [String: [UInt8]]? {
        let names = Files.names(in: folder + "/expected")
        if names.isEmpty { return nil }
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                (String($0.dropLast(".ndjson".count)), try Files.bytes("\(folder)/expected/\($0)"))
            })
    }

    private func lines(_ name: String) -> [String] {
        guard let text = try? Files.text(folder + "/" + name) else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}
