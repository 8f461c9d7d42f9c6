/// What should hold of every input, and does not for this one.
package struct BrokenProperty: Error, CustomStringConvertible {
    /// What does not hold.
    package let description: String
}

/// Statements that targets make.
enum Property {
    /// Throws unless the condition holds.
    static func hold(_ condition: Bool, _ statement: @autoclosure () -> String) throws(BrokenProperty) {
        if !condition { throw BrokenProperty(description: statement()) }
    }

    /// Throws where a text that is meant for a terminal could steer it.
    static func isPrintable(_ text: String) throws(BrokenProperty) {
        let control = text.unicodeScalars.first { scalar in
            scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || (0x7F...0x9F).contains(scalar.value)
                || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
        guard let control else { return }
        throw BrokenProperty(description: "a message holds U+\(String(control.value, radix: 16)): \(text.debugDescription)")
    }
}
