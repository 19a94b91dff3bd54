/// Bytes, speeds and times as people read them: decimal units, three digits.
enum Amounts {
    static func bytes(_ count: Int64) -> String {
        var (amount, unit) = (Double(count), 0)
        let units = ["B", "kB", "MB", "GB", "TB", "PB"]
        while amount >= 999.5, unit < units.count - 1 {
            amount /= 1000
            unit += 1
        }
        if unit == 0 || amount >= 99.95 { return "\(Int(amount.rounded())) \(units[unit])" }
        return "\((amount * 10).rounded() / 10) \(units[unit])"
    }

    static func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        if whole < 60 { return "\(whole)s" }
        if whole < 3600 { return "\(whole / 60)m\(whole % 60)s" }
        return "\(whole / 3600)h\(whole / 60 % 60)m"
    }
}
