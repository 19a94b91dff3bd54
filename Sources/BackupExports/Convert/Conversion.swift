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
///
/// Unchecked because of the sink, which belongs to no thread. The rule: `run` is called once, and from then on nobody
/// but the conversion uses the sink; `cancel` touches the control alone.
final class Conversion: @unchecked Sendable {
    private let inputs: [ExportInput]
    private let options: ExportOptions
    private let conversion: ConversionOptions
    private let sink: ConversionSink
    private let observer: ConversionObserver
    private let control = WalkControl()

    init(_ export: BackupExport, _ conversion: ConversionOptions, sink: ConversionSink, observer: ConversionObserver) {
        inputs = export.inputs
        options = export.options
        self.conversion = conversion
        self.sink = sink
        self.observer = observer
    }

    /// Stops at the next batch; `run` then throws `CancellationError`.
    func cancel() { control.cancel() }

    /// Blocks its thread until all is done.
    func run() throws -> ConversionReport {
        let setting = makeSetting()
        let ledger = makeLedger(setting)
        let point: ConversionResumePoint?
        do {
            point = try sink.resumable?.unfinished?.state()
            try prepare(ledger, setting, point)
        } catch {
            sink.blocks.abandon(ledger.report)
            throw ExportError.wrap(error, entry: nil)
        }
        do {
            try makePipeline(ledger, setting, point).run(threads: "sluice.work")
            if let current = ledger.current { try sink.blocks.pause(current) }
            let report = ledger.finish(bytesRead: setting.counter.count)
            try sink.blocks.commit(report)
            observe(report)
            return report
        } catch {
            sink.blocks.abandon(ledger.finish(bytesRead: setting.counter.count))
            conversion.logger.error("the conversion ended early: \(error)")
            throw ExportError.wrap(error, entry: nil)
        }
    }

    private func makeSetting() -> WalkSetting {
        var setup = ReaderSetup(options)
        setup.lines.tagKey = options.tagKey
        return WalkSetting(options: options, setup: setup, workFolder: sink.workFolder)
    }

    private func makeLedger(_ setting: WalkSetting) -> Ledger {
        let ledger = Ledger(
            RecordLog(path: setting.workFolder?.tables, folder: options.temporaryFolder),
            keepsInputsApart: options.duplicates == .error)
        let total = inputs.reduce(Optional(0)) { sum, input in sum.flatMap { sum in input.length.map { sum + $0 } } }
        ledger.describe(
            inputs: inputs.map(\.name), total: total, options: ConversionReport.describe(options, conversion))
        return ledger
    }

    /// `point`: where the run that this one resumes was.
    private func prepare(_ ledger: Ledger, _ setting: WalkSetting, _ point: ConversionResumePoint?) throws {
        if let point { try resume(at: point, ledger, setting) }
        if case .file(let path, let limit) = conversion.rejects {
            let rejects = try Rejects(path: path, limit: limit, at: point?.rejects) { control.isCancelled }
            ledger.putAside(in: rejects)
        }
    }

    private func resume(at point: ConversionResumePoint, _ ledger: Ledger, _ setting: WalkSetting) throws {
        guard inputs.indices.contains(point.input) else { throw RecordDamaged() }
        guard let path = setting.workFolder?.tables else { return }
        ledger.resume(
            at: point, try .reopen(path: path, length: point.tables, folder: options.temporaryFolder))
        setting.counter.set(point.bytesOfEarlierInputs)
        observer.report(.resumed(rows: point.progress.rows))
    }

    private func makePipeline(
        _ ledger: Ledger, _ setting: WalkSetting, _ point: ConversionResumePoint?
    ) -> Pipeline<RowBatch, ConversionOutput> {
        let timer = CheckpointTimer(interval: conversion.checkpointInterval)
        let keeper = setting.workFolder == nil ? nil : sink.resumable.map { CheckpointKeeper($0, timer) }
        let walk = InputsWalk(
            inputs, setting, control: control, checkpoints: keeper == nil ? nil : timer,
            from: point?.input ?? 0, at: point?.walk)
        let workers =
            conversion.jobs > 0
            ? conversion.jobs : min(ProcessInfo.processInfo.activeProcessorCount, ConversionOptions.mostJobs)
        return Pipeline(
            PipelineParts(
                source: ConversionSource(walk), workers: LineWorkers(conversion, sink.blocks.compression),
                consumer: Delivery(ledger, sink.blocks, keeper, observer, setting, control),
                idle: [control] + sink.idleWork),
            workers: workers, limits: .init(work: workers * 2 + 2))
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
        recordLimit = min(options.limits.record, ReaderSetup.usualRecordLimit)
    }
}
