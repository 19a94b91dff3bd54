import BackupLake
import Foundation
import Logging

/// How a conversion is to run and what it makes.
public struct ConversionOptions: Sendable {
    /// How part files are compressed.
    public typealias Compression = BackupLake.Compression

    /// What to do with rows that cannot be converted exactly.
    public enum Rejects: Sendable {
        /// The first one ends the conversion.
        case fail
        /// They go, one JSON object a line, to a file; more than `limit` (nil: any number) end the conversion.
        case file(String, limit: Int?)
    }

    /// Of the files of a folder, or of a stream; a `RowSink` is given plain lines.
    public var compression = Compression.none
    /// What becomes of rows that cannot be converted.
    public var rejects = Rejects.fail
    /// Threads that turn batches into lines, up to `mostJobs`; 0 is the number of cores.
    public var jobs = 0
    /// More threads than any machine has use for are a slip of the pen: 256.
    public static let mostJobs = 256

    /// Whether readers only count records and the workers mark them; nil: where there are cores for it.
    package var marksInWorkers: Bool?

    /// How often a run into a folder makes a checkpoint, from which another can resume; zero: after every batch.
    public var checkpointInterval = Duration.seconds(10)

    /// Logs warnings, rejected rows and checkpoints; silent unless it is set.
    public var logger = Logger(label: "sluice", factory: { _ in SwiftLogNoOpLogHandler() })

    /// The usual options.
    public init() {}

    /// `jobs`, or as many as there are cores.
    var threads: Int { jobs > 0 ? jobs : min(ProcessInfo.processInfo.activeProcessorCount, Self.mostJobs) }

    /// So many are busy while one inflates or marks. What lets more work costs CPU time, and gains nothing here.
    private static let fewThreads = 2

    var hasManyWorkers: Bool {
        marksInWorkers ?? (min(threads, ProcessInfo.processInfo.activeProcessorCount) > Self.fewThreads)
    }
}
