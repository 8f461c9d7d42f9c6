import Foundation
import HIFIBlockSpec
import Testing

/// The tensors of a model with the type that a mix gives each.
struct RoutedModel {
    let tensors: [(tensor: ModelTensor, type: String)]

    init(model id: String, mix: String, hifi: String? = nil, imatrix: Bool = false, important: Bool = true) throws {
        let (architecture, model) = try #require(Spec.model(id))
        let mix = try #require(Spec.mix(mix))
        let context = MixContext(model: model, of: architecture, usesImatrix: imatrix, isImportant: important)
        tensors = architecture.tensors(of: model).map { tensor in
            (tensor, mix.type(of: tensor.kind, layer: tensor.layer, context: context, hifi: hifi))
        }
    }

    var elements: UInt64 { tensors.reduce(0) { $0 + $1.tensor.elements } }

    var histogram: [String: Int] { Dictionary(tensors.map { ($0.type, 1) }, uniquingKeysWith: +) }

    func bytes() throws -> UInt64 {
        try tensors.reduce(0) { sum, item in
            let size = try #require(Spec.format(item.type))
            #expect(item.tensor.dimensions[0].isMultiple(of: UInt64(size.elements)))
            return sum + (try #require(item.tensor.bytes(as: size)))
        }
    }

    /// Size and bits for a weight as llama.cpp's loader prints them: MiB below 1 GiB, two decimals each.
    func printed() throws -> String {
        let bytes = try bytes()
        let isSmall = bytes < 1 << 30
        let size = Double(bytes) / (isSmall ? 1_048_576 : 1_073_741_824)
        let bpw = Double(bytes) * 8 / Double(elements)
        return String(format: "%.2f %@, %.2f", size, isSmall ? "MiB" : "GiB", bpw)
    }
}

/// `text`, a figure with two decimals and a unit, cut to as many decimals as `model` has, halves rounded up.
func roundHalfUp(_ text: String, likeFigure model: String) -> String {
    let (figure, unit) = split(text)
    let decimals = split(model).figure.split(separator: ".").dropFirst().first?.count ?? 0
    let digits = figure.replacingOccurrences(of: ".", with: "")
    guard let hundredths = Int(digits), decimals <= 2 else { return text }
    let step = [100, 10, 1][decimals]
    let value = (hundredths + step / 2) / step
    guard decimals > 0 else { return "\(value) \(unit)" }
    let scale = decimals == 1 ? 10 : 100
    let fraction = String(value % scale)
    return "\(value / scale).\(String(repeating: "0", count: decimals - fraction.count))\(fraction) \(unit)"
}

private func split(_ text: String) -> (figure: String, unit: String) {
    let words = text.split(separator: " ").map(String.init)
    return (words.first ?? "", words.last ?? "")
}
