import BackupExports

extension ExportError {
    /// The exit status that the contract gives it.
    var exitStatus: ExitStatus {
        switch code {
        case .unreadable, .notConvertible, .noTables, .unknownDialect, .noOutput: .unreadableInput
        case .damaged, .badRow, .badStatement, .tooManyRejects, .badStructure, .overLimit, .inputChanged,
            .outputDamaged:
            .badData
        case .outputExists, .outputFailed: .outputExists
        case .diskFull, .noResources: .tryAgain
        case .badOption: .badArguments
        default: .failed
        }
    }
}
