/// JSON that is not rows, or a file of them that cannot be read on.
package struct JSONRowsError: Error {
    package enum Reason: Sendable {
        /// Messages of change capture: an object each with the rows of a statement in `data`.
        case changeMessages
        /// The array of the rows has no end.
        case openArray
        /// Something follows the array.
        case textAfterArray
        /// A row of an array is damaged, and nothing shows where the next one begins.
        case lostInArray
    }

    package var reason: Reason
    /// In the text of the file.
    package var offset: Int
    /// Counted from 1; nil: no row is concerned.
    package var row: Int?
}
