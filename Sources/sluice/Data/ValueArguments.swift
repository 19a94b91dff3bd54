import ArgumentParser
import BackupExports
import BackupLake

/// What values become.
struct ValueArguments: ParsableArguments {
    @Option(help: "By the structure files' types (schema), or every value as a string (text).")
    var types = ValueOptions.Types.schema
    @Option(help: "BLOB, BINARY, bytea as base64 or hex.")
    var binary = ValueOptions.Binary.base64
    @Option(help: "DECIMAL and NUMERIC as number or string.")
    var decimals = ValueOptions.Digits.number
    @Option(help: "Columns whose type passes 2^53 as number or string.")
    var bigIntegers = ValueOptions.Digits.number
    @Option(help: "JSON columns: embed the value, or a string.")
    var json = ValueOptions.Documents.embed
    @Option(help: "PostgreSQL arrays: json, or their text form.")
    var arrays = ValueOptions.Arrays.json
    @Flag(help: "Leave the key of a NULL out.")
    var omitNulls = false
    @Option(name: .customLong("invalid-utf8"), help: "Bytes that are no text: error, or replace by U+FFFD and count.")
    var invalidUTF8 = ValueOptions.InvalidUTF8.error

    var options: ValueOptions {
        var values = ValueOptions()
        values.types = types
        values.binary = binary
        values.decimals = decimals
        values.bigIntegers = bigIntegers
        values.documents = json
        values.arrays = arrays
        values.omitsNulls = omitNulls
        values.invalidUTF8 = invalidUTF8
        return values
    }
}

extension ValueOptions.Types: ExpressibleByArgument {}
extension ValueOptions.Binary: ExpressibleByArgument {}
extension ValueOptions.Digits: ExpressibleByArgument {}
extension ValueOptions.Documents: ExpressibleByArgument {}
extension ValueOptions.Arrays: ExpressibleByArgument {}
extension ValueOptions.InvalidUTF8: ExpressibleByArgument {}
