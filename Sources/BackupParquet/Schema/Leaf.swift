/// A column whose values are stored: a leaf of the schema's tree.
package struct Leaf: Sendable {
    /// Names from the outermost group to the leaf.
    package let path: [String]
    package let type: PhysicalType
    /// Bytes of a value of fixed length.
    package let length: Int
    package let annotation: Annotation?
    /// Of the levels that say how much of its path is there, and which of its lists a value continues.
    let maxDefinition: Int
    let maxRepetition: Int

    /// `items.list.element.price`, for people.
    package var name: String { path.joined(separator: ".") }
}

extension Leaf {
    /// Its types for people: how values are stored, and what they mean.
    package var typeText: String {
        let stored = type == .fixedLengthByteArray ? "binary(\(length))" : type.name
        guard let own = try? OwnForm(self), own.type != stored else { return stored }
        return "\(stored) as \(own.type)"
    }
}
