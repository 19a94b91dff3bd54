import BackupBytes

/// A sink that another run can resume, and that leaves some of its work to idle threads.
package protocol ResumableSink: BlockSink {
    /// Where an earlier run was, which this one resumes; nil: there was none.
    var unfinished: Checkpoint? { get }
    /// Where the conversion lays what a resume needs; nil: no checkpoints are kept.
    var workFolder: WorkFolder? { get }
    /// What any thread may do, beside the one that writes.
    var idleWork: any IdleWork { get }

    /// Makes a checkpoint of what was written and of `state`, when all that they count on has reached the disk.
    func keep(_ state: some Encodable) throws
}
