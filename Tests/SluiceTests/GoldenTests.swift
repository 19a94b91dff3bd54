import TestSupport
import Testing

/// Law 1: input and options give these lines, byte for byte. The real command runs; a fixture is a folder and no code.
@Suite struct GoldenTests {
    @Test(arguments: Fixture.names)
    func fixture(name: String) throws {
        let fixture = Fixture(name: name), scratch = try Scratch()
        let folder = scratch.place("out")
        let run = try Program.sluice(
            ["convert", fixture.input, "--output", folder] + fixture.arguments(scratch: scratch))
        let output = Output(folder)

        let failure = fixture.failure
        #expect(run.status == failure?.status ?? 0, "\(run.errors)")
        if let failure, !failure.text.isEmpty { #expect(run.errors.contains(failure.text), "\(run.errors)") }
        if run.status != 0 && run.status != 2 {
            #expect(output.signsOfCompletion.isEmpty)
            return
        }
        #expect(output.isComplete && output.hasSuccess)
        if let warning = fixture.warning { #expect(run.errors.contains(warning), "\(run.errors)") }
        if !fixture.paths.isEmpty { #expect(output.files == fixture.paths) }
        if let rejects = fixture.rejects {
            #expect(try Files.text(scratch.place("rejects")) == String(decoding: rejects, as: UTF8.self))
        }
        guard let expected = try fixture.expected() else { return }
        let lines = try output.lines()
        #expect(lines.keys.sorted() == expected.keys.sorted())
        for (table, bytes) in expected {
            #expect(
                String(decoding: lines[table] ?? [], as: UTF8.self) == String(decoding: bytes, as: UTF8.self),
                "\(table)")
            #expect(lines[table] == bytes)
        }
    }

    /// Every rule of the table of values is pinned by a fixture of its number, or by an archive made in
    /// ArchiveRuleTests.
    @Test(arguments: Array(1 ... 35) + [37, 39])
    func everyRuleHasItsFixture(number: Int) {
        let prefix = number < 10 ? "0\(number)-" : "\(number)-"
        #expect(Fixture.names.contains { $0.hasPrefix(prefix) } || ArchiveRuleTests.rules.contains(number))
    }
}
