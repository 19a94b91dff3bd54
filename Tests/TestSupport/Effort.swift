import Foundation

/// How hard the random tests try: SLUICE_LONG=20 makes twenty times the rounds.
package enum Effort {
    package static let factor = max(1, ProcessInfo.processInfo.environment["SLUICE_LONG"].flatMap { Int($0) } ?? 1)
    package static var isLong: Bool { factor > 1 }

    package static func rounds(_ usual: Int) -> Int { usual * factor }
}
