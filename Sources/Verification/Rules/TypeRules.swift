import HIFIBlockSpec
import HIFIGGUF

/// Type ids that cannot be read here: unknown, withdrawn, another project's, or with several meanings, none of them settled.
enum TypeRules {
    /// Reports each such number once for every tensor that has it.
    static func report(_ tensor: TensorInfo, _ fit: LabelGuess, into findings: inout FindingCollector) {
        let location = Finding.Location(tensor: tensor.name, offset: tensor.typeIDOffset)
        let candidates = fit.formats(for: tensor)
        let guess = fit.phrase(for: tensor).map { "By shape and size the data could be \($0)." }
        let number = "\(tensor.typeID)"
        guard let known = TypeRegistry.number(tensor.typeID), known.meanings.contains(where: { $0.status != .reserved }) else {
            findings.add(.typeUnknown(number: number), location, expected: "a type that some dialect assigns", found: number, advice: guess)
            return
        }
        // What is withdrawn is the likeliest meaning unless another one is used and may be meant here.
        let mayBeOther = known.meanings.contains { meaning in meaning.mayBeUnsized || meaning.formats.contains(where: candidates.contains) }
        if known.meanings.contains(where: { $0.status == .removed && $0.family == .upstream }), !mayBeOther {
            findings.add(
                .typeRemoved(number: number, meanings: known.summary), location, expected: "a type in use", found: number,
                advice: guess ?? "Quantize the model again with a current release.")
            return
        }
        let isUpstream = Spec.dialect("upstream")?.type(id: tensor.typeID)?.status == .assigned
        findings.add(
            isUpstream
                ? .typeOfForkOpen(number: number, meanings: known.summary) : .typeOfForkForeign(number: number, meanings: known.summary),
            location, expected: isUpstream ? "one type" : "a type that upstream assigns", found: number,
            advice: guess ?? "Read it with the program that wrote it, or ask for a file with upstream's types.", atLeast: .warning)
    }
}
