import Foundation

/// A path into a JSON document, as differences name it: `$.lines[2]."unit price"`.
enum DocumentPath {
    enum Leg: Equatable {
        case member([UInt8])
        case cell(Int)
    }

    static func legs(_ path: EventBytes) throws(ChangeError) -> [Leg] {
        let text = path.array
        guard text.first == UInt8(ascii: "$") else { throw wrong(path) }
        var legs: [Leg] = [], at = 1
        while at < text.count {
            switch text[at] {
            case UInt8(ascii: "["):
                guard let end = text[at...].firstIndex(of: UInt8(ascii: "]")),
                    let index = Int(String(decoding: text[(at + 1) ..< end], as: UTF8.self)), index >= 0
                else { throw wrong(path) }
                legs.append(.cell(index))
                at = end + 1
            case UInt8(ascii: "."):
                at += 1
                guard at < text.count else { throw wrong(path) }
                let end = text[at] == UInt8(ascii: "\"") ? try endOfQuoted(text, at, path) : endOfName(text, at)
                let piece = text[at ..< end]
                if piece.first == UInt8(ascii: "\"") {
                    guard let key = try? JSONDecoder().decode(String.self, from: Data(piece)) else { throw wrong(path) }
                    legs.append(.member(Array(key.utf8)))
                } else {
                    legs.append(.member(Array(piece)))
                }
                at = end
            default: throw wrong(path)
            }
        }
        return legs
    }

    private static func endOfName(_ text: [UInt8], _ start: Int) -> Int {
        text[start...].firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? text.count
    }

    private static func endOfQuoted(_ text: [UInt8], _ start: Int, _ path: EventBytes) throws(ChangeError) -> Int {
        var at = start + 1
        while at < text.count {
            if text[at] == UInt8(ascii: "\"") { return at + 1 }
            at += text[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        throw wrong(path)
    }

    private static func wrong(_ path: EventBytes) -> ChangeError {
        .damaged("a difference of a JSON document has the path “\(path.string)”, which is none")
    }
}
