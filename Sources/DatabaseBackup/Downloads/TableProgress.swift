/// How many tables a task has converted: `3/120`; `0/0` while it prepares.
public struct TableProgress: Sendable, Hashable, CustomStringConvertible {
    /// Tables that are done.
    public let done: Int
    /// Tables in all.
    public let total: Int

    /// Makes a progress of two counts.
    public init(done: Int, total: Int) {
        self.done = done
        self.total = total
    }

    init?(_ text: String) {
        let parts = text.split(separator: "/").map { Int($0.filter { $0 != " " }) }
        guard parts.count == 2, let done = parts[0], let total = parts[1] else { return nil }
        self.init(done: done, total: total)
    }

    /// `done/total`.
    public var description: String { "\(done)/\(total)" }
}
