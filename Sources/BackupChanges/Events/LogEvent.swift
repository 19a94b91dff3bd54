/// An event as it lies in the log: its header, and its body without the checksum. The body's memory is the reader's,
/// until it reads the next one.
struct LogEvent {
    var kind: UInt8
    /// Seconds since 1970.
    var timestamp: UInt32
    var serverID: UInt32
    var flags: UInt16
    /// Where it starts in the log; for an event inside a compressed transaction, where that one's event starts.
    var position: Int
    var body: EventBytes

    static let headerLength = 19

    /// LOG_EVENT_IGNORABLE_F: who does not know it may pass over it.
    var isIgnorable: Bool { flags & 0x80 != 0 }
    /// LOG_EVENT_ARTIFICIAL_F: no server has written it into its own log.
    var isArtificial: Bool { flags & 0x20 != 0 }

    /// The header at the front of `bytes`, and the length of the whole event.
    static func header(_ bytes: EventBytes) throws(ChangeError) -> (event: LogEvent, length: Int) {
        var rest = bytes
        let timestamp = UInt32(try rest.number(4)), kind = try rest.byte(), serverID = UInt32(try rest.number(4))
        let length = try rest.int(4)
        try rest.skip(4)
        let flags = UInt16(try rest.number(2))
        return (
            LogEvent(
                kind: kind, timestamp: timestamp, serverID: serverID, flags: flags, position: 0, body: rest), length
        )
    }
}
