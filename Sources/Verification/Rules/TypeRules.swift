import HIFIBlockSpec
import HIFIGGUF

/// Type ids that cannot be read here: unknown, withdrawn, or another project's.
enum TypeRules {
    /// Reports each such number once for every tensor that has it.
    static func report(_ tensor: TensorInfo, _ fit: LabelGuess, into findings: inout FindingCollector) {
        let location = Finding.Location(tensor: tensor.name, offset: tensor.typeIDOffset)
        let guess = fit.phrase(for: tensor).map { "By shape and size the data could be \($0)." }
        if let removed = assignment(of: tensor.typeID, where: { $0.status == .removed }) {
            findings.add(
                .typeRemoved(number: "\(tensor.typeID)", name: removed.entry.name), location,
                expected: "a type in use", found: "\(tensor.typeID)",
                advice: guess ?? "Quantize the model again with a current release.")
        } else if let other = assignment(of: tensor.typeID, where: { $0.status == .assigned || $0.status == .foreign }) {
            findings.add(
                .typeOfFork(number: "\(tensor.typeID)", dialect: other.dialect.title, name: other.entry.name), location,
                expected: "a type that upstream assigns", found: "\(tensor.typeID)",
                advice: guess ?? "Read it with that program, or ask for a file with upstream's types.", atLeast: .warning)
        } else {
            findings.add(
                .typeUnknown(number: "\(tensor.typeID)"), location,
                expected: "a type that some dialect assigns", found: "\(tensor.typeID)", advice: guess)
        }
    }

    /// The first dialect, upstream's own before others, that says something of the number.
    private static func assignment(
        of id: UInt32, where matches: (TypeAssignment) -> Bool
    ) -> (dialect: Dialect, entry: TypeAssignment)? {
        for dialect in Spec.dialects {
            if let entry = dialect.ownTypes.first(where: { $0.id == id && matches($0) }) { return (dialect, entry) }
        }
        return nil
    }
}
