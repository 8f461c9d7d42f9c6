import HIFIThreads
import Suite
import Synchronization

/// Puts the suite to the test: every mutant must be noticed by a vector.
public enum ConformanceSelfTest {
    /// Runs all mutants against the vectors of their format and kind.
    ///
    /// - Parameters:
    ///   - witnesses: how many killing vectors to name for each; a mutant is left as soon as it has so many.
    ///   - progress: called now and then with the number of mutants done and the number of all.
    public static func run(_ store: VectorStore, witnesses: Int = 3, progress: (Int, Int) -> Void = { _, _ in }) -> SelfTestReport {
        run(
            store, mutants: allMutants() + ContainerMutants.all(for: store), controls: allControls(), witnesses: witnesses,
            progress: progress)
    }

    /// All mutants but those of file rules, in a fixed order.
    public static func allMutants() -> [Mutant] {
        DeclarationMutants.all() + DecoderFaults.all() + EncoderMutants.all() + SearchMutants.all() + LinearMutants.all()
            + ActivationMutants.all() + DotMutants.all()
            + ContentMutants.all() + SeriesMutants.all()
    }

    /// Second implementations without a fault: mutants are made from them, so they must pass.
    public static func allControls() -> [Mutant] {
        DecoderFaults.controls() + SearchMutants.controls() + LinearMutants.controls() + DotMutants.controls() + ContentMutants.controls()
            + SeriesMutants.controls()
    }

    /// Runs the given mutants, of a format that is being tried out for instance, on `threads` threads; the result does not depend on them.
    public static func run(
        _ store: VectorStore, mutants: [Mutant], controls: [Mutant], witnesses: Int, threads: Int = ThreadPool.processors,
        progress: (Int, Int) -> Void = { _, _ in }
    ) -> SelfTestReport {
        let clock = ContinuousClock()
        let began = clock.now
        var sorted: [Key: [ConformanceCase]] = [:]
        for file in store.files { sorted[Key(kind: file.kind, format: file.format), default: []] += file.cases }
        let cases = sorted
        @Sendable func killers(of mutant: Mutant, most: Int) -> [String] {
            let judge = Judge(system: mutant.system, store: store)
            var killers: [String] = []
            // Vectors made for the defect first, so that they are named.
            let all = (cases[Key(kind: mutant.kind, format: mutant.format)] ?? []).filter { entry in
                guard let operation = mutant.operation, case .series(let recipe) = entry.task else { return true }
                return recipe.operation == operation
            }
            let ordered =
                mutant.defect.map { defect in all.filter { $0.flags.contains(defect) } + all.filter { !$0.flags.contains(defect) } } ?? all
            for entry in ordered {
                guard judge.judge(entry).outcome.isFailure else { continue }
                killers.append(entry.id)
                if killers.count >= most { break }
            }
            return killers
        }
        let failing = controls.flatMap { control in killers(of: control, most: 1).map { "\(control.id) fails \($0)" } }
        let pool = ThreadPool(threads: threads)
        var results: [MutantResult] = []
        // A share at a time, so that progress is told from here. Results keep the order of mutants.
        for start in stride(from: 0, to: mutants.count, by: 64) {
            let share = Array(mutants[start..<min(start + 64, mutants.count)])
            results += pool.map(share.count) { index in
                let mutant = share[index]
                let killers = killers(of: mutant, most: witnesses)
                let fate: MutantResult.Fate =
                    !killers.isEmpty ? .killed : mutant.equivalence?.holds() == true ? .equivalent : .survived
                return MutantResult(mutant, fate: fate, killers: killers)
            }
            progress(results.count, mutants.count)
        }
        return SelfTestReport(suite: store.version, results: results, failingControls: failing, seconds: (clock.now - began) / .seconds(1))
    }

    private struct Key: Hashable {
        let kind: ConformanceCase.Kind
        let format: String
    }
}

/// What became of one mutant.
public struct MutantResult: Sendable, Hashable, Codable {
    /// The mutant.
    public let id: String
    /// The defect that it re-enacts.
    public let defect: String?
    /// What is wrong with it.
    public let fault: String
    /// What became of it.
    public let fate: Fate
    /// The first vectors that noticed it.
    public let killers: [String]
    /// Why it cannot be noticed, for an equivalent one.
    public let argument: String?

    /// What became of a mutant.
    public enum Fate: String, Sendable, Hashable, Codable, CaseIterable {
        /// A vector noticed it.
        case killed
        /// No vector can notice it: it is proven to answer like the unmutated code.
        case equivalent
        /// No vector noticed it.
        case survived
    }

    package init(_ mutant: Mutant, fate: Fate, killers: [String]) {
        id = mutant.id
        defect = mutant.defect
        fault = mutant.fault
        self.fate = fate
        self.killers = killers
        argument = fate == .equivalent ? mutant.equivalence?.argument : nil
    }
}

/// What a self-test found.
public struct SelfTestReport: Sendable, Hashable, Codable {
    /// Version of the suite.
    public let suite: String
    /// One per mutant.
    public let results: [MutantResult]
    /// Unmutated second implementations that fail a vector, which takes the meaning out of what their mutants show.
    public let failingControls: [String]
    /// Time of the whole test.
    public let seconds: Double

    /// Mutants with this fate.
    public func count(_ fate: MutantResult.Fate) -> Int { results.count { $0.fate == fate } }
    /// Killed mutants as a share of those that can be killed.
    public var score: Double {
        let killable = results.count - count(.equivalent)
        return killable == 0 ? 0 : Double(count(.killed)) / Double(killable)
    }
    /// Whether no mutant survived.
    public var isComplete: Bool { !results.isEmpty && count(.survived) == 0 && failingControls.isEmpty }
}
