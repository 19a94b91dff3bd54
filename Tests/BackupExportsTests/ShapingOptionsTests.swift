import BackupLake
import BackupRows
import Testing

@testable import BackupExports

/// A run is resumed only with the options it was begun with: they are compared as keys and values.
@Suite struct ShapingOptionsTests {
    private func text(
        _ change: (inout ExportOptions) -> Void = { _ in },
        conversion: (inout ConversionOptions) -> Void = { _ in }, files: (inout FolderSink.Options) -> Void = { _ in }
    ) throws -> String {
        var options = ExportOptions(), conversionOptions = ConversionOptions(), sinkOptions = FolderSink.Options()
        change(&options)
        conversion(&conversionOptions)
        files(&sinkOptions)
        return try ShapingOptions(options, conversionOptions, sinkOptions).text
    }

    /// The form is a promise to runs of the same version: this is what they have noted.
    @Test func theCanonicalFormOfTheDefaults() throws {
        let expected = #"""
            {"arrays":"json","big-integers":"number","binary":"base64","changes":"debezium","commits-tables":false,
            "compression":"none","decimals":"number","dialect":"auto","duplicates":"error","format":"auto",
            "invalid-utf8":"error",
            "json":"embed","limit.columns":65536,"limit.entries":1000000,"limit.expansion":100000,"limit.layers":6,
            "limit.page":268435456,"limit.path":4096,"limit.record":268435455,"limit.spool":68719476736,
            "limit.structure":67108864,"limit.tables":1000000,"limit.window":134217728,
            "omit-nulls":false,
            "rejects":"fail","statements":"error","strict":false,"tables.excluded":[],"tables.included":[],
            "types":"schema",
            "unknown-statements":"error"}
            """#
        let found = try text()
        #expect(found == expected.replacing("\n", with: "") + "\n", "\(found)")
    }

    @Test func everyOptionThatShapesTheOutputCounts() throws {
        let texts = [
            try text(), try text { $0.tables.included = ["a"] }, try text { $0.tables.included = ["a b"] },
            try text { $0.tables.included = ["a", "b"] }, try text { $0.tables.excluded = ["a"] },
            try text { $0.format = .csv }, try text { $0.dialect = .mysql }, try text { $0.encoding = "gbk" },
            try text { $0.duplicates = .append }, try text { $0.unknownStatements = .skip },
            try text { $0.isStrict = true }, try text { $0.tagKey = "t" }, try text { $0.csv.delimiter = 9 },
            try text { $0.csv.quote = .some(nil) }, try text { $0.csv.quote = 39 },
            try text { $0.csv.escape = .some(nil) }, try text { $0.csv.escape = 92 }, try text { $0.csv.null = "" },
            try text { $0.csv.null = "null" }, try text { $0.csv.hasHeader = false },
            try text { $0.csv.hasHeader = true }, try text { $0.csv.columns = ["a,b"] },
            try text { $0.csv.columns = ["a", "b"] }, try text { $0.csv.lineEnd = .cr },
            try text { $0.values.binary = .hex }, try text { $0.values.decimals = .string },
            try text { $0.values.bigIntegers = .string }, try text { $0.values.documents = .string },
            try text { $0.values.arrays = .text }, try text { $0.values.omitsNulls = true },
            try text { $0.values.invalidUTF8 = .replace }, try text { $0.values.types = .text },
            try text { $0.limits.record = 1 }, try text { $0.limits.columns = 1 },
            try text { $0.limits.structure = 1 }, try text { $0.limits.tables = 1 },
            try text { $0.limits.entries = 1 }, try text { $0.limits.path = 1 }, try text { $0.limits.layers = 1 },
            try text { $0.limits.expansion = 1 }, try text { $0.limits.window = 1 }, try text { $0.limits.spill = 1 },
            try text { $0.changes.form = .flat }, try text { $0.changes.statements = .skip },
            try text { $0.changes.after = "mysql-bin.000001:4" },
            try text(conversion: { $0.compression = .zstd }), try text(files: { $0.partSize = 1 }),
            try text(files: { $0.commitsTables = true }),
            try text(conversion: { $0.rejects = .file("/nowhere/rejects", limit: nil) }),
            try text(conversion: { $0.rejects = .file("/dev/stderr", limit: nil) }),
        ]
        #expect(Set(texts).count == texts.count)
        #expect(texts.allSatisfy { $0.last == "\n" && $0.dropLast().allSatisfy { $0 != "\n" } })
    }

    @Test func whatDoesNotShapeTheOutputDoesNotCount() throws {
        let plain = try text()
        #expect(try text { $0.spillFolder = "/elsewhere" } == plain)
        #expect(try text(conversion: { $0.jobs = 3 }) == plain)
        #expect(try text(conversion: { $0.checkpointInterval = .seconds(1) }) == plain)
        #expect(try text(files: { $0.existing = .resume }) == plain)
        #expect(try text(files: { $0.bystanders = ["rejects"] }) == plain)
        let rejects = ConversionOptions.Rejects.file("/nowhere/a", limit: nil)
        #expect(
            try text(conversion: { $0.rejects = rejects })
                == text(conversion: { $0.rejects = .file("/nowhere/b", limit: 5) }))
    }

    /// An option that is new has to be decided about: it shapes the output, and is a key, or it does not.
    @Test func noOptionIsForgotten() {
        func fields(_ value: Any) -> Set<String> { Set(Mirror(reflecting: value).children.compactMap(\.label)) }
        #expect(
            fields(ExportOptions()) == [
                "tables", "format", "dialect", "csv", "encoding", "values", "duplicates", "unknownStatements",
                "isStrict", "tagKey", "limits", "spillFolder", "changes", "structures",
            ])
        #expect(fields(ChangeEventOptions()) == ["form", "statements", "after"])
        #expect(fields(TableFilter()) == ["included", "excluded"])
        #expect(
            fields(CSVOverrides()) == ["delimiter", "quote", "escape", "null", "hasHeader", "columns", "lineEnd"])
        #expect(
            fields(ValueOptions()) == [
                "binary", "decimals", "bigIntegers", "documents", "arrays", "omitsNulls", "invalidUTF8", "types",
            ])
        #expect(
            fields(ExportLimits()) == [
                "record", "columns", "structure", "tables", "entries", "path", "layers", "expansion", "window", "page",
                "spill",
            ])
        #expect(
            fields(ConversionOptions()) == [
                "compression", "rejects", "jobs", "marksInWorkers", "checkpointInterval", "logger",
            ])
        #expect(
            fields(FolderSink.Options()) == [
                "existing", "partSize", "compression", "commitsTables", "bystanders", "record", "keepsCheckpoints",
                "spillsElsewhere",
            ])
    }
}
