import Foundation

/// An answer of the service, read leniently: numbers as strings, strings as numbers, and lists wrapped, bare, missing
/// or null.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The digits as they came, so that a long id keeps all of them.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package subscript(_ name: String) -> JSONValue {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    /// A text, or a number's digits. Empty texts count as absent: the service sends `""` where it means nothing.
    package var text: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .number(let digits): digits
        case .bool(let flag): flag ? "true" : "false"
        default: nil
        }
    }

    package var integer: Int64? {
        guard let text else { return nil }
        return Int64(text) ?? Double(text).flatMap { Int64(exactly: $0.rounded()) }
    }

    package var flag: Bool? {
        switch text?.lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }

    /// Seconds or milliseconds since 1970; ten digits are seconds, thirteen are milliseconds.
    package var instant: Date? {
        if let number = integer {
            guard number > 0 else { return nil }
            return Date(timeIntervalSince1970: number < 100_000_000_000 ? Double(number) : Double(number) / 1000)
        }
        return text.flatMap(Timestamps.parse)
    }

    /// The items of a list that is bare (`[…]`), wrapped under any of `names` (`{"List": […]}`), or not there at all.
    package func items(under names: String...) -> [JSONValue] {
        switch self {
        case .array(let items): return items
        case .object(let members):
            for name in names {
                if let inner = members[name] { return inner.items() }
            }
            return []
        default: return []
        }
    }
}

extension JSONValue {
    /// - Throws: `CloudError` of kind `unexpectedAnswer` when the text is not JSON.
    package init(parsing text: String) throws(CloudError) {
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        } catch {
            throw CloudError(.unexpectedAnswer, "the answer is not JSON")
        }
    }
}

extension JSONValue: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? container.decode(Int64.self) {
            self = .number(String(number))
        } else if let number = try? container.decode(Decimal.self) {
            self = .number("\(number)")
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let items = try? container.decode([JSONValue].self) {
            self = .array(items)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }
}
