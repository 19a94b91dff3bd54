extension ByteSource {
    /// Leaves out what lies between `position`, where it stands, and `offset`; a file goes there at once. false: it
    /// ends before.
    package func advance(from position: Int, to offset: Int) throws -> Bool {
        if let file = seekable, let length {
            try file.seek(to: min(offset, length))
            return offset <= length
        }
        let slab = Slab()
        var left = offset - position
        while left > 0 {
            let count = try unsafe read(into: .init(rebasing: slab.room.prefix(left)))
            if count == 0 { return false }
            left -= count
        }
        return left == 0
    }
}
