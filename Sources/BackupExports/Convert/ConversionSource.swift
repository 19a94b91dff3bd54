import BackupRows

/// The walk of a conversion as the source of its pipeline: batches are work, all else is handed on.
final class ConversionSource: PipelineSource {
    private let walk: InputsWalk

    init(_ walk: InputsWalk) { self.walk = walk }

    var control: any PipelineSourceControl { walk.control }

    func next() throws -> PipelineState<ReadRows, ConversionOutput>.Step? {
        switch try walk.next() {
        case .event(.rows(let batch)): .work(batch)
        case .event(let event): .ready(.event(event))
        case .checkpoint(let checkpoint): .ready(.checkpoint(checkpoint))
        case .endOfInput(let cost, let bytesRead): .ready(.endOfInput(cost, bytesRead: bytesRead))
        case nil: nil
        }
    }
}
