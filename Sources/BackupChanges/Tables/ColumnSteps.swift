/// The columns of a table for the loop over the values of its rows, with the texts that stand around and for values.
///
///     steps   id: signed, 4 bytes, key 0..<6     state: an ENUM, key 6..<15, labels 0..<2
///     texts   ,"id":,"state":"new""paid"
///
/// Its memory is written in `init` alone.
@safe final class ColumnSteps {
    let count: Int
    /// A step for each column.
    let steps: UnsafeMutablePointer<ColumnStep>
    /// Bytes of each column's values; where they have lengths of their own, bytes of the length, negated.
    let widths: UnsafeMutablePointer<Int8>
    /// More bytes can be read after each text.
    let texts: UnsafeMutablePointer<UInt8>
    /// Where the labels of all ENUM columns begin, and one end more.
    private let labels: UnsafeMutablePointer<Int32>
    private let labelCount: Int

    private static let slack = 16

    init(_ columns: [ChangedColumn]) {
        var bytes: [UInt8] = [], starts: [Int32] = [], made: [ColumnStep] = []
        for column in columns {
            var step = ColumnStep(column)
            step.key = Int32(bytes.count)
            bytes.append(UInt8(ascii: ","))
            bytes += column.key
            step.keyLength = Int32(bytes.count) - step.key
            if step.kind == .enumeration, case .enumeration(_, let labels) = column.form {
                step.label = Int32(starts.count)
                for label in labels {
                    starts.append(Int32(bytes.count))
                    bytes += label
                }
                starts.append(Int32(bytes.count))
            }
            made.append(step)
        }
        (count, labelCount) = (made.count, starts.count)
        unsafe steps = .allocate(capacity: count)
        unsafe steps.initialize(from: made, count: count)
        unsafe widths = .allocate(capacity: count)
        unsafe widths.initialize(from: columns.map(\.form.width), count: count)
        unsafe labels = .allocate(capacity: labelCount)
        unsafe labels.initialize(from: starts, count: labelCount)
        bytes += Array(repeating: 0, count: Self.slack)
        unsafe texts = .allocate(capacity: bytes.count)
        unsafe texts.initialize(from: bytes, count: bytes.count)
    }

    deinit {
        unsafe steps.deallocate()
        unsafe widths.deallocate()
        unsafe labels.deallocate()
        unsafe texts.deallocate()
    }

    /// A label of an ENUM, as a JSON string.
    @inline(__always)
    func label(_ number: Int, of step: ColumnStep) -> (start: UnsafePointer<UInt8>, count: Int) {
        let index = Int(step.label) + number, start = unsafe Int(labels[index])
        return unsafe (UnsafePointer(texts + start), Int(labels[index + 1]) - start)
    }
}
