/// Archives with a program or junk in front of them: what lies at the end of a pipe cannot be looked at, so they are
/// refused, from a file as from a pipe.
extension ContentKind {
    /// Bytes of an input that are looked through for a zip.
    package static let stubLength = 64 * 1024

    /// A program: of Windows, of Linux, a script of the shell.
    static func isProgram(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if unsafe bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) || bytes.starts(with: "#!/".utf8) { return true }
        // `MZ` begins words, too: the header of a program has zeros.
        return unsafe bytes.starts(with: "MZ".utf8) && bytes.prefix(64).contains(0)
    }

    /// Whether the first entry of a zip begins somewhere after the first byte.
    package static func holdsZip(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var at = 1
        while at + 30 < bytes.count {
            let left = unsafe UnsafeRawBufferPointer(rebasing: bytes[at...])
            guard let next = unsafe left.firstIndex(of: 0x50) else { return false }
            at += next
            if at + 30 < bytes.count, unsafe isLocalHeader(.init(rebasing: bytes[at...])) { return true }
            at += 1
        }
        return false
    }

    /// APPNOTE 4.3.7: signature, a version, flags, a method, and a name that is text.
    private static func isLocalHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard unsafe bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return false }
        let isVersion = unsafe bytes[4] <= 63 && bytes[5] <= 20
        let isMethod = unsafe bytes[9] == 0 && [0, 8, 9, 12, 14, 93, 95, 98, 99].contains(bytes[8])
        let length = unsafe Int(bytes[26]) | Int(bytes[27]) << 8
        guard isVersion, isMethod, length > 0, length < 4096 else { return false }
        return unsafe bytes[30...].prefix(length).allSatisfy { $0 >= 0x20 }
    }
}
