import Foundation
import TestSupport
import Testing

/// The rules of values.md that concern archives: their fixtures are made here, since their bytes are binary.
@Suite struct ArchiveRuleTests {
    /// Rules pinned in this file and not by a folder.
    static let rules: Set<Int> = [27, 28, 30, 32]

    static let structure = ("shop/t/structure.sql", "CREATE TABLE `t` (`id` int, `s` text);\n")
    static let tree = [structure, ("shop/t/data/1.csv", "1,\"a\"\n2,\"b\"\n")]
    static let lines = "{\"id\":1,\"s\":\"a\"}\n{\"id\":2,\"s\":\"b\"}\n"

    private func convert(
        _ bytes: [UInt8], name: String = "export.tar", _ words: [String] = [], fromPipe: Bool = false
    ) throws -> (Program, Output) {
        let scratch = try Scratch()
        let path = try scratch.write(name, bytes)
        let out = scratch.place("out")
        let run =
            fromPipe
            ? try Program.shell(
                "cat \"$1\" | timeout -s KILL 60 \"$0\" convert - --output \"$2\" \"${@:3}\"", [path, out] + words)
            : try Program.sluice(["convert", path, "--output", out] + words)
        return (run, Output(out, keeping: scratch))
    }

    // MARK: 27

    @Test func rule27TheSamePathTwiceIsAnError() throws {
        let (run, output) = try convert(TarWriter.archive(Self.tree + [Self.tree[1]]))
        #expect(run.status == 65)
        #expect(run.errors.contains("two entries of this path"), "\(run.errors)")
        #expect(output.signsOfCompletion.isEmpty)
    }

    @Test func rule27TheSamePathTwiceAppended() throws {
        let (run, output) = try convert(TarWriter.archive(Self.tree + [Self.tree[1]]), ["--duplicates", "append"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(String(decoding: try output.lines()["shop.t"] ?? [], as: UTF8.self) == Self.lines + Self.lines)
    }

    // MARK: 28

    @Test(arguments: [false, true])
    func rule28ATarGzCutAnywhereIsAnError(fromPipe: Bool) throws {
        let whole = try Packing.gzip(TarWriter.archive(Self.tree))
        for cut in stride(from: 1, to: whole.count, by: max(1, whole.count / 12)) {
            let (run, output) = try convert(Array(whole.prefix(cut)), name: "export.tar.gz", fromPipe: fromPipe)
            #expect([65, 66].contains(run.status), "cut at \(cut): \(run.status) \(run.errors)")
            #expect(output.signsOfCompletion.isEmpty, "cut at \(cut)")
        }
    }

    @Test func rule28ATarCutAtAnyBlockIsAnError() throws {
        let whole = TarWriter.archive(Self.tree)
        for cut in stride(from: 512, to: whole.count - 512, by: 256) {
            let (run, output) = try convert(Array(whole.prefix(cut)))
            #expect([65, 66].contains(run.status), "cut at \(cut): \(run.status) \(run.errors)")
            #expect(output.signsOfCompletion.isEmpty, "cut at \(cut)")
        }
    }

    @Test func rule28UnfinishedFilesKeepTheirUnfinishedName() throws {
        let (run, output) = try convert(TarWriter.archive(Self.tree + [("shop/t/data/2.csv", "3,\"c\"\n4\n")]))
        #expect(run.status == 65)
        #expect(output.files.contains("shop/t/part-00000.ndjson.partial"), "\(output.files)")
        #expect(output.manifest?["complete"] as? Bool == false)
        #expect(output.signsOfCompletion.isEmpty)
    }

    // MARK: 30

    @Test func rule30ZeroPaddingAfterTheLastMemberIsFine() throws {
        let padded = try Packing.gzip(TarWriter.archive(Self.tree)) + [UInt8](repeating: 0, count: 4096)
        let (run, output) = try convert(padded, name: "export.tar.gz")
        #expect(run.status == 0, "\(run.errors)")
        #expect(String(decoding: try output.lines()["shop.t"] ?? [], as: UTF8.self) == Self.lines)
    }

    @Test(arguments: ["junk", "\u{0}junk", "<html>"])
    func rule30AnythingElseIsAnError(tail: String) throws {
        let (run, output) = try convert(
            try Packing.gzip(TarWriter.archive(Self.tree)) + Array(tail.utf8), name: "export.tar.gz")
        #expect(run.status == 65, "\(run.errors)")
        #expect(output.signsOfCompletion.isEmpty)
    }

    @Test func rule30HalfAndWholeOfAResumedDownloadIsAnError() throws {
        let whole = try Packing.gzip(TarWriter.archive(Self.tree))
        let (run, output) = try convert(Array(whole.prefix(whole.count / 2)) + whole, name: "export.tar.gz")
        #expect(run.status == 65, "\(run.errors)")
        #expect(output.signsOfCompletion.isEmpty)
    }

    @Test func rule30SeveralMembersAndSeveralTarsAreOneExport() throws {
        let first = TarWriter.archive(Self.tree), second = TarWriter.archive([("shop/t/data/2.csv", "3,\"c\"\n")])
        let (run, output) = try convert(try Packing.gzip(first) + Packing.gzip(second), name: "export.tar.gz")
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            String(decoding: try output.lines()["shop.t"] ?? [], as: UTF8.self) == Self.lines
                + "{\"id\":3,\"s\":\"c\"}\n")
    }

    // MARK: 31

    @Test(arguments: ["export.zip", "export.csv", "export", "export.sql.gz", "export.parquet"])
    func rule31ContentDecidesAndNotTheName(name: String) throws {
        let (run, output) = try convert(try Packing.gzip(TarWriter.archive(Self.tree)), name: name)
        #expect(run.status == 0, "\(run.errors)")
        #expect(String(decoding: try output.lines()["shop.t"] ?? [], as: UTF8.self) == Self.lines)
    }

    // MARK: 32

    @Test func rule32LinksDevicesAndPathsThatLeadOutAreSkipped() throws {
        var tar = TarWriter()
        for (name, text) in Self.tree { tar.add(name, text) }
        tar.add("/absolute.csv", "9,9\n")
        tar.add("../out.csv", "9,9\n")
        tar.add("shop/../../out.csv", "9,9\n")
        tar.add("shop/t/data/link.csv", type: "2", link: "../../../secret.csv")
        tar.add("shop/t/data/hard.csv", type: "1", link: "shop/t/data/1.csv")
        tar.add("shop/t/data/device", type: "3")
        tar.end()
        let (run, output) = try convert(tar.bytes)
        #expect(run.status == 0, "\(run.errors)")
        #expect(String(decoding: try output.lines()["shop.t"] ?? [], as: UTF8.self) == Self.lines)
        for reason in ["an absolute path", "a path that leads out of the archive", "a link", "a device"] {
            #expect(run.errors.contains(reason), "\(reason): \(run.errors)")
        }
        #expect(Files.names(in: output.folder + "/..") == ["export.tar", "out"])
    }
}
