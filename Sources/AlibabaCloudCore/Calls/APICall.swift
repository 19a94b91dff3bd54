/// One operation of one product, with its parameters: all that is needed to sign and send it.
package struct APICall: Sendable {
    /// What may be done when it is not known whether the service did what was asked.
    package enum Repetition: Sendable {
        /// Reading, or a call that carries a client token: sending it again changes nothing.
        case harmless
        /// Creating: sending it again could make a second one, so an unclear failure is reported as `unclear`.
        case lookFirst
    }

    package let product: Product
    package let action: String
    package let parameters: [String: String]
    package let repetition: Repetition

    /// Parameters that are nil or empty are left out.
    package init(
        _ product: Product, _ action: String, _ parameters: [String: String?], repetition: Repetition = .harmless
    ) {
        self.product = product
        self.action = action
        self.parameters = parameters.compactMapValues { value in value.flatMap { $0.isEmpty ? nil : $0 } }
        self.repetition = repetition
    }
}
