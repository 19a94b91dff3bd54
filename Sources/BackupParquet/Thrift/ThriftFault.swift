/// Why a Thrift structure cannot be read.
enum ThriftFault: Error, Equatable {
    /// It continues past the bytes at hand.
    case cut
    /// Its bytes mean nothing.
    case invalid(String)
}
