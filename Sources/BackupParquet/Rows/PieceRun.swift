import CBackupKernels

/// Values of a column that follow each other, as the kernel writes them into lines.
@safe struct PieceRun {
    var form: bk_piece_form
    var count: Int
    /// The first of them.
    var values: UnsafeRawPointer
    /// What they are places in; nil: the texts that were made for this batch.
    var bytes: UnsafePointer<UInt8>?
    var pieces: UnsafePointer<bk_piece>?
    var isQuoted = false
    var scale = 0
    /// What a piece of them has at the most, beside texts.
    var room: Int

    /// Digits of a number, a sign, a point and a quote.
    static let digits = 48

    init(
        _ form: bk_piece_form, _ count: Int, _ values: UnsafeRawPointer, bytes: UnsafePointer<UInt8>? = nil,
        isQuoted: Bool = false, scale: Int = 0
    ) {
        (self.form, self.count, self.isQuoted, self.scale) = (form, count, isQuoted, scale)
        unsafe (self.values, self.bytes) = unsafe (values, bytes)
        room = Self.digits
    }

    /// Values that are numbers of known pieces.
    init(_ form: bk_piece_form, _ count: Int, _ values: UnsafeRawPointer, of known: KnownPieces) {
        (self.form, self.count, room) = (form, count, known.longest)
        unsafe self.values = unsafe values
        unsafe bytes = unsafe UnsafePointer(known.bytes.base)
        unsafe pieces = unsafe known.pieces
    }

    /// Bytes of each value.
    private var width: Int { form == BK_PIECE_KNOWN ? 4 : 8 }

    /// Those from `index` on.
    func from(_ index: Int) -> UnsafeRawPointer { unsafe values + index * width }
}
