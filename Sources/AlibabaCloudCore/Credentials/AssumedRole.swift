/// A role to take on, and for how long.
struct AssumedRole: Sendable, Equatable {
    let arn: String
    let session: String
    /// The life of the temporary key, in seconds; the service allows 900 and more.
    let seconds: Int
    let policy: String?
    let externalID: String?

    init(arn: String, session: String?, seconds: Int?, policy: String? = nil, externalID: String? = nil) {
        self.arn = arn
        self.session = session ?? "sluice"
        self.seconds = seconds.flatMap { $0 >= 900 ? $0 : nil } ?? 3600
        self.policy = policy
        self.externalID = externalID
    }
}
