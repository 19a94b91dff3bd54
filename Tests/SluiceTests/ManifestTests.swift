import Foundation
import TestSupport
import Testing

/// The manifest says what is true, and `_SUCCESS` comes last of all.
@Suite struct ManifestTests {
    private func convert(_ words: [String] = []) throws -> Output {
        let scratch = try Scratch(), path = try scratch.write("shop.tar", SampleExport.tar), out = scratch.place("out")
        let run = try Program.sluice(["convert", path, "--output", out] + words)
        #expect(run.status == 0, "\(run.errors)")
        return Output(out, keeping: scratch)
    }

    @Test(arguments: [
        [], ["--compress", "gzip"], ["--compress", "zstd"], ["--part-size", "1000"],
        ["--jobs", "3", "--commit", "table"],
    ])
    func rowsBytesAndHashesAreTrue(words: [String]) throws {
        let output = try convert(words)
        #expect(output.manifest?["version"] as? Int == 1)
        #expect(output.isComplete)
        #expect(output.tables.map { $0["table"] as? String } == ["orders", "people", "empty"])
        var listed: Set<String> = ["_SUCCESS", "_manifest.json"]
        for table in output.tables {
            let files = table["files"] as? [[String: Any]] ?? []
            var rows = 0, plainBytes = 0
            for file in files {
                let path = try #require(file["path"] as? String), place = output.folder + "/" + path
                listed.insert(path)
                let bytes = try Files.bytes(place)
                let plain =
                    path.hasSuffix(".gz")
                    ? try Packing.gunzip(bytes) : path.hasSuffix(".zst") ? try Packing.unzstd(bytes) : bytes
                #expect(file["bytes"] as? Int == bytes.count, "\(path)")
                #expect(file["rows"] as? Int == plain.count { $0 == 0x0A }, "\(path)")
                let sum = try Program.run(["sha256sum", place]).text.prefix(64)
                #expect(file["sha256"] as? String == String(sum), "\(path)")
                #expect(JSONLines.fault(in: plain) == nil)
                rows += file["rows"] as? Int ?? 0
                plainBytes += plain.count
            }
            #expect(table["rows"] as? Int == rows)
            #expect(table["bytes"] as? Int == plainBytes)
            #expect(table["rejected"] as? Int == 0)
            #expect(!files.isEmpty, "a table without rows has an empty part")
        }
        #expect(Set(output.files) == listed)
    }

    /// More tables lie mixed than are kept as they are: they are evicted, and opened again.
    @Test func hashesAreTrueOfTablesThatLieMixed() throws {
        let scratch = try Scratch(), out = scratch.place("out")
        let dump = (0 ..< 3).map { round in (0 ..< 1500).map { "INSERT INTO t\($0) VALUES (\(round),'x');\n" }.joined()
        }.joined()
        let run = try Program.sluice(["convert", try scratch.write("mixed.sql", Array(dump.utf8)), "--output", out])
        #expect(run.status == 0, "\(run.errors)")
        let sums = try Program.run(["find", out, "-name", "*.ndjson", "-exec", "sha256sum", "{}", "+"]).text.split(
            separator: "\n")
        let expected = Set(sums.map { $0.replacing("  " + out + "/", with: " ") })
        let files = Output(out, keeping: scratch).tables.flatMap { $0["files"] as? [[String: Any]] ?? [] }
        #expect(Set(files.map { "\($0["sha256"] ?? "") \($0["path"] ?? "")" }) == expected)
        #expect(files.count == 1500 && files.allSatisfy { $0["rows"] as? Int == 3 })
    }

    /// A column of text is one whether rows follow or not, in a header, a list, and a structure.
    @Test(arguments: [("a,b\n", ["--header"]), ("a,b\n1,2\n", ["--header"]), ("1,2\n", ["--columns", "a,b"])])
    func columnsOfTextWithOrWithoutRows(text: String, words: [String]) throws {
        let scratch = try Scratch(), out = scratch.place("out")
        let run = try Program.sluice(
            ["convert", try scratch.write("t.csv", Array(text.utf8)), "--output", out] + words)
        #expect(run.status == 0, "\(run.errors)")
        let columns = try #require(Output(out, keeping: scratch).tables.first?["columns"] as? [[String: Any]])
        #expect(columns.map { $0["name"] as? String } == ["a", "b"])
        #expect(columns.map { $0["json"] as? String } == ["string", "string"])
    }

    /// JSON's own `null` looks like SQL's on a line: the manifest says where there are some, over all batches.
    @Test func jsonNullsAreCountedByColumn() throws {
        let scratch = try Scratch(), out = scratch.place("out")
        let rows = (0 ..< 40_000).map { "(\($0),'\($0 % 4 == 0 ? "null" : "[]")')" }.joined(separator: ",")
        let dump = "CREATE TABLE `t` (`id` int, `j` json);\nINSERT INTO `t` VALUES \(rows);\n"
        let run = try Program.sluice([
            "convert", try scratch.write("t.sql", Array(dump.utf8)), "--output", out, "--dialect", "mysql",
        ])
        #expect(run.status == 0, "\(run.errors)")
        let warnings = Output(out, keeping: scratch).tables.first?["warnings"] as? [String]
        #expect(warnings == ["column “j” has 10000 JSON values null, written like NULL"])
        #expect(run.errors.contains("10000 JSON values null"))
    }

    @Test func trueNamesColumnsAndEntries() throws {
        let output = try convert()
        let orders = try #require(output.tables.first)
        #expect(orders["database"] as? String == "shop")
        #expect(orders["schema"] is NSNull)
        let columns = orders["columns"] as? [[String: String]] ?? []
        #expect(columns.map { $0["name"] } == ["id", "total", "note", "paid"])
        #expect(columns.map { $0["type"] } == ["bigint", "decimal(10,2)", "text", "bit(1)"])
        #expect(columns.map { $0["json"] } == ["number", "number", "string", "number"])
        #expect(
            orders["entries"] as? [String] == ["shop.tar!shop/orders/data/1.csv", "shop.tar!shop/orders/data/2.csv"])
        #expect((output.manifest?["source"] as? [String: Any])?["bytes"] as? Int == SampleExport.tar.count)
    }

    @Test func theOptionsThatShapedTheOutputAreNamed() throws {
        let source = try #require(
            try convert(["--compress", "zstd", "--table", "shop.*", "--null", "-"]).manifest?["source"]
                as? [String: Any])
        let options = source["options"] as? [String: String] ?? [:]
        #expect(
            options["compress"] == "zstd" && options["table"] == "shop.*" && options["null"] == "-"
                && options["types"] == "schema")
    }

    @Test func dataThatWaitedOnDiskIsReported() throws {
        let scratch = try Scratch()
        let run = try Program.sluice(
            ["convert", "-", "--output", scratch.place("out")], input: SampleExport.tarWithLateStructures)
        #expect(run.status == 0, "\(run.errors)")
        let words = "data parts came before their structure and waited on disk"
        // Standard input is a file here, and may be read ahead; from a real pipe it must wait.
        let piped = try Program.shell(
            "cat \"$1\" | \"$0\" convert - --output \"$2\"",
            [try scratch.write("late.tar", SampleExport.tarWithLateStructures), scratch.place("piped")])
        #expect(piped.status == 0 && piped.errors.contains(words), "\(piped.errors)")
        let spool = (Output(scratch.place("piped")).manifest?["source"] as? [String: Any])?["spool"] as? [String: Any]
        #expect(spool?["parts"] as? Int == 3)
        #expect(try Output(scratch.place("piped")).lines() == Output(scratch.place("out")).lines())
    }

    @Test func successIsTheLastFileOfAll() throws {
        let output = try convert()
        let times = try output.files.map { name -> (String, Date) in
            let attributes = try FileManager.default.attributesOfItem(atPath: output.folder + "/" + name)
            return (name, try #require(attributes[.modificationDate] as? Date))
        }
        let success = try #require(times.first { $0.0 == "_SUCCESS" })
        let manifest = try #require(times.first { $0.0 == "_manifest.json" })
        #expect(times.allSatisfy { $0.1 <= success.1 })
        #expect(times.allSatisfy { $0.0 == "_SUCCESS" || $0.1 <= manifest.1 })
    }
}
