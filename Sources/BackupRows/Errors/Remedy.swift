/// What to do about an error: words, and the settings they name.
///
/// A setting is a value and no text, so that everyone names it in their own way: the libraries by the property of their
/// options, the command by its flag, a service by the field of its form.
///
///     let remedy: Remedy = "a quote that never closes? see \(.quote), \(.recordLimit)"
///     remedy.settings              // [.quote, .recordLimit]
///     remedy.description           // a quote that never closes? see csv.quote, limits.record
///     remedy.text { flags[$0] }    // a quote that never closes? see --quote, --record-limit
public struct Remedy: Hashable, Sendable {
    /// A piece of it.
    public enum Part: Hashable, Sendable {
        /// Words, to be shown as they are.
        case words(String)
        /// A setting, and the value to give it where there is one: `text` for the types of columns.
        case setting(Setting, value: String?)
    }

    /// What it consists of, in order.
    public let parts: [Part]

    /// The settings that it names, in order.
    public var settings: [Setting] {
        parts.compactMap { if case .setting(let setting, _) = $0 { setting } else { nil } }
    }

    /// In one line, with each setting as `name` calls it, and its value after it.
    public func text(naming name: (Setting) -> String) -> String {
        parts.map { part in
            switch part {
            case .words(let words): words
            case .setting(let setting, let value): name(setting) + (value.map { " \($0)" } ?? "")
            }
        }.joined()
    }
}

extension Remedy: CustomStringConvertible {
    /// In one line, with each setting by the property that holds it.
    public var description: String { text(naming: \.rawValue) }
}

extension Remedy: ExpressibleByStringInterpolation {
    /// Words alone.
    public init(stringLiteral words: String) { parts = [.words(words)] }

    /// Words and settings: `"see \(.quote)"`.
    public init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

    /// Collects the parts of an interpolated literal.
    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        /// Begins an empty one; the sizes are not needed.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds the words between two values.
        public mutating func appendLiteral(_ words: String) { if !words.isEmpty { parts.append(.words(words)) } }

        /// Adds words.
        public mutating func appendInterpolation(_ words: String) { appendLiteral(words) }

        /// Adds a setting, with the value to give it.
        public mutating func appendInterpolation(_ setting: Setting, _ value: String? = nil) {
            parts.append(.setting(setting, value: value))
        }
    }
}
