import Foundation

/// Numbers as people read them.
enum Amount {
    /// `812 B`, `1.2 GB` (powers of 1000).
    static func bytes(_ count: Int) -> String {
        scaled(count, ["B", "kB", "MB", "GB", "TB", "PB"])
    }

    /// `812`, `8.1 M`
    static func count(_ count: Int) -> String {
        count < 100_000 ? "\(count)" : scaled(count, ["", "k", "M", "G", "T"])
    }

    private static func scaled(_ count: Int, _ units: [String]) -> String {
        var value = Double(count), unit = 0
        while value >= 999.5 && unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        let digits = unit == 0 || value >= 99.95 ? String(format: "%.0f", value) : String(format: "%.1f", value)
        return units[unit].isEmpty ? digits : "\(digits) \(units[unit])"
    }

    /// `0.4s`, `5s`, `3m 20s`, `2h 5m`
    static func seconds(_ seconds: Double) -> String {
        if seconds < 9.95 { return String(format: "%.1fs", seconds) }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole)s" }
        return whole < 3600 ? "\(whole / 60)m \(whole % 60)s" : "\(whole / 3600)h \(whole % 3600 / 60)m"
    }
}
