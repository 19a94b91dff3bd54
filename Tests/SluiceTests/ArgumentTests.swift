import TestSupport
import Testing

/// What the command makes of its arguments, and of the environment.
@Suite struct ArgumentTests {
    private let scratch: Scratch
    private let csv: String
    private let out: String

    init() throws {
        scratch = try Scratch()
        csv = try scratch.write("t.csv", "id,name\n" + (1 ... 100_000).map { "\($0),name \($0)\n" }.joined())
        out = scratch.place("out")
    }

    /// Standard error of a run that ends with 64.
    private func refusal(_ words: [String]) throws -> String {
        let run = try Program.sluice(words)
        #expect(run.status == 64 && run.output.isEmpty)
        return run.errors
    }

    @Test(arguments: [
        (["convrt", "x"], "there is no command “convrt”; did you mean convert?"),
        (["isnpect", "x"], "there is no command “isnpect”; did you mean inspect?"),
        (["frobnicate"], "there is no command “frobnicate”; `sluice --help` lists them"),
        (["convert", "--ouput", "lake", "x"], "convert has no option --ouput; did you mean --output?"),
        (
            ["convert", "x", "--output=y", "--part-szie=3"],
            "convert has no option --part-szie; did you mean --part-size?"
        ),
        (["fetch", "--paralel", "4"], "fetch has no option --paralel; did you mean --parallel?"),
        (["inspect", "--frobnicate"], "inspect has no option --frobnicate; `sluice inspect --help` lists them"),
        (["convert", "x", "--table", "--tabel", "y"], "convert has no option --tabel; did you mean --table?"),
    ])
    func aWrongWordIsNamedWithTheNearest(words: [String], line: String) throws {
        #expect(try refusal(words) == "sluice: \(line)\n")
    }

    @Test func whatFollowsTwoDashesIsNoOption() throws {
        let run = try Program.sluice(["convert", "--stdout", "--", "--ouput"])
        #expect(run.status == 66 && run.errors.contains("--ouput"), "\(run.errors)")
    }

    @Test(arguments: [
        "convert", "inspect", "verify", "backup", "create", "list", "show", "wait", "fetch", "run", "binlogs",
    ])
    func theShortHelpHasFiveOptionsAndAnExample(command: String) throws {
        let run = try Program.sluice([command, "-h"]), lines = run.text.split(separator: "\n")
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(lines.count { $0.hasPrefix("  -") } == (command == "verify" ? 3 : 5), "\(run.text)")
        #expect(lines.contains { $0.hasPrefix("Usage: sluice \(command) ") })
        #expect(lines.contains { $0.hasPrefix("Example: sluice \(command) ") } && lines.count < 25)
    }

    @Test func theLongHelpBeginsWithTheOutputAndEndsWithTheLimits() throws {
        for command in ["convert", "run"] {
            let titles = try Program.sluice([command, "--help"]).text.split(separator: "\n")
                .filter { $0.first?.isUppercase == true && $0.hasSuffix(":") }
            #expect(titles.first { $0 != "ARGUMENTS:" && $0 != "Examples:" } == "OUTPUT:", "\(titles)")
            #expect(titles.suffix(2) == ["LIMITS:", "OPTIONS:"], "\(titles)")
        }
    }

    @Test func theEnvironmentGivesOptions() throws {
        let line = "SLUICE_HEADER=1 SLUICE_STDOUT=yes SLUICE_TAG=_t SLUICE_QUIET=true \"$0\" convert \"$1\""
        let run = try Program.shell(line, [csv])
        #expect(
            run.status == 0 && run.text.hasPrefix("{\"_t\":\"t\",\"id\":\"1\",\"name\":\"name 1\"}\n"), "\(run.errors)")
    }

    @Test func theCommandLineWinsOverTheEnvironment() throws {
        let line = """
            export SLUICE_OUTPUT="$2" SLUICE_TAG=other SLUICE_NO_HEADER=1 SLUICE_OVERWRITE=0
            "$0" convert "$1" --stdout --tag=_t --header --quiet
            """
        let run = try Program.shell(line, [csv, out])
        #expect(run.status == 0 && run.text.hasPrefix("{\"_t\":\"t\",\"id\":\"1\","), "\(run.errors)")
        #expect(!Files.exists(out))
    }

    @Test func aRepeatedOptionHasALineAValue() throws {
        let tar = try scratch.write("shop.tar", SampleExport.tar)
        let all = try Program.sluice(["convert", tar, "--stdout", "--tag", "_t", "--quiet"]).text
        let tables = Set(
            all.split(separator: "\n").compactMap { $0.split(separator: "\"").dropFirst(2).dropFirst().first })
        let names = tables.sorted().prefix(2)
        let run = try Program.shell(
            "SLUICE_TABLE=\"$2\" \"$0\" convert \"$1\" --stdout --tag _t --quiet", [tar, names.joined(separator: "\n")])
        let wanted = all.split(separator: "\n").filter { line in names.contains { line.hasPrefix("{\"_t\":\"\($0)\"") }
        }
        #expect(names.count == 2 && run.text.split(separator: "\n") == wanted, "\(run.errors)")
    }

    @Test func aWrongValueNamesItsVariable() throws {
        let run = try Program.shell("SLUICE_FORMAT=cvs \"$0\" convert \"$1\" --stdout", [csv])
        #expect(run.status == 64 && run.errors.contains("--format=cvs is from SLUICE_FORMAT"), "\(run.errors)")
    }

    @Test(arguments: [
        ("400000B", 400_000), ("400kB", 400_000), ("0.4MB", 400_000), ("390.625KiB", 400_000), ("1mib", 1 << 20),
        ("1MB", 1_000_000),
    ])
    func sizesHaveUnits(text: String, bytes: Int) throws {
        var files: [[String]] = []
        for size in [text, "\(bytes)"] {
            let lake = scratch.place("lake of \(size)")
            let run = try Program.sluice(["convert", csv, "-o", lake, "--header", "--quiet", "--part-size", size])
            #expect(run.status == 0, "\(run.errors)")
            files.append(Files.below(lake))
        }
        #expect(files[0] == files[1] && files[0].count > 4)
    }

    @Test(arguments: ["", "x", "10XB", "-1", "1.5", "1..5kB", "9999999999GB", "1 kB", "1e3"])
    func otherSizesAreRefused(text: String) throws {
        #expect(try refusal(["convert", csv, "--stdout", "--part-size=\(text)"]).contains("--part-size"))
    }
}
