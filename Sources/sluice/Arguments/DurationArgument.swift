import ArgumentParser

/// A length of time on the command line: `90s`, `15m`, `2h`, `1h30m`.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        var (total, digits) = (Int64(0), "")
        for character in argument {
            if character.isASCII && character.isNumber {
                digits.append(character)
                continue
            }
            guard let scale = ["s": 1, "m": 60, "h": 3600, "d": 86400][character] as Int64?, let number = Int64(digits),
                number <= 1_000_000
            else { return nil }
            total += number * scale
            digits = ""
        }
        guard digits.isEmpty, total > 0 else { return nil }
        duration = .seconds(total)
    }

    var defaultValueDescription: String {
        let seconds = duration.components.seconds
        if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
    }
}
