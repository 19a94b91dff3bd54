import CBackupKernels
import KernelTrials
import Testing

/// An implementation other than the plain one, and a seed.
struct Trial: CustomTestStringConvertible, Sendable {
    typealias Body = @convention(c) (UnsafePointer<bk_kernels>?, UInt64) -> UnsafePointer<CChar>?

    var index: Int
    var seed: UInt64

    static let all: [Trial] = (1...).lazy.prefix { bk_kernels_at($0) != nil }.flatMap { index in
        (0 ..< 2).map { Trial(index: index, seed: $0) }
    }

    var testDescription: String { "\(String(cString: bk_kernels_at(index).pointee.name)), seed \(seed)" }

    /// What differs from the plain implementation; nil: nothing.
    func difference(_ body: Body) -> String? { body(bk_kernels_at(index), seed).map { String(cString: $0) } }
}

/// Every implementation gives what the plain one gives, on random and hostile bytes. Serial: the trials share their
/// memory.
@Suite(.serialized) struct KernelTests {
    @Test(arguments: Trial.all)
    func delimitedTextOfEveryLengthUpTo300UnderAllOptionsIsMarkedAlike(_ trial: Trial) {
        #expect(trial.difference(trial_csv_lengths) == nil)
    }

    @Test(arguments: Trial.all)
    func bordersOfBlocksAndPagesFullArraysAndAnyBeginningChangeNoMark(_ trial: Trial) {
        #expect(trial.difference(trial_csv_borders) == nil)
    }

    @Test(arguments: Trial.all)
    func delimitedTextCutAnywhereGivesTheSameRows(_ trial: Trial) { #expect(trial.difference(trial_csv_cuts) == nil) }

    @Test(arguments: Trial.all)
    func tuplesOfINSERTsAreMarkedAlike(_ trial: Trial) { #expect(trial.difference(trial_tuples) == nil) }

    @Test(arguments: Trial.all)
    func statementsOneAfterAnotherOfKnownHeadsAndOthersAreMarkedAlike(_ trial: Trial) {
        #expect(trial.difference(trial_statements) == nil)
    }

    @Test(arguments: Trial.all)
    func rowsOfSeveralTablesAreGroupedInOrder(_ trial: Trial) { #expect(trial.difference(trial_groups) == nil) }

    @Test(arguments: Trial.all)
    func tuplesCutAnywhereGiveTheSameRows(_ trial: Trial) { #expect(trial.difference(trial_tuples_cuts) == nil) }

    @Test(arguments: Trial.all)
    func linesFaultsAndCountsAreAlikeUnderRandomPlansInLargeAndSmallOutput(_ trial: Trial) {
        #expect(trial.difference(trial_emit) == nil)
    }

    @Test(arguments: Trial.all)
    func numbersAndWhatOnlyLooksLikeThemAreDistinguishedAlike(_ trial: Trial) {
        #expect(trial.difference(trial_numbers) == nil)
    }

    @Test(arguments: Trial.all)
    func theFirstByteThatIsNotUTF8IsFoundWhereItIs(_ trial: Trial) { #expect(trial.difference(trial_utf8) == nil) }

    @Test(arguments: Trial.all)
    func escapesOfEveryDialectAreUndoneAlike(_ trial: Trial) { #expect(trial.difference(trial_unescape) == nil) }

    @Test(arguments: Trial.all)
    func textsWithEscapesInRunsAndAloneAreWrittenAlike(_ trial: Trial) {
        #expect(trial.difference(trial_escaped_text) == nil)
    }

    @Test(arguments: Trial.all)
    func escapesOfJSONAreFoundGoodOrWrongAlikeWhereverTheyStand(_ trial: Trial) {
        #expect(trial.difference(trial_json_index) == nil)
    }

    @Test(arguments: Trial.all)
    func jsonIsPutOnOneLineAlikeWithLittleMemoryForKeysAndMuch(_ trial: Trial) {
        #expect(trial.difference(trial_json) == nil)
    }

    @Test(arguments: Trial.all)
    func arraysOfPostgreSQLBecomeTheSameJSONInLittleRoomAndMuch(_ trial: Trial) {
        #expect(trial.difference(trial_arrays) == nil)
    }

    @Test(arguments: Trial.all)
    func base64MeansTheSameBytes(_ trial: Trial) { #expect(trial.difference(trial_base64) == nil) }

    @Test(arguments: Trial.all)
    func base64InLinesIsJoinedWhereItsBytesAreWrittenSo(_ trial: Trial) {
        #expect(trial.difference(trial_base64_lines) == nil)
    }

    @Test
    func thePlainImplementationCanAlwaysBeAskedFor() {
        #expect(String(cString: bk_kernels_at(0).pointee.name) == "plain")
    }
}
