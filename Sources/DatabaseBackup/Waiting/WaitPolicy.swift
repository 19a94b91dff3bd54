/// How patiently to wait.
public struct WaitPolicy: Sendable, Hashable {
    /// Between two looks at first; grows by half while nothing moves.
    public var first: Duration
    /// The longest wait between two looks.
    public var longest: Duration
    /// From the start of the wait; nil waits as long as it takes.
    public var timeout: Duration?
    /// How long something just made may be missing from the service's list.
    public var grace: Duration

    /// Makes a policy; see the properties for what each value means.
    public init(
        first: Duration = .seconds(15), longest: Duration = .seconds(120), timeout: Duration? = nil,
        grace: Duration = .seconds(60)
    ) {
        self.first = first
        self.longest = longest
        self.timeout = timeout
        self.grace = grace
    }

    /// The defaults of `init`.
    public static let standard = WaitPolicy()
}
