import Foundation
import TestSupport
import Testing

/// Law 4 for writes: an output that takes only so many bytes ends in a documented status, leaves nothing that looks
/// complete, and the same command with room gives the bytes of an undisturbed run.
@Suite struct FullDiskTests {
    private static let late = SampleExport.tarWithLateStructures

    private func undisturbed(_ scratch: Scratch, _ tar: String) throws -> [String: [UInt8]] {
        let run = try Program.sluice(["convert", tar, "--output", scratch.place("whole")])
        #expect(run.status == 0, "\(run.errors)")
        return try Output(scratch.place("whole")).lines()
    }

    private func rerun(_ tar: String, _ out: String, gives lines: [String: [UInt8]]) throws {
        let again = try Program.sluice(["convert", tar, "--output", out, "--overwrite"])
        #expect(again.status == 0, "\(again.errors)")
        let output = Output(out)
        #expect(output.isComplete && output.hasSuccess)
        #expect(try output.lines() == lines)
        #expect(!output.files.contains { $0.hasSuffix(".partial") })
    }

    /// A file may grow to so many KiB and no further (`ulimit -f`); the signal is ignored, so that writing fails.
    @Test(arguments: [0, 1, 2, 4, 8, 11])
    func filesThatMayNotGrow(kilobytes: Int) throws {
        let scratch = try Scratch(), tar = try scratch.write("shop.tar", SampleExport.tar), out = scratch.place("out")
        let lines = try undisturbed(scratch, tar)
        let run = try Program.shell(
            "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$0\" convert \"$1\" --output \"$2\" 2> /dev/null", [tar, out])
        #expect([73, 75].contains(run.status), "\(run.status)")
        #expect(Output(out).signsOfCompletion.isEmpty)
        try rerun(tar, out, gives: lines)
    }

    private static let canMount =
        (try? Program.shell(
            "d=$(mktemp -d) && mount -t tmpfs -o size=64k none $d && umount $d; s=$?; rmdir $d; exit $s"))?.status == 0

    /// A real full disk, where this user may make one.
    @Test(.enabled(if: canMount, "no right to mount a tmpfs"), arguments: [4, 8, 12, 16, 20])
    func tmpfsThatIsFull(kilobytes: Int) throws {
        let scratch = try Scratch(), tar = try scratch.write("shop.tar", Self.late), out = scratch.place("disk/out")
        let lines = try undisturbed(scratch, tar)
        let line = """
            mkdir -p "$3" && mount -t tmpfs -o size=\(kilobytes)k none "$3" || exit 99
            cat "$1" | "$0" convert - --output "$2"; status=$?
            cp -r "$2" "$4"; umount "$3"; exit $status
            """
        let copy = scratch.place("copy")
        let run = try Program.shell(line, [tar, out, scratch.place("disk"), copy])
        #expect(run.status == 75, "\(run.status) \(run.errors)")
        #expect(run.errors.contains("No space left on device"), "\(run.errors)")
        #expect(Output(copy).signsOfCompletion.isEmpty)
        try rerun(tar, copy, gives: lines)
    }

    /// The rows have room, and the file of rejected rows has none.
    @Test(.enabled(if: canMount, "no right to mount a tmpfs"))
    func rejectsOnAFullDisk() throws {
        let scratch = try Scratch(),
            csv = try scratch.write("rows.csv", "1,2\n" + String(repeating: "1,2,3\n", count: 2000)),
            out = scratch.place("out")
        let line = """
            mkdir -p "$3" && mount -t tmpfs -o size=16k none "$3" || exit 99
            "$0" convert "$1" --output "$2" -q --rejects "$3/rejects"; status=$?
            umount "$3"; exit $status
            """
        let run = try Program.shell(line, [csv, out, scratch.place("disk")])
        #expect(run.status == 75 && run.errors.contains("No space left on device"), "\(run.status) \(run.errors)")
        #expect(Output(out).signsOfCompletion.isEmpty)
    }
}
