import HIFIBlockSpec
import Suite

/// Verifiers that overlook one rule each.
enum ContainerMutants {
    /// One for every rule that some case asks for.
    static func all(for store: VectorStore) -> [Mutant] {
        let rules = Set(store.cases.flatMap { entry -> [String] in if case .container(_, let rules) = entry.task { rules } else { [] } })
        return rules.sorted().map { rule in
            mutant("without-\(rule)", "rule \(rule) is not applied") { $0.filter { $0 != rule } }
        } + [
            mutant("silent", "nothing is ever reported") { _ in [] },
            mutant("first-only", "only the first finding is reported") { Array($0.prefix(1)) },
            mutant("false-alarm", "every file is found to break a rule") { $0 + ["GGUF-01"] },
        ]
    }

    private static func mutant(_ name: String, _ fault: String, _ change: @escaping @Sendable ([String]) -> [String]) -> Mutant {
        Mutant("container/\(name)", format: "", kind: .gguf, fault: fault, system: SelectiveVerifier(name: name, change: change))
    }

    /// The reference's findings, changed.
    private struct SelectiveVerifier: InspectingSystem {
        let name: String
        let change: @Sendable ([String]) -> [String]

        func answer(_ request: Request) -> Answer { .skipped(reason: "not part of this mutant") }

        func inspect(_ inspection: CheckRequest) -> CheckAnswer {
            guard case .container(let path) = inspection, case .broken(let rules) = VerdictCache.shared.rules(of: path) else {
                return .skipped(reason: "not part of this mutant")
            }
            return .broken(change(rules))
        }
    }
}
