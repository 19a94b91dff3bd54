/// Ends the program with what was found: libFuzzer keeps the input.
package func found(_ what: String) -> Never { fatalError("found: \(what)") }
