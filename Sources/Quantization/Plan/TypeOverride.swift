import HIFIBlockSpec
import HIFIForeign
import HIFIReference

/// `PATTERN=TYPE`: tensors whose name the regular expression occurs in get the type. The last match wins.
public struct TypeOverride: Sendable, Hashable {
    /// The regular expression.
    public let pattern: String
    /// The format id.
    public let format: String

    /// Parses `PATTERN=TYPE`.
    public init(_ text: String) throws(QuantizationError) {
        guard let split = text.lastIndex(of: "="), split != text.startIndex else {
            throw .usage("\(ForeignText(text)) is not PATTERN=TYPE")
        }
        let name = text[text.index(after: split)...]
        guard let format = Spec.format(String(name)) else {
            let known = Spec.formats.filter { $0.decoding != nil }.map(\.id)
            throw .usage(
                "\(ForeignText(text)): there is no type \(ForeignText(name)); "
                    + NearNames.hint(String(name), in: known))
        }
        guard ReferenceEncoder.canEncode(format) else { throw .usage("\(ForeignText(text)): \(format.id) can be decoded but not encoded") }
        pattern = String(text[..<split])
        self.format = format.id
        guard (try? Regex(pattern)) != nil else { throw .usage("\(ForeignText(text)): the pattern is not a regular expression") }
    }

    /// The names among `names` that the pattern occurs in.
    func matches(_ names: [ForeignText]) -> Set<ForeignText> {
        guard let expression = try? Regex(pattern) else { return [] }
        return Set(names.filter { $0.raw.contains(expression) })
    }
}
