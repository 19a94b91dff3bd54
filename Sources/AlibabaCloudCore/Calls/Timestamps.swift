import Foundation

/// The service's spellings of time, all in UTC.
package enum Timestamps {
    /// `yyyy-MM-ddTHH:mm:ssZ` or `yyyy-MM-ddTHH:mmZ`, with or without fractions and offsets.
    package static func parse(_ text: String) -> Date? {
        if let date = try? Date(text, strategy: .iso8601) { return date }
        if let date = try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) {
            return date
        }
        guard text.hasSuffix("Z") else { return nil }
        return try? Date(text.dropLast() + ":00Z", strategy: .iso8601)
    }

    /// Milliseconds since 1970, as DBS wants its times.
    package static func milliseconds(_ date: Date) -> String {
        String(Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }

    /// `yyyy-MM-ddTHH:mm:ssZ`, as DescribeBinlogFiles wants its times.
    package static func seconds(_ date: Date, roundingUp: Bool = false) -> String {
        let whole = date.timeIntervalSince1970.rounded(roundingUp ? .up : .down)
        return Date(timeIntervalSince1970: whole).formatted(.iso8601)
    }

    /// `yyyy-MM-ddTHH:mmZ`, as the other operations of RDS and PolarDB want theirs.
    package static func minutes(_ date: Date) -> String {
        String(date.formatted(.iso8601).dropLast(4)) + "Z"
    }
}
