import BackupBytes
import BackupLake
import BackupRows
import BackupText
import Foundation
import Metrics

/// One run: inputs to a sink.
///
///     walk: read, mark   →   workers: lines   →   delivery: ledger, sink, checkpoints
///     one at a time          any number           in order, one at a time
///
/// A thread a core does what is next (`PipelineState`), and inflates or hashes where nothing is. Each arrow is bounded,
/// so memory is a constant number of slabs.
final class Conversion: Sendable {
    private let inputs: [ExportInput]
    private let setting: WalkSetting
    private let conversion: ConversionOptions
    private let delivery: Exclusive<Delivery>
    private let workers: LineWorkers
    private let idleWork: [any IdleWork]
    private let control = WalkControl()

    /// `sink` is handed over: no one else may use it until `run` has ended.
    init(
        _ export: BackupExport, _ conversion: ConversionOptions, _ given: GivenStructures,
        sink: sending ConversionSink, observer: ConversionObserver
    ) {
        inputs = export.inputs
        self.conversion = conversion
        var setup = ReaderSetup(export.options)
        setup.lines.tagKey = export.options.tagKey
        setup.hasManyWorkers = conversion.hasManyWorkers
        setting = WalkSetting(options: export.options, setup: setup, given: given, workFolder: sink.workFolder)
        workers = LineWorkers(conversion, sink.blocks.compression)
        idleWork = [control] + sink.idleWork
        let ledger = Ledger(
            RecordLog(path: setting.workFolder?.tables, folder: export.options.temporaryFolder),
            keepsInputsApart: export.options.duplicates == .error)
        let total = inputs.reduce(Optional(0)) { sum, input in sum.flatMap { sum in input.length.map { sum + $0 } } }
        ledger.describe(
            inputs: inputs.map(\.name), total: total, options: ConversionReport.describe(export.options, conversion))
        delivery = Exclusive(
            Delivery(ledger, sink, observer, setting, control, checkpointInterval: conversion.checkpointInterval))
    }

    /// Stops at the next batch; `run` then throws `CancellationError`.
    func cancel() { control.cancel() }

    /// Blocks its thread until all is done. Once.
    func run() throws -> ConversionReport {
        let point: ConversionResumePoint?
        do {
            point = try delivery.use { try $0.begin(conversion.rejects, inputs: inputs.count) }
        } catch {
            delivery.use { $0.abandon() }
            throw ExportError.wrap(error, entry: nil)
        }
        do {
            try makePipeline(point).run(threads: "sluice.work")
            let report = try delivery.use { try $0.end() }
            observe(report)
            return report
        } catch {
            delivery.use { $0.abandon() }
            conversion.logger.error("the conversion ended early: \(error)")
            throw ExportError.wrap(error, entry: nil)
        }
    }

    /// `point`: where the run that this one resumes was.
    private func makePipeline(_ point: ConversionResumePoint?) -> Pipeline<ReadRows, ConversionOutput> {
        let walk = InputsWalk(
            inputs, setting, control: control, checkpoints: delivery.use(\.checkpoints), from: point?.input ?? 0,
            at: point?.walk)
        let threads = conversion.threads
        return Pipeline(
            PipelineParts(
                source: Exclusive(ConversionSource(walk)), workers: workers, consumer: delivery, idle: idleWork),
            workers: threads, limits: .init(work: threads * 2 + 2, weigh: \.weight))
    }

    private func observe(_ report: ConversionReport) {
        conversion.logger.log(report)
        Counter(label: "sluice.rows").increment(by: report.rows)
        Counter(label: "sluice.output.bytes").increment(by: report.bytes)
    }
}

extension ReaderSetup {
    /// As the options of an export say.
    init(_ options: ExportOptions) {
        self.init()
        lines.values = options.values
        blocks = BlockPool(folder: options.temporaryFolder)
        recordLimit = min(options.limits.record, ReaderSetup.usualRecordLimit)
    }
}
