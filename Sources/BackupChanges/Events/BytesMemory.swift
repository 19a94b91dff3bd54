import Foundation

/// Memory of bytes that grows: the system moves long pieces without a copy, so that never two of them are in use.
enum BytesMemory {
    /// To be freed with `free`.
    static func allocate(_ count: Int) -> UnsafeMutableRawPointer { unsafe resize(nil, to: count) }

    /// The same bytes, as many as both have.
    static func resize(_ memory: UnsafeMutableRawPointer?, to count: Int) -> UnsafeMutableRawPointer {
        // Where there is no memory left, the second one ends the process.
        unsafe realloc(memory, count) ?? .allocate(byteCount: count, alignment: 16)
    }
}
