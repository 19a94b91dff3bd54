/// Writes tars as plainly as can be, the hostile ones among them.
package struct TarWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// `type`: `0` a file, `2` a symbolic link, `1` a hard link, `3` a device, `5` a folder.
    package mutating func add(_ name: String, _ content: [UInt8] = [], type: Character = "0", link: String = "") {
        if name.utf8.count > 100 { addLongName(name) }
        block(name: String(decoding: name.utf8.prefix(100), as: UTF8.self), content, type: type, link: link)
    }

    package mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

    /// The zero blocks that end a tar.
    package mutating func end() { bytes += [UInt8](repeating: 0, count: 1024) }

    /// GNU's way of names over 100 bytes.
    private mutating func addLongName(_ name: String) {
        block(name: "././@LongLink", Array(name.utf8) + [0], type: "L", link: "")
    }

    private mutating func block(name: String, _ content: [UInt8], type: Character, link: String) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            header.replaceSubrange(offset ..< offset + text.utf8.count, with: text.utf8)
        }
        func octal(_ number: Int, digits: Int) -> String {
            let text = String(number, radix: 8)
            return String(repeating: "0", count: digits - text.count) + text
        }
        put(name, at: 0)
        put(octal(0o644, digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        put(octal(content.count, digits: 11), at: 124)
        put(octal(0, digits: 11), at: 136)
        put("        ", at: 148)
        put(String(type), at: 156)
        put(link, at: 157)
        put("ustar\u{0}00", at: 257)
        put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + "\u{0} ", at: 148)
        bytes += header + content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// Whole and ended.
    package static func archive(_ files: [(String, String)]) -> [UInt8] {
        var tar = TarWriter()
        for (name, text) in files { tar.add(name, text) }
        tar.end()
        return tar.bytes
    }
}
