import Foundation
import TestSupport
import Testing

/// `--rejects` and `--events`: opened as any tool opens a file, and refused where they would destroy an input or an
/// output.
@Suite struct SideFileTests {
    private let scratch: Scratch
    private let csv: String
    private let out: String
    private static let rows = "1,2\n3,4\n1,2,3\n"

    init() throws {
        scratch = try Scratch()
        csv = try scratch.write("rows.csv", Self.rows)
        out = scratch.place("out")
        try scratch.write("folder/rows.csv", Self.rows)
        try FileManager.default.createSymbolicLink(atPath: scratch.place("link"), withDestinationPath: "rows.csv")
        try FileManager.default.linkItem(atPath: csv, toPath: scratch.place("hard"))
        try FileManager.default.createSymbolicLink(atPath: scratch.place("dangling"), withDestinationPath: "new")
    }

    private func convert(_ words: [String]) throws -> Program {
        try Program.sluice(
            ["convert", csv, "--output", out, "-q"] + words.map { $0.replacing("{}", with: scratch.path) })
    }

    @Test(arguments: ["rows.csv", "./folder/../rows.csv", "link", "hard"], ["--rejects", "--events"])
    func neverAnInput(name: String, option: String) throws {
        let run = try convert([option, "{}/" + name])
        #expect(run.status == 64 && run.errors.contains("is the input"), "\(run.errors)")
        #expect(try Files.text(csv) == Self.rows)
        #expect(!Files.exists(out))
    }

    @Test(arguments: ["new", "rows.csv"], ["--rejects", "--events"])
    func neverInAnInputFolder(name: String, option: String) throws {
        let run = try Program.sluice([
            "convert", scratch.place("folder"), "--output", out, option, scratch.place("folder/" + name),
        ])
        #expect(run.status == 64 && run.errors.contains("is in the input"), "\(run.errors)")
        #expect(Files.below(scratch.place("folder")) == ["rows.csv"])
    }

    @Test(
        arguments: [
            "out", "out/_SUCCESS", "out/_manifest.json", "out/.sluice.run", "out/.sluice.new", "out/rows/rejects",
            "folder/../out/_SUCCESS.partial",
        ], [true, false])
    func neverAnOutput(name: String, isThere: Bool) throws {
        if isThere { #expect(try convert(["--rejects", "/dev/null"]).status == 2) }
        let before = Files.below(out)
        let run = try convert(["--overwrite", "--rejects", "{}/" + name])
        #expect(run.status == 64, "\(run.status) \(run.errors)")
        #expect(Files.below(out) == before)
    }

    @Test func neverAnotherNameOfAnOutput() throws {
        #expect(try convert(["--rejects", "/dev/null"]).status == 2)
        let part = out + "/rows/part-00000.ndjson", before = try Files.text(part)
        try FileManager.default.linkItem(atPath: part, toPath: scratch.place("twin"))
        #expect(try convert(["--overwrite", "--rejects", "{}/twin"]).status == 64)
        #expect(try Files.text(part) == before)
    }

    @Test func neverEachOther() throws {
        for other in ["new", "./new", "dangling"] {
            let run = try convert(["--rejects", "{}/new", "--events", "{}/" + other])
            #expect(run.status == 64 && run.errors.contains("is also --rejects"), "\(run.errors)")
        }
        let mixed = try Program.sluice(["convert", csv, "--stdout", "--rejects", "/dev/stdout"])
        #expect(mixed.status == 64 && mixed.output.isEmpty, "\(mixed.errors)")
    }

    @Test func directlyInTheOutputFolderIsFine() throws {
        for _ in 0 ..< 2 {
            let run = try convert([
                "--overwrite", "--rejects", "{}/out/rejects.ndjson", "--events", "{}/out/events.ndjson",
            ])
            #expect(run.status == 2, "\(run.errors)")
            #expect(
                Files.below(out) == [
                    "_SUCCESS", "_manifest.json", "events.ndjson", "rejects.ndjson", "rows/part-00000.ndjson",
                ])
        }
    }

    @Test func linksAndModesStay() throws {
        let real = try scratch.write(
            "real",
            "what was there before, and is longer than the one line that comes in its place, so that nothing of it may "
                + "stay behind it"
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: real)
        try FileManager.default.createSymbolicLink(atPath: scratch.place("rejects"), withDestinationPath: "real")
        #expect(try convert(["--rejects", "{}/rejects"]).status == 2)
        #expect(JSONLines.fault(in: try Files.bytes(real)) == nil)
        #expect(try FileManager.default.attributesOfItem(atPath: real)[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch.place("rejects")) == "real")
    }

    @Test func pipesAndDescriptors() throws {
        let line = """
            mkfifo "$3"; cat "$3" > "$4" & "$0" convert "$1" --output "$2" -q --rejects "$3" --events /dev/fd/7 7> \
            "$5"; status=$?; wait; exit $status
            """
        let run = try Program.shell(
            line, [csv, out, scratch.place("pipe"), scratch.place("rejects"), scratch.place("events")])
        #expect(run.status == 2, "\(run.errors)")
        #expect(try Files.text(scratch.place("rejects")).contains("wrong number of fields"))
        #expect(try Files.text(scratch.place("events")).contains(#""event":"complete""#))
    }

    @Test func aReaderOfRejectsThatGoesAwayIsAnError() throws {
        let many = try scratch.write("many.csv", "1,2\n" + String(repeating: "1,2,3\n", count: 20_000))
        let run = try Program.shell(
            "mkfifo \"$3\"; head -c 1 \"$3\" > /dev/null & exec \"$0\" convert \"$1\" --output \"$2\" -q --rejects "
                + "\"$3\"",
            [many, out, scratch.place("pipe")])
        #expect(run.status == 73 && run.errors.contains("its reader has gone away"), "\(run.status) \(run.errors)")
        #expect(Output(out).signsOfCompletion.isEmpty)
    }

    @Test(arguments: [["--rejects", "/dev/full"], ["--rejects", "/dev/null", "--events", "/dev/full"]])
    func aFullDiskIs75(words: [String]) throws {
        let run = try convert(words)
        #expect(
            run.status == 75 && run.errors.contains("/dev/full: No space left on device"), "\(run.status) \(run.errors)"
        )
        #expect(Output(out).signsOfCompletion.isEmpty)
    }

    @Test(arguments: [
        "convert \"$1\" --output \"$2\" --rejects /dev/null --json", "inspect \"$1\"",
        "convert \"$1\" --rejects /dev/null --stdout",
    ])
    func soIsAFullStandardOutput(words: String) throws {
        let run = try Program.shell("\"$0\" \(words) > /dev/full", [csv, out])
        #expect(run.status == 75 && run.errors.contains("No space left on device"), "\(run.status) \(run.errors)")
    }

    /// A run that was stopped is resumed with the rejects file it had, and with no other.
    @Test func resumedRejectsAreThoseOfTheRun() throws {
        let text = (0 ..< 60_000).map { $0 % 100 == 99 ? "\($0),b,c,d\n" : "\($0),some text,x\n" }.joined()
        let input = try scratch.write("long.csv", text)
        let words = ["convert", input, "--output", out, "--checkpoint-every", "0s"]
        let whole = try Program.sluice([
            "convert", input, "--output", scratch.place("whole"), "--rejects", scratch.place("expected"),
        ])
        #expect(whole.status == 2, "\(whole.errors)")
        let stop = "trap '' XFSZ; ulimit -f 1500; exec \"$0\" \"$@\""
        let stopped = try Program.shell(stop, words + ["--rejects", scratch.place("rejects")])
        #expect(stopped.status == 75 && Files.exists(out + "/.sluice.work/checkpoint"), "\(stopped.errors)")
        try scratch.write("important", String(repeating: "something else entirely\n", count: 100_000))
        let other = try Program.sluice(words + ["--resume", "--rejects", scratch.place("important")])
        #expect(other.status == 73 && other.errors.contains("is not what it was"), "\(other.status) \(other.errors)")
        #expect(try Files.bytes(scratch.place("important")).count == 2_400_000)
        let none = try Program.sluice(words + ["--resume"])
        #expect(none.status == 73 && none.errors.contains("other options"), "\(none.errors)")
        let again = try Program.sluice(words + ["--resume", "--rejects", scratch.place("rejects")])
        #expect(again.status == 2, "\(again.errors)")
        #expect(try Files.bytes(scratch.place("rejects")) == Files.bytes(scratch.place("expected")))
    }
}
