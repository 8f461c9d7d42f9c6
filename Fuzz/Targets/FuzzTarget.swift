/// Something that takes bytes from anybody, with what has to hold whatever they are.
///
/// A target refuses input by throwing any error; only a ``BrokenProperty``, a crash, a hang or memory out of proportion is a fault.
package struct FuzzTarget: Sendable {
    /// The name: what `Scripts/fuzz` is given, and the folder of its corpus.
    package let name: String
    /// Longer inputs are not tried: they cost more than they find.
    package let longest: Int
    /// Words that inputs are made of; the name of a file in `Fuzz/dictionaries`.
    package let dictionary: String
    /// Good inputs to begin with, the same on every call.
    package let seeds: @Sendable () throws -> [[UInt8]]
    /// Puts the bytes to the code, which may leave files in the folder.
    private let body: @Sendable ([UInt8], FuzzFolder) throws -> Void

    init(
        _ name: String, longest: Int, dictionary: String, seeds: @escaping @Sendable () throws -> [[UInt8]],
        body: @escaping @Sendable ([UInt8], FuzzFolder) throws -> Void
    ) {
        (self.name, self.longest, self.dictionary, self.seeds, self.body) = (name, longest, dictionary, seeds, body)
    }

    /// Whether the input was taken rather than refused.
    @discardableResult
    package func run(_ bytes: [UInt8], in folder: FuzzFolder) throws(BrokenProperty) -> Bool {
        do {
            try body(bytes, folder)
            return true
        } catch let error as BrokenProperty {
            throw error
        } catch is DecodingError {
            // The words are the library's; commands have their own.
            return false
        } catch {
            try Property.isPrintable("\(error)")
            return false
        }
    }

    /// All of them, in alphabetical order.
    package static let all: [FuzzTarget] =
        [
            adapter, baseline, config, convert, diff, imatrix, manifest, model, npy, policy, quantize, record, tokenizer, vectors, verify,
        ]

    /// Two that are broken on purpose, to see that it is noticed: a statement that never holds, an error that moves the cursor.
    package static let broken = FuzzTarget("broken", longest: 1, dictionary: "json", seeds: { [] }) { _, _ in
        try Property.hold(false, "never holds")
    }
    package static let steering = FuzzTarget("steering", longest: 1, dictionary: "json", seeds: { [] }) { _, _ in
        throw Steering()
    }
    private struct Steering: Error, CustomStringConvertible {
        let description = "\u{1B}[2J"
    }

    /// The target of that name.
    package static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}
