import Foundation
import TestSupport
import Testing

/// Sets of JSON wherever CSV goes in, and what the command says of them.
@Suite struct JSONInputTests {
    private static let rows = "{\"id\":1,\"s\":\"x\"}\n{\"id\":2,\"more\":[1, 2]}\n"
    private static let lines = "{\"id\":1,\"s\":\"x\"}\n{\"id\":2,\"more\":[1,2]}\n"

    @Test(arguments: ["t.json", "t.ndjson", "t.jsonl", "t", "t.data"])
    func aFileByItsNameOrItsFirstBytes(name: String) throws {
        let scratch = try Scratch()
        let run = try Program.sluice(["convert", try scratch.write(name, Array(Self.rows.utf8)), "--stdout"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text == Self.lines)
    }

    @Test func standardInput() throws {
        let run = try Program.sluice(["convert", "-", "--stdout"], input: Array(Self.rows.utf8))
        #expect(run.status == 0 && run.text == Self.lines, "\(run.errors)")
        let array = "[" + Self.rows.split(separator: "\n").joined(separator: ", ") + "]"
        let second = try Program.sluice(["convert", "-", "--stdout"], input: Array(array.utf8))
        #expect(second.status == 0 && second.text == Self.lines, "\(second.errors)")
    }

    /// Data before its structure, in an archive that comes through a pipe: it waits on disk.
    @Test(arguments: [true, false])
    func anArchiveWhoseStructureComesLast(isPipe: Bool) throws {
        let scratch = try Scratch()
        var tar = TarWriter()
        tar.add("shop/t/data/t_0_part0.json", Array("{\"id\":\"7\",\"s\":1.0}\n".utf8))
        tar.add("shop/t/data/t_0_part1.json", Array("[{\"s\":\"b\",\"id\":\"8\"}]".utf8))
        tar.add("shop/t/structure.sql", Array("CREATE TABLE `t` (`id` int, `s` varchar(9));\n".utf8))
        tar.end()
        let bytes = tar.bytes
        let run = try Program.sluice(
            ["convert", isPipe ? "-" : scratch.write("x.tar", bytes), "--stdout"], input: isPipe ? bytes : [])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text == "{\"id\":7,\"s\":\"1.0\"}\n{\"s\":\"b\",\"id\":8}\n")
    }

    @Test func theManifestHasTheKeysOfAllRows() throws {
        let scratch = try Scratch(), out = scratch.place("out")
        let run = try Program.sluice(
            ["convert", try scratch.write("t.json", Array((Self.rows + "{\"z\":0,\"id\":3}\n").utf8)), "--output", out])
        #expect(run.status == 0, "\(run.errors)")
        let manifest = try JSONSerialization.jsonObject(with: Data(Files.bytes(out + "/_manifest.json")))
        let tables = (manifest as? [String: Any])?["tables"] as? [[String: Any]]
        let columns = tables?.first?["columns"] as? [[String: Any]]
        #expect(columns?.compactMap { $0["name"] as? String } == ["id", "s", "more", "z"])
        #expect(columns?.allSatisfy { $0["json"] as? String == "literal" } == true)
        #expect(tables?.first?["rows"] as? Int == 3)
    }

    @Test func inspectionShowsKeysAndForm() throws {
        let scratch = try Scratch()
        let lines = try Program.sluice(["inspect", try scratch.write("t.json", Array(Self.rows.utf8))])
        #expect(lines.status == 0 && lines.text.contains("json of t") && lines.text.contains("an object a row"))
        for key in ["id", "s", "more"] { #expect(lines.text.contains("    \(key)  no declared type → literal")) }
        let array = try Program.sluice(["inspect", try scratch.write("a.json", Array("[{\"id\":1}]".utf8))])
        #expect(array.status == 0 && array.text.contains("one array of objects"))
    }
}
