import TestSupport
import Testing

/// An archive through a pipe: the lines that the file gives, or one error that says to give the file by its path.
@Suite struct PipeTests {
    static let folders = Fixture.names.filter { Fixture(name: $0).input.hasSuffix("/input") }

    /// The database of these is the archive's name, which a pipe does not have.
    private static let namedByTheArchive: Set<String> = ["39-database-of-the-folder"]

    @Test(arguments: folders, ["sort", "sort -r"])
    func aFixtureThroughAPipeGivesWhatItGivesAsAFile(name: String, order: String) throws {
        let fixture = Fixture(name: name), scratch = try Scratch(), archive = scratch.place("in.tar.gz")
        let pack = #"cd "$1" && find . -type f | LC_ALL=C \#(order) | tar -czf "$2" -T -"#
        try #require(try Program.shell(pack, [fixture.input, archive]).status == 0)
        let piped = try Scratch()
        let file = try Program.sluice(
            ["convert", archive, "--output", scratch.place("out")] + fixture.arguments(scratch: scratch))
        let pipe = try Program.shell(
            #"cat "$1" | timeout -s KILL 60 "$0" convert - --output "${@:2}""#,
            [archive, piped.place("out")] + fixture.arguments(scratch: piped))
        #expect(!pipe.hasCrashed, "\(pipe.errors)")
        if pipe.status == 65 && pipe.errors.contains("give the file by its path, not through a pipe") {
            #expect(Output(piped.place("out")).signsOfCompletion.isEmpty)
            #expect(name.hasPrefix("39-"), "\(pipe.errors)")
            return
        }
        if Self.namedByTheArchive.contains(name) { return }
        #expect(pipe.status == file.status, "\(pipe.errors)")
        guard file.status == 0 || file.status == 2 else { return }
        #expect(try Output(piped.place("out")).lines() == Output(scratch.place("out")).lines())
    }

    @Test
    func aTreeOfOneDatabaseWhoseNameComesFirstNeedsNoSecondLook() throws {
        let tar = TarWriter.archive([
            ("structure.sql", "CREATE DATABASE `store`;"), ("t/structure.sql", "CREATE TABLE `t` (`id` int);"),
            ("t/data/t_0.csv", "7\n"),
        ])
        let scratch = try Scratch()
        let run = try Program.sluice(["convert", "-", "--output", scratch.place("out")], input: tar)
        #expect(run.status == 0, "\(run.errors)")
        #expect(try Output(scratch.place("out")).lines() == ["store.t": Array("{\"id\":7}\n".utf8)])
    }

    @Test
    func aTreeOfOneDatabaseWhoseNameComesLateIsOneClearError() throws {
        let tar = TarWriter.archive([
            ("t/structure.sql", "CREATE TABLE `t` (`id` int);"), ("t/data/t_0.csv", "7\n"),
            ("structure.sql", "CREATE DATABASE `store`;"),
        ])
        let scratch = try Scratch()
        let run = try Program.sluice(["convert", "-", "--output", scratch.place("out")], input: tar)
        #expect(run.status == 65)
        #expect(run.errors.contains("the database of the tables at the root is store"), "\(run.errors)")
        #expect(Output(scratch.place("out")).signsOfCompletion.isEmpty)
    }
}
