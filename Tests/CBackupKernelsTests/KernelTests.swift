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
    @Test("Delimited text of every length up to 300, under all options, is marked alike", arguments: Trial.all)
    func csvLengths(_ trial: Trial) { #expect(trial.difference(trial_csv_lengths) == nil) }

    @Test("Borders of blocks and pages, full arrays and any beginning change no mark", arguments: Trial.all)
    func csvBorders(_ trial: Trial) { #expect(trial.difference(trial_csv_borders) == nil) }

    @Test("Delimited text cut anywhere gives the same rows", arguments: Trial.all)
    func csvCuts(_ trial: Trial) { #expect(trial.difference(trial_csv_cuts) == nil) }

    @Test("Tuples of INSERTs are marked alike", arguments: Trial.all)
    func tuples(_ trial: Trial) { #expect(trial.difference(trial_tuples) == nil) }

    @Test("Statements one after another, of known heads and others, are marked alike", arguments: Trial.all)
    func statements(_ trial: Trial) { #expect(trial.difference(trial_statements) == nil) }

    @Test("Tuples cut anywhere give the same rows", arguments: Trial.all)
    func tuplesCuts(_ trial: Trial) { #expect(trial.difference(trial_tuples_cuts) == nil) }

    @Test("Lines, faults and counts are alike under random plans, in large and small output", arguments: Trial.all)
    func emit(_ trial: Trial) { #expect(trial.difference(trial_emit) == nil) }

    @Test("Numbers and what only looks like them are told apart alike", arguments: Trial.all)
    func numbers(_ trial: Trial) { #expect(trial.difference(trial_numbers) == nil) }

    @Test("The first byte that is not UTF-8 is found where it is", arguments: Trial.all)
    func utf8(_ trial: Trial) { #expect(trial.difference(trial_utf8) == nil) }

    @Test("Escapes of every dialect are undone alike", arguments: Trial.all)
    func unescape(_ trial: Trial) { #expect(trial.difference(trial_unescape) == nil) }

    @Test("JSON is put on one line alike, with little memory for keys and much", arguments: Trial.all)
    func json(_ trial: Trial) { #expect(trial.difference(trial_json) == nil) }

    @Test("Arrays of PostgreSQL become the same JSON, in little room and much", arguments: Trial.all)
    func arrays(_ trial: Trial) { #expect(trial.difference(trial_arrays) == nil) }

    @Test("Base64 means the same bytes", arguments: Trial.all)
    func base64(_ trial: Trial) { #expect(trial.difference(trial_base64) == nil) }

    @Test("The plain implementation can always be asked for")
    func plainIsFirst() { #expect(String(cString: bk_kernels_at(0).pointee.name) == "plain") }
}
