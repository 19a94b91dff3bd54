/// How values are stored (parquet.thrift, `Type`).
package enum PhysicalType: Int, Sendable {
    case boolean, int32, int64, int96, float, double, byteArray, fixedLengthByteArray

    /// Bytes of a value in PLAIN; nil where they differ, or are bits.
    var width: Int? {
        switch self {
        case .int32, .float: 4
        case .int64, .double: 8
        case .int96: 12
        case .boolean, .byteArray, .fixedLengthByteArray: nil
        }
    }

    package var name: String {
        switch self {
        case .boolean: "boolean"
        case .int32: "int32"
        case .int64: "int64"
        case .int96: "int96"
        case .float: "float"
        case .double: "double"
        case .byteArray: "binary"
        case .fixedLengthByteArray: "fixed"
        }
    }
}
