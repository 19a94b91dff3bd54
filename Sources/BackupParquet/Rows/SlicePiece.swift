/// Rows of a slice that belong to one batch: those between two places.
struct SlicePiece: Sendable {
    let slice: LeafSlice
    let position: SlicePosition
    let end: SlicePosition
}
