/// How values are written; the defaults are what data-lake readers load as they are.
public struct ValueOptions: Sendable, Hashable {
    /// How bytes are written.
    public enum Binary: String, Sendable, CaseIterable { case base64, hex }
    /// How numbers are written that a reader may round.
    public enum Digits: String, Sendable, CaseIterable { case number, string }
    /// How JSON columns are written.
    public enum Documents: String, Sendable, CaseIterable { case embed, string }
    /// How arrays are written.
    public enum Arrays: String, Sendable, CaseIterable { case json, text }
    /// What becomes of bytes that are no text.
    public enum InvalidUTF8: String, Sendable, CaseIterable { case error, replace }
    /// Where types come from.
    public enum Types: String, Sendable, CaseIterable { case schema, text }

    /// Bytes (BLOB, BINARY, bytea, GEOMETRY) as base64 or hex strings.
    public var binary = Binary.base64
    /// DECIMAL and NUMERIC as numbers with their own digits, or as strings.
    public var decimals = Digits.number
    /// Columns whose declared type passes 2^53, as numbers or as strings.
    public var bigIntegers = Digits.number
    /// JSON columns as embedded values, or as strings.
    public var documents = Documents.embed
    /// PostgreSQL's arrays as JSON arrays, or in their text form.
    public var arrays = Arrays.json
    /// Leaves the key of a NULL out.
    public var omitsNulls = false
    /// What to do with bytes that are not text in their charset.
    public var invalidUTF8 = InvalidUTF8.error
    /// By the declared types, or every value as a string.
    public var types = Types.schema

    /// The defaults.
    public init() {}
}
