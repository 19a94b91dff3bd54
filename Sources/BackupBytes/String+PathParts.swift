extension String {
    /// The names between its slashes, empty ones left out. An accent after a slash belongs to the name: for Swift's
    /// characters it would hide the slash.
    package var pathParts: [String] { unicodeScalars.split(separator: "/").map(String.init) }
}
