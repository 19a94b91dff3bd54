import BackupRows

/// What a column's values are by the file alone: the form of their text, the kind of value that is, and the name of its
/// type.
struct OwnForm {
    var form: TextForm
    var kind: ColumnKind
    var type: String
    /// What the file says of the column that nobody knows, or that cannot be.
    var warning: String?

    /// - Throws: where a type contradicts itself so that no value is known.
    init(_ leaf: Leaf) throws(ParquetError) {
        guard let annotation = leaf.annotation else {
            self.init(plain: leaf)
            return
        }
        if case .decimal(let precision, let scale) = annotation {
            guard (0 ... 4096).contains(scale), precision >= scale else {
                throw ParquetError.damaged("a decimal of \(precision) digits, \(scale) of them after the point")
                    .located(column: leaf.name)
            }
        }
        if let own = Self.annotated(annotation, leaf) {
            self = own
            return
        }
        self.init(plain: leaf)
        let name = if case .unknown(let id) = annotation { "number \(id)" } else { "\(annotation)" }
        warning =
            "column \(leaf.name): the logical type \(name) is not known for \(leaf.type.name) values, "
            + "which are written as they are stored"
    }

    private init(_ form: TextForm, _ kind: ColumnKind, _ type: String) {
        (self.form, self.kind, self.type) = (form, kind, type)
    }

    private init(plain leaf: Leaf) {
        switch leaf.type {
        case .boolean: self.init(.boolean, .boolean, "boolean")
        case .int32: self.init(.signed, .integer(isBig: false), "int32")
        case .int64: self.init(.signed, .integer(isBig: true), "int64")
        case .int96: self.init(.int96(TimeText(unit: .nanos)), .ownForm, "timestamp(9)")
        case .float: self.init(.float, .float, "float")
        case .double: self.init(.double, .float, "double")
        case .byteArray: self.init(.bytes, .binary, "binary")
        case .fixedLengthByteArray: self.init(.bytes, .binary, "binary(\(leaf.length))")
        }
    }

    /// nil: values of this physical type cannot be that.
    private static func annotated(_ annotation: Annotation, _ leaf: Leaf) -> OwnForm? {
        switch (annotation, leaf.type) {
        case (.integer(let bits, let isSigned), .int32) where bits <= 32:
            return OwnForm(
                isSigned ? .signed : .unsigned32, .integer(isBig: false), "\(isSigned ? "" : "u")int\(bits)")
        case (.integer(64, let isSigned), .int64):
            return OwnForm(isSigned ? .signed : .unsigned64, .integer(isBig: true), "\(isSigned ? "" : "u")int64")
        case (.decimal(let precision, let scale), .int32), (.decimal(let precision, let scale), .int64):
            return OwnForm(.decimal(scale: scale), .decimal, "decimal(\(precision),\(scale))")
        case (.date, .int32): return OwnForm(.date, .ownForm, "date")
        case (.time(.millis), .int32): return OwnForm(.time(TimeText(unit: .millis)), .ownForm, "time(3)")
        case (.time(let unit), .int64) where unit != .millis:
            return OwnForm(.time(TimeText(unit: unit)), .ownForm, "time(\(unit.digits))")
        case (.timestamp(let unit, let isUTC), .int64):
            let text = TimeText(unit: unit, zone: isUTC ? "Z" : "")
            return OwnForm(
                .timestamp(text), .ownForm, "timestamp(\(unit.digits))\(isUTC ? " with time zone" : "")")
        case (.null, _): return OwnForm(plain: leaf)
        case (_, .byteArray), (_, .fixedLengthByteArray): return ofBytes(annotation, leaf)
        default: return nil
        }
    }

    private static func ofBytes(_ annotation: Annotation, _ leaf: Leaf) -> OwnForm? {
        let length = leaf.type == .fixedLengthByteArray ? leaf.length : nil
        switch annotation {
        case .string: return OwnForm(.text, .text(charset: nil), "string")
        case .enum: return OwnForm(.text, .text(charset: nil), "enum")
        case .json: return OwnForm(.json, .json, "json")
        case .bson: return OwnForm(.bytes, .binary, "bson")
        case .geometry: return OwnForm(.bytes, .binary, "geometry")
        case .geography: return OwnForm(.bytes, .binary, "geography")
        case .uuid where length == 16: return OwnForm(.uuid, .ownForm, "uuid")
        case .float16 where length == 2: return OwnForm(.half, .float, "float16")
        case .interval where length == 12: return OwnForm(.interval, .json, "interval")
        case .decimal(let precision, let scale):
            return OwnForm(.decimalBytes(scale: scale), .decimal, "decimal(\(precision),\(scale))")
        default: return nil
        }
    }
}
