import BackupExports

/// `shop.orders  1.2 GB of 3.4 GB  36%  412 MB/s  8.1 M rows  eta 5s`
struct ProgressLine {
    let text: String

    init(_ progress: ConversionProgress, seconds: Double) {
        var parts: [String] = []
        if let table = progress.table { parts.append(table.description) }
        let rate = seconds > 0 ? Double(progress.inputBytes) / seconds : 0
        if let total = progress.inputTotal, total > 0 {
            parts.append("\(Amount.bytes(progress.inputBytes)) of \(Amount.bytes(total))")
            parts.append("\(min(100, progress.inputBytes * 100 / total))%")
        } else {
            parts.append(Amount.bytes(progress.inputBytes))
        }
        parts.append("\(Amount.bytes(Int(rate)))/s")
        parts.append("\(Amount.count(progress.rows)) rows")
        if let total = progress.inputTotal, rate > 0, total > progress.inputBytes {
            parts.append("eta \(Amount.seconds(Double(total - progress.inputBytes) / rate))")
        }
        text = parts.joined(separator: "  ")
    }
}
