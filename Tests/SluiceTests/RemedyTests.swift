import BackupExports
import TestSupport
import Testing

@testable import sluice

/// Errors carry a remedy as a value, and the command names its flags.
@Suite struct RemedyTests {
    @Test func eachSettingHasAFlagOfTheCommand() throws {
        let help = try Program.sluice(["convert", "--help"]).text
        for setting in Remedy.Setting.known {
            let flag = try #require(Remedy.Setting.flags[setting], "\(setting.rawValue)")
            guard flag.hasPrefix("--"), let name = flag.split(separator: " ").first else { continue }
            #expect(help.contains(name), "\(flag)")
        }
        #expect(Remedy.Setting.flags.count == Remedy.Setting.known.count)
    }

    @Test func aRemedyNamesItsSettingsAsItsReaderDoes() {
        let limit = 7, remedy: Remedy = "more than \("\(limit)")? see \(.quote), \(.types, "text")"
        #expect(remedy.settings == [.quote, .types])
        #expect(remedy.description == "more than 7? see csv.quote, values.types text")
        #expect(remedy.text(naming: \.flag) == "more than 7? see --quote, --types text")
        let error = ExportError(.badRow, entry: "a.csv", row: 2, why: "not a number", remedy: remedy)
        #expect(error.text(naming: \.flag) == "a.csv: row 2: not a number; more than 7? see --quote, --types text")
        #expect("\(error)" == "a.csv: row 2: not a number; more than 7? see csv.quote, values.types text")
        let option = ExportError(.badOption, setting: .encoding, why: "klingon is not known")
        #expect(option.text(naming: \.flag) == "--encoding klingon is not known")
        #expect("\(option)" == "encoding klingon is not known")
    }
}
