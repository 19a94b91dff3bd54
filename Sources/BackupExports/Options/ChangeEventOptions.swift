/// How binary logs become change events.
public struct ChangeEventOptions: Sendable, Hashable {
    /// How a line looks.
    public enum Form: String, Sendable, CaseIterable { case debezium, flat }
    /// What becomes of changes that are logged as statements.
    public enum Statements: String, Sendable, CaseIterable { case error, skip }

    /// Debezium's envelope without its schema, or the columns of the row beside what happened to it.
    public var form = Form.debezium
    /// Statements: an error with the position, or passed over and counted.
    public var statements = Statements.error
    /// `FILE:POS` of the last event that is loaded already: what comes after it is read.
    public var after: String?

    /// The defaults.
    public init() {}
}
