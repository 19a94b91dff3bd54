import Foundation
import TestSupport
import Testing

/// The programs of samples/programs do what the README says of them.
@Suite struct SampleProgramTests {
    private static let export = Files.root + "/samples/exports/shop-mysql-csv.tar.gz"

    private func run(_ name: String, _ words: [String]) throws -> Program {
        let program = (Program.sluice as NSString).deletingLastPathComponent + "/" + name
        return try Program.run(["timeout", "60", program] + words)
    }

    @Test(arguments: ["sample-rows", "sample-stream"])
    func walkersMeetEveryRow(name: String) throws {
        let run = try run(name, [Self.export])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text.contains("shop.customers"))
        #expect(run.text.contains("120 rows"))
        #expect(run.text.contains("60 rows"))
    }

    @Test func rowsAreTheSameOnNoActor() throws {
        let atTopLevel = try run("sample-rows", [Self.export])
        let detached = try run("sample-rows-detached", [Self.export])
        #expect(detached.status == 0, "\(detached.errors)")
        #expect(detached.text == atTopLevel.text)
    }

    @Test func rowsBecomeATypeOfOnesOwn() throws {
        let run = try run("sample-types", [Self.export])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text.contains("shop.orders: 954865.84 in all, the last on 2025-12-12 09:23:18"))
        #expect(run.text.contains(", 0 without a customer"))
    }

    @Test func aSinkOfOnesOwnGetsEveryLine() throws {
        let run = try run("sample-own-sink", [Self.export])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text.contains("shop.orders: "))
        #expect(run.text.contains("1589 rows in all"))
    }

    @Test func aConversionMakesWhatItsOptionsSay() throws {
        let scratch = try Scratch(), folder = scratch.place("lake")
        let run = try run("sample-convert", [Self.export, folder])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text.contains("shop.orders: 300 rows"))
        #expect(!run.text.contains("shop.events"))
        #expect(Output(folder).hasSuccess)
    }
}
