/// A task that will give what was asked for, and where it came from.
public struct EnsuredDownload: Sendable, Hashable {
    public enum Origin: String, Sendable {
        case created
        /// It existed already: no new fee.
        case found
        /// It had failed and was set going again.
        case retried
    }

    public let task: DownloadTask
    public let origin: Origin
}
