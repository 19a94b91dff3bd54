/// A column as it is written.
public struct OutputColumn: Sendable, Codable, Equatable {
    /// The key, unique in its table.
    public var name: String
    /// The declared type as written in the structure, or nil.
    public var type: String?
    /// `string`, `number`, `boolean`, `base64`, `hex`, `json`, `array`; `literal`: what each literal of SQL or value of
    /// JSON says.
    public var json: String

    package init(name: String, type: String?, json: String) {
        self.name = name
        self.type = type
        self.json = json
    }
}
