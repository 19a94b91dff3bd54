import BackupLake
import Foundation
import TestSupport
import Testing

/// A folder is compared with its manifest, file by file.
@Suite struct VerifyTests {
    private let scratch: Scratch
    private let lake: String
    private let parts: [String]

    init() throws {
        scratch = try Scratch()
        lake = scratch.place("lake")
        let tar = try scratch.write("shop.tar", SampleExport.tar)
        let run = try Program.sluice(["convert", tar, "--output", lake, "--quiet"])
        #expect(run.status == 0, "\(run.errors)")
        // The longest first: some tables have no rows.
        let lake = lake
        let files = try Files.below(lake).filter { $0.hasSuffix(".ndjson") }.map {
            ($0, try Files.bytes("\(lake)/\($0)").count)
        }
        parts = files.sorted { $0.1 > $1.1 }.map(\.0)
    }

    @Test func aWholeFolderIs0() throws {
        let run = try Program.sluice(["verify", lake])
        #expect(run.status == 0 && run.output.isEmpty)
        #expect(run.errors.contains("\(parts.count) files") && run.errors.contains("as the manifest says"))
        let json = try Program.sluice(["verify", lake, "--json", "--quiet"])
        #expect(json.errors.isEmpty && json.text.contains("\"differences\":[]"))
        #expect(try OutputCheck(of: lake).files == parts.count)
    }

    @Test func whatDiffersOrIsMissingIs65AndNamed() throws {
        let changed = lake + "/" + parts[0], cut = lake + "/" + parts[1], missing = lake + "/" + parts[2]
        var bytes = try Files.bytes(changed)
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: changed))
        try Data(try Files.bytes(cut).dropLast()).write(to: URL(fileURLWithPath: cut))
        try FileManager.default.removeItem(atPath: missing)
        try FileManager.default.removeItem(atPath: lake + "/_SUCCESS")
        let run = try Program.sluice(["verify", lake])
        #expect(run.status == 65)
        for line in [
            "_SUCCESS: is missing", "\(parts[0]): its SHA-256", "\(parts[1]): has ", "\(parts[2]): is missing",
            ": 4 of \(parts.count) files",
        ] { #expect(run.errors.contains(line), "\(run.errors)") }
        let differences = try OutputCheck(of: lake).differences
        #expect(Set(differences.map(\.path)) == Set(["_SUCCESS"] + parts.prefix(3)))
    }

    @Test func aLinkInAFilesPlaceIsADifference() throws {
        let path = lake + "/" + parts[0], elsewhere = scratch.place("elsewhere")
        try FileManager.default.moveItem(atPath: path, toPath: elsewhere)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: elsewhere)
        let run = try Program.sluice(["verify", lake])
        #expect(run.status == 65 && run.errors.contains("\(parts[0]): cannot be read"), "\(run.errors)")
    }

    @Test(arguments: ["empty", "none", "foreign"])
    func withoutAManifestItIs66(folder: String) throws {
        if folder == "empty" { try scratch.write("empty/x", "") }
        if folder == "foreign" { try scratch.write("foreign/_manifest.json", "{}") }
        let run = try Program.sluice(["verify", scratch.place(folder)])
        #expect(run.status == 66 && run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }

    @Test func aManifestThatListsWhatNoRunHasWrittenIsRefused() throws {
        let text = try Files.text(lake + "/_manifest.json").replacing(parts[0], with: "../" + parts[0])
        try Data(text.utf8).write(to: URL(fileURLWithPath: lake + "/_manifest.json"))
        let run = try Program.sluice(["verify", lake])
        #expect(run.status == 65 && run.errors.contains("which no run has written"), "\(run.errors)")
    }

    @Test func compressedFilesAreReadAsTheyLie() throws {
        let other = scratch.place("other")
        let run = try Program.shell(
            "\"$0\" convert \"$1\" --output \"$2\" --compress gzip -q && \"$0\" verify \"$2\"",
            [scratch.place("shop.tar"), other])
        #expect(run.status == 0, "\(run.errors)")
    }
}
