import Foundation
import TestSupport
import Testing

/// `--overwrite`: the old output stays whole until the new one is, and only what a run has listed ever goes.
@Suite struct OverwriteTests {
    private let scratch: Scratch
    private let tar: String
    private let other: String
    private let out: String

    init() throws {
        scratch = try Scratch()
        tar = try scratch.write("shop.tar", SampleExport.tar)
        other = try scratch.write("other.csv", "1,2\n3,4\n")
        out = scratch.place("out")
    }

    private func bytes() throws -> [String: [UInt8]] {
        try Dictionary(uniqueKeysWithValues: Files.below(out).map { ($0, try Files.bytes(out + "/" + $0)) })
    }

    private func convert(_ words: String..., input: [UInt8] = []) throws -> Program {
        try Program.sluice(["convert", "--output", out] + words, input: input)
    }

    @Test func theNewOutputReplacesTheOld() throws {
        #expect(try convert(tar).status == 0)
        try scratch.write("out/mine.txt", "mine")
        try scratch.write("out/shop/orders/mine.txt", "mine")
        let run = try convert(other, "--overwrite")
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            Files.below(out) == [
                "_SUCCESS", "_manifest.json", "mine.txt", "other/part-00000.ndjson", "shop/orders/mine.txt",
            ])
        #expect(Output(out).isComplete)
        #expect(Files.names(in: out).filter { $0.hasPrefix(".") } == [])
        #expect(Files.names(in: out + "/shop") == ["orders"])
    }

    @Test(arguments: ["none.tar", "broken.tar.gz", "empty.csv", "ragged.csv"])
    func aRunThatFailsChangesNothing(name: String) throws {
        #expect(try convert(tar).status == 0)
        let before = try bytes()
        switch name {
        case "broken.tar.gz": try scratch.write(name, Array(try Packing.gzip(SampleExport.tar).dropLast(20)))
        case "empty.csv": try scratch.write(name, "")
        case "ragged.csv": try scratch.write(name, "1,2\n" + String(repeating: "1,2\n", count: 5000) + "1,2,3\n")
        default: break
        }
        let run = try convert(scratch.place(name), "--overwrite")
        #expect([65, 66].contains(run.status), "\(run.status) \(run.errors)")
        #expect(try bytes() == before)
        #expect(Output(out).isComplete)
    }

    @Test func aPipeThatFailsLeavesNothingOfItself() throws {
        #expect(try convert(tar).status == 0)
        let before = try bytes()
        let run = try convert("-", "--overwrite", input: Array(try Packing.gzip(SampleExport.tar).dropLast(20)))
        #expect(run.status == 65, "\(run.status) \(run.errors)")
        #expect(try bytes() == before)
        #expect(!Files.names(in: out).contains(".sluice.new"))
    }

    @Test(arguments: ["mine.txt", "_SUCCESS", "old/part-00000.ndjson", "_manifest.json"])
    func aFolderThatNoRunHasMadeIsRefused(name: String) throws {
        try scratch.write("out/" + name, "mine")
        let run = try convert(tar, "--overwrite")
        #expect(run.status == 73 && run.errors.contains("_manifest.json"), "\(run.errors)")
        #expect(try bytes() == [name: Array("mine".utf8)])
        #expect(Files.names(in: out).allSatisfy { !$0.hasPrefix(".") })
    }

    @Test func aFileOfTheUsersInTheWayIsKept() throws {
        #expect(try convert(tar).status == 0)
        try scratch.write("out/other/part-00000.ndjson", "mine")
        let before = try bytes()
        let run = try convert(other, "--overwrite")
        #expect(run.status == 73 && run.errors.contains("other/part-00000.ndjson is in the way"), "\(run.errors)")
        for (name, text) in before { #expect(try Files.bytes(out + "/" + name) == text, "\(name)") }
    }

    @Test func aManifestThatListsAnythingElseIsRefused() throws {
        #expect(try convert(tar).status == 0)
        try scratch.write("victim", "mine")
        let text = try Files.text(out + "/_manifest.json")
        for path in ["../victim", "shop/../../victim", "/etc/hosts", "mine.txt", ".sluice.run", "shop/orders/.."] {
            try scratch.write("out/_manifest.json", text.replacing("shop/orders/part-00000.ndjson", with: path))
            let run = try convert(other, "--overwrite")
            #expect(run.status == 73 && run.errors.contains("which no run has written"), "\(run.errors)")
        }
        #expect(try Files.text(scratch.place("victim")) == "mine")
    }

    @Test func itIsResumedFromItsOwnCheckpoint() throws {
        #expect(try convert(tar).status == 0)
        let before = try bytes()
        let rows = try scratch.write("rows.csv", Array((0 ..< 120_000).map { "\($0),some text,x\n" }.joined().utf8))
        let words = ["convert", rows, "--output", out, "--checkpoint-every", "0s"]
        let stopped = try Program.shell("trap '' XFSZ; ulimit -f 3000; exec \"$0\" \"$@\"", words + ["--overwrite"])
        #expect(stopped.status == 75, "\(stopped.status) \(stopped.errors)")
        for (name, text) in before { #expect(try Files.bytes(out + "/" + name) == text, "\(name)") }
        #expect(Files.exists(out + "/.sluice.new/.sluice.work/checkpoint"))
        let again = try Program.sluice(words + ["--resume", "--events", scratch.place("events")])
        #expect(again.status == 0, "\(again.errors)")
        #expect(try Files.text(scratch.place("events")).contains("went_on"))
        #expect(Files.below(out) == ["_SUCCESS", "_manifest.json", "rows/part-00000.ndjson"])
        #expect(try Program.sluice(["convert", rows, "--output", scratch.place("whole")]).status == 0)
        #expect(try Output(out).lines() == Output(scratch.place("whole")).lines())
    }

    @Test func notTogetherWithTablesOneByOne() throws {
        let run = try convert(tar, "--overwrite", "--commit", "table")
        #expect(run.status == 64 && run.errors.contains("--commit table"), "\(run.errors)")
    }
}
