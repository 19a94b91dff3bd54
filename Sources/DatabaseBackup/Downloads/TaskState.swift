/// Where a download task stands. Words of the service that are not known here are kept as they came.
public enum TaskState: Sendable, Hashable {
    case initializing
    case queueing
    case running
    case finished
    case failed
    case expired
    case other(String)

    /// Understands any case and both spellings, `queuing` and `queueing`.
    public init(_ text: String) {
        switch text.lowercased() {
        case "initializing": self = .initializing
        case "queueing", "queuing": self = .queueing
        case "running": self = .running
        case "finished": self = .finished
        case "failed": self = .failed
        case "expired": self = .expired
        default: self = .other(text)
        }
    }

    /// The word that the service expects in a filter, and that the command prints.
    public var word: String {
        switch self {
        case .initializing: "initializing"
        case .queueing: "queueing"
        case .running: "running"
        case .finished: "finished"
        case .failed: "failed"
        case .expired: "expired"
        case .other(let text): text
        }
    }

    /// Whether it will not change any more, as far as is known.
    public var isFinal: Bool {
        switch self {
        case .finished, .failed, .expired: true
        default: false
        }
    }
}
