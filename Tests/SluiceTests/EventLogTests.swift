import Foundation
import TestSupport
import Testing

/// `--events FILE` reports a run from its beginning, however often it was interrupted.
@Suite struct EventLogTests {
    private func names(_ path: String) throws -> [String] {
        #expect(JSONLines.fault(in: try Files.bytes(path)) == nil)
        return try Files.text(path).split(separator: "\n").compactMap {
            $0.firstMatch(of: /"event":"([a-z_]+)"/).map { String($0.1) }
        }
    }

    @Test func aRunThatIsResumedAddsToTheEventsBefore() throws {
        let scratch = try Scratch(), events = scratch.place("events"), out = scratch.place("out")
        let text = (0 ..< 120_000).map { "\($0),some text,x\n" }.joined()
        let words = [
            "convert", try scratch.write("rows.csv", Array(text.utf8)), "--output", out, "--events", events,
            "--checkpoint-every", "0s",
        ]
        // It ends in its midst, for no file may grow past 3,000 KiB; that a kill cuts its last line off is done here.
        let stopped = try Program.shell("trap '' XFSZ; ulimit -f 3000; exec \"$0\" \"$@\"", words)
        #expect(stopped.status == 75 && Output(out).signsOfCompletion.isEmpty, "\(stopped.status) \(stopped.errors)")
        let before = try Files.bytes(events)
        #expect(try names(events).first == "start" && names(events).contains("checkpoint"))
        try scratch.write("events", before + Array(#"{"version":1,"event":"chec"#.utf8))

        let again = try Program.sluice(words + ["--resume"])
        #expect(again.status == 0, "\(again.errors)")
        #expect(try Files.bytes(events).starts(with: before))
        let added = try names(events).dropFirst(before.split(separator: UInt8(ascii: "\n")).count)
        #expect(added.prefix(2) == ["start", "went_on"] && added.last == "complete", "\(added)")

        let refused = try Program.sluice(words + ["--resume"])
        #expect(refused.status == 73)
        #expect(try names(events).suffix(3) == ["complete", "start", "failed"])

        let fresh = try Program.sluice(words + ["--overwrite"])
        #expect(fresh.status == 0, "\(fresh.errors)")
        #expect(try names(events).count { $0 == "start" } == 1)
    }

    @Test func aLineThatWasCutGoesHoweverLongItIs() throws {
        let scratch = try Scratch(), tar = try scratch.write("shop.tar", SampleExport.tar),
            events = scratch.place("events"), out = scratch.place("out")
        try scratch.write("out/_SUCCESS", [UInt8]())
        for kept in ["", "{}\n"] {
            try scratch.write("events", Array((kept + "{" + String(repeating: " ", count: 200_000)).utf8))
            #expect(try Program.sluice(["convert", tar, "--output", out, "--events", events, "--resume"]).status == 73)
            #expect(try Files.text(events).hasPrefix(kept + "{\"version\":1,\"event\":\"start\""))
            #expect(JSONLines.fault(in: try Files.bytes(events)) == nil)
        }
    }
}
