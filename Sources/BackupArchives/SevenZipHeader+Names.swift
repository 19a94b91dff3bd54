/// The names of the files, which are the last part of the header:
///
///     05 | number of files | property, size, bytes … | 00 | 00
extension SevenZipHeader {
    private static let namesProperty = 0x11

    /// The sizes of packed files lie before, and are skipped: only the part with the names is whole
    /// from its first byte to the last.
    static func names(in header: ArraySlice<UInt8>) -> [String] {
        var rest = header
        while let start = rest.firstIndex(of: 0x05) {
            if let names = names(ofFiles: rest[(start + 1)...]) { return names }
            rest = rest[(start + 1)...]
        }
        return []
    }

    private static func names(ofFiles bytes: ArraySlice<UInt8>) -> [String]? {
        var reader = Reader(bytes), names: [String]?
        guard let count = try? reader.number() else { return nil }
        while let property = try? reader.number() {
            if property == 0 { return reader.rest.elementsEqual([0]) && names?.count == count ? names : nil }
            guard let size = try? reader.number(), let content = try? reader.take(size) else { return nil }
            if property == namesProperty { names = content.first == 0 ? Self.texts(content.dropFirst()) : nil }
        }
        return nil
    }

    /// UTF-16, little-endian, each with a zero at its end.
    private static func texts(_ bytes: ArraySlice<UInt8>) -> [String] {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map {
            UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
        }
        return units.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF16.self)
        }
    }
}
