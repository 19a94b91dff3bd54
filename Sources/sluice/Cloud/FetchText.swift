import DatabaseBackup

/// What a fetch did, as people and programs read it.
struct FetchText {
    let report: FetchReport

    var sentence: String {
        let seconds = report.duration.inSeconds
        let speed = seconds > 0 ? Int(Double(report.fetched) / seconds) : 0
        let kept = Int(report.bytes - report.fetched)
        return "\(report.path)  \(Amount.bytes(Int(report.bytes)))"
            + (report.connections > 0 ? "  \(Amount.bytes(speed))/s" : "")
            + (kept > 0 ? "  \(Amount.bytes(kept)) were on disk" : "")
            + (report.verification == .checksum ? "  checksum right" : "  size right; the store sent no checksum")
    }

    var json: JSONObject {
        JSONObject([
            "file": .text(report.path), "bytes": .number(report.bytes), "fetched_bytes": .number(report.fetched),
            "connections": .number(Int64(report.connections)), "crc64": .text(String(report.checksum)),
            "verified_by": .text(report.verification.rawValue),
            "milliseconds": .number(Int64(report.duration / .milliseconds(1))),
            "first_byte_milliseconds": .number(report.firstByte.map { Int64($0 / .milliseconds(1)) }),
        ])
    }
}
