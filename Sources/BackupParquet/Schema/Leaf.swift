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

    /// Decimals of so few bytes that they are numbers of 64 bits.
    var isShortDecimal: Bool {
        guard case .decimal = annotation, type == .fixedLengthByteArray else { return false }
        return (1 ... 8).contains(length)
    }

    /// Bytes of lines that each of its levels may take beside its value: a name, brackets, commas.
    var weight: Int { 8 + (path.last?.utf8.count ?? 0) }

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
