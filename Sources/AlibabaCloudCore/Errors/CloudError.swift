import Foundation

/// What went wrong in the cloud wing: *what* happened, *where*, *why*, and what to do about it.
///
/// No field ever holds a key, a token or the query of a signed link.
public struct CloudError: Error, Sendable {
    /// What happened, in broad kinds that a program can branch on. An open set: later versions may add kinds.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        /// The name of the kind, such as `throttled`.
        public let description: String
        /// Makes a kind of a name; kinds may be added in later versions.
        public init(_ name: String) { description = name }

        /// No credentials were found, or the service does not accept or permit them.
        public static let credentials = Kind("credentials")
        /// The service understood and said no.
        public static let refused = Kind("refused")
        /// Too many calls; trying again later helps.
        public static let throttled = Kind("throttled")
        /// The service failed (HTTP 5xx).
        public static let serviceFailed = Kind("service-failed")
        /// No connection, a broken one, or one that fell silent.
        public static let network = Kind("network")
        /// The deadline the caller gave has passed.
        public static let timedOut = Kind("timed-out")
        /// An answer that cannot be understood.
        public static let unexpectedAnswer = Kind("unexpected-answer")
        /// It is not known whether the service did what was asked.
        public static let unclear = Kind("unclear")
        /// No task, backup or object bears that name.
        public static let notFound = Kind("not-found")
        /// The task ended in failure.
        public static let taskFailed = Kind("task-failed")
        /// The task's three days are over and its data is gone.
        public static let taskExpired = Kind("task-expired")
        /// It exists, and cannot be had yet: trying again later helps.
        public static let notReady = Kind("not-ready")
        /// A failed or running task stands in the way of a new one.
        public static let taskBlocked = Kind("task-blocked")
        /// The link is dead and there is no way to renew it.
        public static let linkExpired = Kind("link-expired")
        /// The object of the link is not the one the download began with.
        public static let objectChanged = Kind("object-changed")
        /// The bytes received are not those of the store: the checksum or the size differs.
        public static let damaged = Kind("damaged")
        /// The output exists already, or another process is writing it.
        public static let outputExists = Kind("output-exists")
        /// The output cannot be created or written.
        public static let outputFailed = Kind("output-failed")
        /// The disk is full. What lies on it is kept.
        public static let diskFull = Kind("disk-full")
        /// The arguments cannot be meant.
        public static let badArguments = Kind("bad-arguments")
    }

    /// What the caller can change, as a value. An open set: later versions may add some.
    public struct Remedy: Hashable, Sendable, CustomStringConvertible {
        /// The name of the remedy, such as `start-over`.
        public let description: String
        /// Makes a remedy of a name.
        public init(_ name: String) { description = name }

        /// Fetch it from its first byte, without what lies there.
        public static let startOver = Remedy("start-over")
        /// Let the service try the failed task again.
        public static let retryFailed = Remedy("retry-failed")
        /// Name the host of the instance whose logs are meant.
        public static let chooseHost = Remedy("choose-host")
        /// Name another endpoint.
        public static let chooseEndpoint = Remedy("choose-endpoint")
    }

    /// What to branch on.
    public var kind: Kind
    /// What happened, as a sentence.
    public var message: String
    /// Where: the operation (`CreateDownload`) or the object's address without its query.
    public var location: String?
    /// The service's own code, such as `DBS.DownloadTask.CannotFind` or `Throttling.User`.
    public var code: String?
    /// The service's name for this very call; quote it when asking the vendor's support.
    public var requestID: String?
    /// The HTTP status of the answer, if there was one.
    public var httpStatus: Int?
    /// What to do, in words.
    public var advice: String?
    /// What of it the caller can change; nil where that is nothing, or unknown.
    public var remedy: Remedy?
    /// Whether the same request may succeed when sent again, with nothing changed.
    public var canRetry: Bool
    /// How long the service asked to wait before trying again.
    public var retryAfter: Duration?

    /// Makes an error; `message` says what happened, in one line.
    public init(
        _ kind: Kind, _ message: String, location: String? = nil, code: String? = nil, requestID: String? = nil,
        httpStatus: Int? = nil, advice: String? = nil, remedy: Remedy? = nil, canRetry: Bool = false,
        retryAfter: Duration? = nil
    ) {
        self.kind = kind
        self.message = message
        self.location = location
        self.code = code
        self.requestID = requestID
        self.httpStatus = httpStatus
        self.advice = advice
        self.remedy = remedy
        self.canRetry = canRetry
        self.retryAfter = retryAfter
    }
}

extension CloudError: CustomStringConvertible, LocalizedError {
    /// One line for people: location, message, the service's code and request id, advice.
    public var description: String {
        var details: [String] = []
        if let code { details.append(code) }
        if let httpStatus, httpStatus != 200 { details.append("HTTP \(httpStatus)") }
        if let requestID { details.append("request \(requestID)") }
        var line = location.map { "\($0): " } ?? ""
        line += message
        if !details.isEmpty { line += " (\(details.joined(separator: ", ")))" }
        if let advice { line += ". \(advice)" }
        return line
    }

    /// The same as `description`.
    public var errorDescription: String? { description }
}
