/// How lines are written: the JSON of each kind of value, and the key that names the table. It says nothing of how
/// values are spelled in the input (`RowSpelling`).
package struct LineFormat: Sendable, Hashable {
    package var values = ValueOptions()
    /// A key under which every line first names its table.
    package var tagKey: String?

    package init(values: ValueOptions = ValueOptions(), tagKey: String? = nil) {
        self.values = values
        self.tagKey = tagKey
    }
}
