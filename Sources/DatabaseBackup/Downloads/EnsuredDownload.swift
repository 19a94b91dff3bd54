/// A task that will give what was asked for, and where it came from.
public struct EnsuredDownload: Sendable, Hashable {
    /// Whether the task was made, found, or set going again.
    public enum Origin: String, Sendable {
        case created
        /// It existed already: no new fee.
        case found
        /// It had failed and was set going again.
        case retried
    }

    /// The task, as it stands.
    public let task: DownloadTask
    /// Where it comes from.
    public let origin: Origin
}
