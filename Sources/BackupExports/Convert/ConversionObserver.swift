import BackupRows
import Logging

/// Who is informed while a conversion runs: the log and the user's two functions. Called by one thread at a time, under
/// no lock.
struct ConversionObserver: Sendable {
    var logger: Logger
    var onProgress: (@Sendable (ConversionProgress) -> Void)?
    var onEvent: (@Sendable (ConversionEvent) -> Void)?

    func report(_ event: ConversionEvent) {
        logger.log(event)
        onEvent?(event)
    }

    func report(_ progress: @autoclosure () -> ConversionProgress) {
        if let onProgress { onProgress(progress()) }
    }
}
