import BackupExports
import BackupLake
import Foundation

/// The folder that a run is to fill, as it lies before the run.
struct OutputFolder {
    let path: String

    private var contents: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }
    private var isFinished: Bool { contents.contains("_SUCCESS") }

    /// An earlier run began here and has not come to its end. `replacing`: or one began that is to replace what lies
    /// here.
    func holdsUnfinishedRun(replacing: Bool = false) -> Bool {
        FolderSink.holdsUnfinishedRun(in: path, replacing: replacing)
    }

    /// What a run that was killed in its first moment leaves: nothing of anybody's.
    var holdsTracesOnly: Bool { contents.allSatisfy { $0.hasPrefix(".sluice") } }

    /// Says now what would be found out after hours of waiting for the task.
    func refuseIfTaken() throws {
        if contents.isEmpty || holdsUnfinishedRun() || holdsTracesOnly { return }
        if isFinished { FolderSink.tidy(finishedFolder: path) }
        throw ExportError(
            .outputExists, why: "the output folder \(path) is \(isFinished ? "finished" : "not empty")",
            advice: "choose another, or see --overwrite")
    }
}
