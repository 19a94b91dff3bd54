import Testing

@testable import BackupLake

/// Whether a run is fresh, resumed, replaces an output or is refused: one decision, as a table.
@Suite struct RunStartTests {
    private static let ours = RunRecord(options: "a=1", inputs: ["shop.tar|10|1"])
    private static let changed = RunRecord(options: "a=1", inputs: ["shop.tar|11|2"])
    private static let other = RunRecord(options: "a=2", inputs: ["shop.tar|10|1"])
    private static let parts = ["shop", ".sluice.run", ".sluice.files", ".sluice.lock"]

    struct Row: Sendable, CustomTestStringConvertible {
        var what: String
        var found: FoundOutput
        /// Of refuse, resume, startOver and replace.
        var starts: [RunStart]
        var testDescription: String { what }
    }

    private static let inputChanged = RunStart.refused(.otherRun("its input was another one, or has changed"))
    private static let otherOptions = RunStart.refused(.otherRun("it was begun with other options"))

    static let table = [
        Row(what: "nothing", found: FoundOutput(), starts: [.fresh, .fresh, .fresh, .fresh]),
        Row(
            what: "traces of a run without a checkpoint",
            found: FoundOutput(names: [".sluice.lock", ".sluice.run", ".sluice.work"], record: ours),
            starts: [.fresh, .fresh, .fresh, .fresh]),
        Row(
            what: "traces of a run with a checkpoint",
            found: FoundOutput(names: [".sluice.run", ".sluice.work"], record: ours, hasCheckpoint: true),
            starts: [
                .fresh, .resumed(.folder, from: .checkpoint), .resumed(.folder, from: .firstByte), .fresh,
            ]),
        Row(
            what: "files of somebody else", found: FoundOutput(names: ["mine.txt"]),
            starts: [
                .refused(.notEmpty), .refused(.noUnfinishedRun), .refused(.noUnfinishedRun), .refused(.noManifest),
            ]),
        Row(
            what: "an unfinished run", found: FoundOutput(names: parts, record: ours, hasCheckpoint: true),
            starts: [
                .refused(.notEmpty), .resumed(.folder, from: .checkpoint), .resumed(.folder, from: .firstByte),
                .replacing,
            ]),
        Row(
            what: "an unfinished run of an input that changed",
            found: FoundOutput(names: parts, record: changed, hasCheckpoint: true),
            starts: [.refused(.notEmpty), inputChanged, inputChanged, .replacing]),
        Row(
            what: "an unfinished run with other options",
            found: FoundOutput(names: parts, record: other, hasCheckpoint: true),
            starts: [.refused(.notEmpty), otherOptions, otherOptions, .replacing]),
        Row(
            what: "a run that failed before its first checkpoint",
            found: FoundOutput(names: parts + ["_manifest.json"], hasManifest: true, record: ours),
            starts: [
                .refused(.notEmpty), .resumed(.folder, from: .checkpoint), .resumed(.folder, from: .firstByte),
                .replacing,
            ]),
        Row(
            what: "a finished output",
            found: FoundOutput(names: ["shop", "_manifest.json", "_SUCCESS"], hasManifest: true),
            starts: [.refused(.notEmpty), .refused(.finished), .refused(.finished), .replacing]),
        Row(
            what: "a finished output with notes of its run",
            found: FoundOutput(
                names: parts + ["_manifest.json", "_SUCCESS"], hasManifest: true, record: ours, hasCheckpoint: true),
            starts: [.refused(.notEmpty), .refused(.finished), .refused(.finished), .replacing]),
        Row(
            what: "a finished output without its manifest",
            found: FoundOutput(names: parts + ["_SUCCESS"], record: ours),
            starts: [.refused(.notEmpty), .refused(.finished), .refused(.finished), .refused(.noManifest)]),
        Row(
            what: "a finished output that a run was replacing",
            found: FoundOutput(
                names: ["shop", "_manifest.json", "_SUCCESS", ".sluice.new"], hasManifest: true,
                staged: .init(record: ours, hasCheckpoint: true)),
            starts: [
                .refused(.notEmpty), .resumed(.staging, from: .checkpoint), .resumed(.staging, from: .firstByte),
                .replacing,
            ]),
        Row(
            what: "a finished output that another run was replacing",
            found: FoundOutput(
                names: ["shop", "_manifest.json", "_SUCCESS", ".sluice.new"], hasManifest: true,
                staged: .init(record: other)),
            starts: [.refused(.notEmpty), otherOptions, otherOptions, .replacing]),
        Row(
            what: "an exchange under way",
            found: FoundOutput(names: ["shop", ".sluice.new"], staged: .init(isWhole: true, record: ours)),
            starts: [
                .exchange(isOurs: false), .exchange(isOurs: true), .exchange(isOurs: true), .exchange(isOurs: false),
            ]),
        Row(
            what: "an exchange of another run under way",
            found: FoundOutput(names: ["shop", ".sluice.new"], staged: .init(isWhole: true, record: other)),
            starts: Array(repeating: .exchange(isOurs: false), count: 4)),
        Row(
            what: "an exchange under way whose run has no record any more",
            found: FoundOutput(names: ["shop", ".sluice.new"], staged: .init(isWhole: true)),
            starts: Array(repeating: .exchange(isOurs: false), count: 4)),
    ]

    @Test(arguments: table)
    func theDecisionIsThatOfTheTable(row: Row) {
        let starts = ExistingOutput.allCases.map {
            RunStart.decide(row.found, $0, record: Self.ours, keepsCheckpoints: true)
        }
        #expect(starts == row.starts)
    }

    /// An input that is read once, as a pipe is, leaves no checkpoint that helps.
    @Test func aRunThatKeepsNoCheckpointsBeginsAtTheFirstByte() {
        let found = FoundOutput(names: Self.parts, record: Self.ours, hasCheckpoint: true)
        let start = RunStart.decide(found, .resume, record: Self.ours, keepsCheckpoints: false)
        #expect(start == .resumed(.folder, from: .firstByte))
        let traces = FoundOutput(names: [".sluice.run"], record: Self.ours, hasCheckpoint: true)
        #expect(RunStart.decide(traces, .resume, record: Self.ours, keepsCheckpoints: false) == .fresh)
    }

    /// Before the input is known, any unfinished run may be the one.
    @Test func withoutARecordEveryUnfinishedRunIsResumed() {
        let found = FoundOutput(names: Self.parts, record: Self.other, hasCheckpoint: true)
        let start = RunStart.decide(found, .resume, record: nil, keepsCheckpoints: true)
        #expect(start == .resumed(.folder, from: .checkpoint))
    }

    @Test func anotherVersionIsAnotherRun() {
        var earlier = Self.ours
        earlier.version = "0.0.1"
        let found = FoundOutput(names: Self.parts, record: earlier, hasCheckpoint: true)
        let start = RunStart.decide(found, .resume, record: Self.ours, keepsCheckpoints: true)
        #expect(start == .refused(.otherRun("it was begun by version 0.0.1")))
    }

    @Test(arguments: [
        (FoundOutput(names: parts, record: ours), true, true),
        (FoundOutput(names: parts + ["_SUCCESS"], record: ours), false, false),
        (FoundOutput(names: ["_SUCCESS"], staged: .init(record: ours)), false, true),
        (FoundOutput(names: ["_SUCCESS"], staged: .init(isWhole: true)), true, true), (FoundOutput(), false, false),
    ])
    func anUnfinishedRunIsSeen(found: FoundOutput, is plain: Bool, is replacing: Bool) {
        #expect(found.holdsUnfinishedRun(replacing: false) == plain)
        #expect(found.holdsUnfinishedRun(replacing: true) == replacing)
    }
}
