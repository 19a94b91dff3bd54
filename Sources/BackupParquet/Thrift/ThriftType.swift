/// Types of the fields of Thrift's compact protocol.
enum ThriftType: UInt8 {
    case stop, yes, no, byte, int16, int32, int64, double, binary, list, set, map, structure, uuid
}
