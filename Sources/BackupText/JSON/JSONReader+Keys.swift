import BackupBytes
import BackupRows
import CBackupKernels

/// Rows whose keys are none of those before: their shape, their columns.
extension JSONReader {
    /// What the object that begins a row has.
    enum ObjectKeys {
        case keys([JSONShape.Key])
        /// It does not end in the slab.
        case more
        /// A key stands there twice, the second time at `at`; the object ends at `end`.
        case twins(String, at: Int, end: Int)
        case fault(RowFault.Code, at: Int)
    }

    /// Other shapes than the current one that are kept.
    private static var shapesKept: Int { 16 }

    func readKeys(at start: Int) throws -> ObjectKeys {
        var room = [bk_json_key](repeating: bk_json_key(start: 0, length: 0), count: 256), object: bk_json_object
        while true {
            unsafe object = unsafe bk_json_object()
            let capacity = room.count
            room.withUnsafeMutableBufferPointer { room in
                unsafe object.keys = unsafe room.baseAddress
                unsafe object.capacity = capacity
                unsafe bk_read_json_keys(
                    buffer.kernelBytes, start, buffer.slab.end, buffer.isAtEnd ? 1 : 0, &object)
            }
            if unsafe object.count > setup.columnLimit { throw TooManyColumns(limit: setup.columnLimit) }
            if unsafe object.count <= capacity { break }
            room = Array(repeating: bk_json_key(start: 0, length: 0), count: unsafe object.count)
        }
        switch unsafe object.status {
        case BK_MARK_MORE.rawValue: return .more
        case BK_MARK_FAULT.rawValue: return unsafe .fault(.init(bk_fault(object.fault)), at: object.end)
        default: break
        }
        var keys: [JSONShape.Key] = [], names: Set<ExactText> = []
        for key in unsafe room.prefix(object.count) {
            let start = Int(key.start), spelled = unsafe Array(buffer.bytes[start ..< start + Int(key.length)])
            guard let name = Self.text(spelled) else { return .fault(.badUTF8, at: start) }
            guard names.insert(ExactText(name)).inserted else {
                return unsafe .twins(name, at: start, end: object.end)
            }
            keys.append(JSONShape.Key(spelled: spelled, name: ExactText(name)))
        }
        return .keys(keys)
    }

    /// What a string of JSON means; nil: it is not UTF-8.
    private static func text(_ spelled: [UInt8]) -> String? {
        guard spelled.contains(UInt8(ascii: "\\")) else { return String(validating: spelled, as: UTF8.self) }
        var text = [UInt8](repeating: 0, count: spelled.count + 8)
        let length = unsafe bk_json_text(spelled, spelled.count, &text)
        return length > spelled.count ? nil : String(validating: text.prefix(length), as: UTF8.self)
    }

    /// A shape that a row of these keys fits: one of those before, the current one with more columns, or its own.
    func chooseShape(for keys: [JSONShape.Key]) throws {
        if let index = shapes.firstIndex(where: { $0.fits(keys) }) {
            let known = shapes.remove(at: index)
            if let shape { shapes.insert(shape, at: 0) }
            shape = known
            return
        }
        let wider = shape?.widened(by: keys)
        if let shape, wider == nil {
            shapes.insert(shape, at: 0)
            if shapes.count > Self.shapesKept { shapes.removeLast() }
        }
        let new = JSONShape(wider ?? keys)
        new.prepare(for: try layout(of: new, nested: []))
        shape = new
    }

    /// `nested`: columns that have objects or arrays.
    func layout(of shape: JSONShape, nested: [Int]) throws -> RowLayout {
        let columns = try chooseColumns(shape.keys.map(\.name.text))
        var spelling = RowSpelling.json
        spelling.binaryForm = setup.binaryForm
        return RowLayout(
            table: table, columns: columns, spelling: spelling, lines: setup.lines, nested: nested, isOpen: true)
    }

    /// Messages of Canal and DTS have the rows of a statement in `data`, those before it in `old`, and beside them its
    /// `type` and `table`: they are no rows of that table, nor of another.
    func refuseChangeMessages(_ layout: RowLayout) throws {
        let numbers = ["data", "old", "type", "table"].compactMap(layout.index(ofKey:))
        guard numbers.count == 4, numbers.allSatisfy({ layout.columns[$0].kind == .unknown }) else { return }
        for row in unsafe marks.rows.indices {
            let kinds = numbers.map { number in
                unsafe marks.fields[marks.fieldRange(ofRow: row).lowerBound + number].start & ~UInt32(BK_OFFSET)
            }
            let isData = kinds[0] == BK_REFUSED.rawValue || kinds[0] == BK_NULL.rawValue
            let isText = kinds[2] == BK_QUOTED.rawValue && kinds[3] == BK_QUOTED.rawValue
            guard isData, isText, kinds[1] != BK_ABSENT.rawValue else { continue }
            throw JSONRowsError(
                reason: .changeMessages, offset: unsafe buffer.slabOffset + Int(marks.rows[row].start),
                row: rowNumber(ofMarked: row))
        }
    }
}
