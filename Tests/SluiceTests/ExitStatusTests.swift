import Foundation
import TestSupport
import Testing

/// The exit statuses are a contract with other people's scripts.
@Suite struct ExitStatusTests {
    private let scratch: Scratch
    private let tar: String
    private let out: String

    init() throws {
        scratch = try Scratch()
        tar = try scratch.write("shop.tar", SampleExport.tar)
        out = scratch.place("out")
    }

    @Test(arguments: [
        [], ["--nonsense"], ["--output", "", "{tar}"], ["{tar}"], ["{tar}", "--output", "{out}", "--stdout"],
        ["{tar}", "--output", "{out}", "--delimiter", "ab"],
        ["{tar}", "--output", "{out}", "--max-rejects", "3"], ["{tar}", "--output", "{out}", "--part-size", "0"],
        ["{tar}", "--output", "{out}", "--jobs", "0"], ["{tar}", "--output", "{out}", "--jobs", "257"],
        ["{tar}", "--output", "{out}", "--jobs", "100000"], ["{tar}", "--output", "{out}", "--binary", "octal"],
        ["-", "-", "--output", "{out}"], ["{tar}", "--stdout"], ["{tar}", "--output", "{out}", "--rejects", "-"],
        ["{tar}", "--output", "{out}", "--events", "-"], ["{tar}", "--output", "oss://bucket/lake"],
        ["{tar}", "--output", "s3:///lake"],
    ])
    func badArgumentsAre64(words: [String]) throws {
        let run = try Program.sluice(
            ["convert"] + words.map { $0.replacing("{tar}", with: tar).replacing("{out}", with: out) })
        #expect(run.status == 64, "\(run.errors)")
        #expect(!run.errors.isEmpty)
    }

    @Test func inputThatIsNotThereIs66() throws {
        let run = try Program.sluice(["convert", scratch.place("none.tar.gz"), "--output", out])
        #expect(run.status == 66)
        #expect(run.errors.contains("none.tar.gz") && run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        #expect(Output(out).signsOfCompletion.isEmpty)
    }

    @Test func anArchiveWithoutTablesIs66() throws {
        let path = try scratch.write("none.tar", TarWriter.archive([("readme.txt.bin", "hello")]))
        let run = try Program.sluice(["convert", path, "--output", out])
        #expect(run.status == 66, "\(run.errors)")
        #expect(Output(out).signsOfCompletion.isEmpty)
    }

    @Test func noTableThatWasAskedForIs66() throws {
        let run = try Program.sluice(["convert", tar, "--output", out, "--table", "shop.none"])
        #expect(run.status == 66, "\(run.errors)")
        #expect(Output(out).signsOfCompletion.isEmpty)
    }

    @Test func anOutputFolderThatIsNotEmptyIs73AndStaysAsItIs() throws {
        try scratch.write("out/mine.txt", "mine")
        let run = try Program.sluice(["convert", tar, "--output", out])
        #expect(run.status == 73, "\(run.errors)")
        #expect(Files.below(out) == ["mine.txt"])
    }

    @Test func anOutputThatCannotBeMadeIs73() throws {
        let file = try scratch.write("file", "")
        let run = try Program.sluice(["convert", tar, "--output", file + "/out"])
        #expect(run.status == 73, "\(run.errors)")
    }

    @Test func aBrokenPipeOnStandardOutputEndsQuietlyWith0() throws {
        let run = try Program.shell(
            "\"$0\" convert \"$1\" --stdout --table shop.orders -q | head -1; exit ${PIPESTATUS[0]}", [tar])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text.hasPrefix("{\"id\":1,"))
        #expect(run.errors.isEmpty, "\(run.errors)")
    }

    @Test func interruptedIs130AndLeavesNothingFinal() throws {
        // Rows without end from a pipe; the interrupt comes when rows have been written.
        let line = """
            mkfifo "$2"; (exec yes '1,2,3' > "$2") & feeder=$!
            "$0" convert - --output "$1" < "$2" & run=$!
            until compgen -G "$1/*/*.partial" > /dev/null || ! kill -0 $run; do read -rt 0.02 <> <(:); done
            kill -INT $run; wait $run; status=$?
            kill $feeder 2> /dev/null; exit $status
            """
        let run = try Program.shell(line, [out, scratch.place("pipe")])
        #expect(run.status == 130, "\(run.status) \(run.errors)")
        #expect(run.errors.contains("interrupted"), "\(run.errors)")
        #expect(Output(out).signsOfCompletion.isEmpty)
        #expect(Output(out).manifest?["complete"] as? Bool == false)
    }

    @Test(arguments: ["true", "printf '1,2\\n3,4\\n'", "printf '1,2\\n' | gzip -c | head -c 15"])
    func anInterruptDoesNotWaitForASilentPipe(before: String) throws {
        // The pipe stays open, and nothing more comes; a process that still waits after 20 seconds is killed.
        let line = """
            mkfifo "$2"; exec 3<>"$2"; \(before) >&3
            "$0" convert - --output "$1" < "$2" & run=$!
            until [ -e "$1/.sluice.lock" ] || ! kill -0 $run; do read -rt 0.02 <> <(:); done
            read -rt 0.3 <> <(:)
            kill -INT $run
            for _ in {1..1000}; do kill -0 $run 2> /dev/null || break; read -rt 0.02 <> <(:); done
            kill -KILL $run 2> /dev/null; wait $run
            """
        let run = try Program.shell(line, [out, scratch.place("pipe")])
        #expect(run.status == 130, "\(run.status) \(run.errors)")
    }

    @Test func twoInputsWithOneTableAre65UnlessAppended() throws {
        let a = try scratch.write("a/t.csv", "1\n"), b = try scratch.write("b/t.csv", "2\n")
        let run = try Program.sluice(["convert", a, b, "--output", out])
        #expect(run.status == 65, "\(run.errors)")
        #expect(run.errors.contains("--duplicates append"), "\(run.errors)")
        #expect(Output(out).signsOfCompletion.isEmpty)
        let appended = try Program.sluice(["convert", a, b, "--output", out, "--overwrite", "--duplicates", "append"])
        #expect(appended.status == 0, "\(appended.errors)")
        #expect(try Output(out).lines() == ["t": Array("{\"c1\":\"1\"}\n{\"c1\":\"2\"}\n".utf8)])
    }

    @Test func aViewAmongTheTablesOfTheFirstInputHidesNoneOfThem() throws {
        let first =
            "CREATE TABLE `v` (`id` int);\nCREATE TABLE `b` (`id` int);\nINSERT INTO `b` VALUES (1);\n"
            + "CREATE VIEW `v` AS SELECT 1;\n"
        let a = try scratch.write("a.sql", first), b = try scratch.write("b.sql", "INSERT INTO `b` VALUES (2);\n")
        let run = try Program.sluice(["convert", a, b, "--output", out])
        #expect(
            run.status == 65 && run.errors.contains("two inputs have a table of this name"),
            "\(run.status) \(run.errors)")
    }

    @Test func standardInputAndOutput() throws {
        let run = try Program.sluice(
            ["convert", "-", "--stdout", "--table", "shop.people", "-q"], input: SampleExport.tar)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text == "{\"id\":1,\"name\":\"Ann\"}\n{\"id\":2,\"name\":null}\n")
    }

    @Test func reportAndEventsAreJSON() throws {
        let events = scratch.place("events")
        let run = try Program.sluice(["convert", tar, "--output", out, "--json", "--events", events])
        #expect(run.status == 0, "\(run.errors)")
        let report = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
        #expect(report?["complete"] as? Bool == true)
        #expect(JSONLines.fault(in: try Files.bytes(events)) == nil)
        let names = try Files.text(events).split(separator: "\n").compactMap {
            $0.firstMatch(of: /"event":"([a-z]+)"/).map { String($0.1) }
        }
        #expect(names.first == "start" && names.last == "complete")
        #expect(names.count { $0 == "table" } == 3)
    }
}
