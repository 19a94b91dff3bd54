import Foundation

/// A JSON object on one line, whose fields keep their order.
struct JSONObject {
    enum Value {
        case text(String?)
        case number(Int64?)
        case seconds(Double)
        case flag(Bool)
        case list([JSONObject])

        static func number(_ number: Int) -> Value { .number(Int64(number)) }
    }

    private var fields: [(String, Value)]

    init(_ fields: KeyValuePairs<String, Value>) {
        self.fields = fields.map { ($0.key, $0.value) }
    }

    /// With the fields of `other` after its own.
    func adding(_ other: JSONObject) -> JSONObject {
        var both = self
        both.fields += other.fields
        return both
    }

    var line: String {
        "{" + fields.map { "\(Self.quoted($0.0)):\(Self.spelled($0.1))" }.joined(separator: ",") + "}"
    }

    private static func spelled(_ value: Value) -> String {
        switch value {
        case .text(let text): text.map(quoted) ?? "null"
        case .number(let number): number.map { String($0) } ?? "null"
        case .seconds(let seconds): String(format: "%.3f", seconds)
        case .flag(let flag): flag ? "true" : "false"
        case .list(let objects): "[" + objects.map(\.line).joined(separator: ",") + "]"
        }
    }

    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
