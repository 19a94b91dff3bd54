import Foundation
import TestSupport
import Testing

/// Other people's CSV files: the right rows or a clear error; never a crash, never a line that is not JSON.
@Suite(.enabled(if: Files.exists(Files.corpus + "/csv"), "no corpus beside this package"))
struct CorpusCSVTests {
    private static let folder = Files.corpus + "/csv"
    static let files = Files.below(folder).filter { !$0.hasSuffix(".json") }

    private static let optionSets = [
        ["--header"], ["--no-header", "--rejects", "{rejects}"], ["--header", "--dialect", "mysql", "--format", "csv"],
    ]

    /// Each file with one set of options; with SLUICE_LONG each with all.
    @Test(arguments: zip(files, files.indices))
    func file(name: String, index: Int) throws {
        for words in Effort.isLong ? Self.optionSets : [Self.optionSets[index % Self.optionSets.count]] {
            let scratch = try Scratch(), out = scratch.place("out")
            let run = try Program.sluice(
                ["convert", Self.folder + "/" + name, "--output", out]
                    + words.map { $0.replacing("{rejects}", with: scratch.place("rejects")) }, limit: 60)
            #expect([0, 2, 65, 66].contains(run.status), "\(words): \(run.status) \(run.errors)")
            let output = Output(out)
            #expect(
                run.status == 0 || run.status == 2 ? output.hasSuccess : output.signsOfCompletion.isEmpty, "\(words)")
            if run.status > 2 {
                #expect(run.errors.hasPrefix("sluice: ") || run.errors.contains("\nsluice: "), "\(run.errors)")
            }
            for file in output.files where file.hasSuffix(".ndjson") {
                #expect(JSONLines.fault(in: try Files.bytes(out + "/" + file)) == nil, "\(words)")
            }
        }
    }

    static let spectrumNames = Files.names(in: folder + "/csv-spectrum/csvs").map { String($0.dropLast(4)) }

    /// csv-spectrum comes with its expected rows.
    @Test(arguments: spectrumNames)
    func spectrumHasItsExpectedRows(name: String) throws {
        let run = try Program.sluice([
            "convert", "\(Self.folder)/csv-spectrum/csvs/\(name).csv", "--header", "--stdout", "-q",
        ])
        #expect(run.status == 0, "\(run.errors)")
        let found = try run.output.split(separator: 0x0A).map {
            try JSONSerialization.jsonObject(with: Data($0)) as? [String: String]
        }
        var json = try Files.text("\(Self.folder)/csv-spectrum/json/\(name).json")
        // A checkout may have lost the carriage returns of the CSV file; its JSON spells them out.
        if !(try Files.bytes("\(Self.folder)/csv-spectrum/csvs/\(name).csv")).contains(0x0D) {
            json = json.replacing("\\r\\n", with: "\\n")
        }
        let expected = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: String]]
        #expect(found == expected)
    }
}
