import CBackupKernels

/// What the values of one column become: decided once per table, never per value.
package struct EmitRule: Sendable, Hashable {
    /// The kernel's rule.
    package var kernel: bk_rule
    /// Bits of a BIT, characters of a text that is filled up; 0: not known.
    package var size: UInt32 = 0
    /// What Swift does with the column before the kernel writes it.
    package var preparation: Preparation = .none
    /// The JSON type for the manifest: string, number, boolean, base64, hex, json, array.
    package var json: String
    /// The column's values are in it, and nobody knows it: rows cannot be written.
    package var unknownCharset: String?

    package enum Preparation: Sendable, Hashable {
        case none
        /// The text is in this charset.
        case decode(Charset)
        /// Embed the JSON text, decoded from the charset where that is not UTF-8.
        case embedJSON(Charset?)
        /// Turn PostgreSQL's array text into a JSON array of these elements.
        case array(ColumnKind)
        /// Turn base64 into hexadecimal text.
        case hexOfBase64
        /// MySQL's BIT of so many bits, as bytes.
        case bits(Int, NullForm)
        /// Objects and arrays of JSON on one line: embedded, or as text.
        case nested(isEmbedded: Bool)

        /// What the two bytes `\N` are in a column of BIT.
        package enum NullForm: Sendable, Hashable {
            case null
            /// NULL, or the value 23630, which MariaDB writes alike.
            case nullOrValue
            /// The value: the column has no NULL.
            case value
        }

        /// Whether text of ASCII alone needs nothing done.
        var leavesASCII: Bool {
            if case .decode(let charset) = self { charset.isASCIICompatible } else { false }
        }

        /// The kernels' enum bk_multibyte of the column's own charset.
        package var multibyte: UInt8 {
            switch self {
            case .decode(let charset), .embedJSON(let charset?): charset.multibyte
            default: 0
            }
        }
    }

    package init(_ kernel: bk_rule, _ preparation: Preparation = .none, json: String) {
        self.kernel = kernel
        self.preparation = preparation
        self.json = json
    }

    /// What values of a kind become, however they are spelled. `bytes`: how bytes of this column are spelled.
    package init(for kind: ColumnKind, spelling: RowSpelling, bytes: BinaryForm, values options: ValueOptions) {
        let isSQL = spelling.literals != nil
        func text(_ own: String?, _ json: String = "string") -> EmitRule {
            guard let name = spelling.charset(ofColumn: own) else { return EmitRule(BK_RULE_TEXT, json: json) }
            guard let charset = Charset(named: name, family: spelling.literals ?? .mysql) else {
                var rule = EmitRule(BK_RULE_TEXT, json: json)
                rule.unknownCharset = name
                return rule
            }
            if charset.isUTF8 { return EmitRule(BK_RULE_TEXT, json: json) }
            return EmitRule(BK_RULE_TEXT, .decode(charset), json: json)
        }
        /// The same, in SQL of quoted literals alone.
        func onlyQuoted(_ rule: EmitRule) -> EmitRule {
            isSQL ? EmitRule(BK_RULE_QUOTED_TEXT, rule.preparation, json: rule.json) : rule
        }
        if options.types == .text {
            switch kind {
            case .binary, .bytea, .bit: break  // bytes are no text: they keep their form
            case .text(let charset), .words(let charset):
                self = text(charset)
                return
            default:
                self = text(nil)
                return
            }
        }
        switch kind {
        case .unknown:
            let saysItself = isSQL || spelling.isJSON
            self = saysItself ? EmitRule(BK_RULE_LITERAL, text(nil).preparation, json: "literal") : text(nil)
        case .text(let charset): self = text(charset)
        case .words(let charset): self = onlyQuoted(text(charset))
        case .ownForm: self = onlyQuoted(text(nil))
        case .integer(let isBig): self = Self.number(isBig && options.bigIntegers == .string)
        case .decimal: self = Self.number(options.decimals == .string)
        case .float: self = Self.number(false)
        case .boolean: self = EmitRule(BK_RULE_BOOL, json: "boolean")
        case .bit(let isBig):
            let isText = options.types == .text || (isBig && options.bigIntegers == .string)
            self =
                isText
                ? EmitRule(
                    bytes == .raw ? BK_RULE_BIT_TEXT : BK_RULE_HEX_BIT_TEXT, Self.hex(bytes), json: "string")
                : EmitRule(bytes == .raw ? BK_RULE_BIT : BK_RULE_HEX_BIT, Self.hex(bytes), json: "number")
        case .binary:
            self = EmitRule(
                bytes == .raw ? BK_RULE_BYTES : BK_RULE_HEX_BYTES, Self.hex(bytes),
                json: options.binary.rawValue)
        case .bytea: self = EmitRule(BK_RULE_BYTEA, json: options.binary.rawValue)
        case .json:
            let plain = text("utf8mb4", "json")
            guard options.documents == .embed else {
                self = onlyQuoted(text("utf8mb4"))
                return
            }
            if case .decode(let charset) = plain.preparation {
                self = EmitRule(BK_RULE_QUOTED_TEXT, .embedJSON(charset), json: "json")
            } else {
                self = EmitRule(BK_RULE_QUOTED_TEXT, .embedJSON(nil), json: "json")
            }
        case .array(let element):
            self = options.arrays == .json ? EmitRule(BK_RULE_TEXT, .array(element), json: "array") : text(nil)
        }
    }

    /// What becomes of objects and arrays where the spelling is JSON's; nil: they are text that the rule's preparation
    /// reads.
    var nested: Preparation? {
        if case .embedJSON = preparation { return nil }
        let isArray = if case .array = preparation { true } else { false }
        return .nested(isEmbedded: kernel == BK_RULE_LITERAL || isArray)
    }

    /// What the column's type does to values that a server has yet to store: CHAR loses or gets blanks at its end, and
    /// a BIT has so many bits.
    mutating func storeAs(_ column: Column, _ literals: SQLDialect.Family?) {
        if let bits = column.bitCount { size = UInt32(clamping: bits) }
        guard kernel == BK_RULE_TEXT, let literals, case .text = column.kind else { return }
        if let count = column.charCount, literals == .postgresql {
            (kernel, size) = (BK_RULE_PADDED_TEXT, UInt32(clamping: count))
        } else if literals == .mysql && column.isTrimmed {
            kernel = BK_RULE_TRIMMED_TEXT
        }
    }

    private static func hex(_ form: BinaryForm) -> Preparation { form == .base64 ? .hexOfBase64 : .none }

    private static func number(_ asText: Bool) -> EmitRule {
        EmitRule(asText ? BK_RULE_NUMBER_TEXT : BK_RULE_NUMBER, json: asText ? "string" : "number")
    }
}
