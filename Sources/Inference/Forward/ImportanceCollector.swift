import CInference
import Importance

/// Runs a model over a text and sums the squares of every product's input, as llama-imatrix does: all positions of every chunk count, of
/// the matrices within layers, and of the output matrix if asked for. Sums are kept in double and rounded once.
public struct ImportanceCollector {
    private let session: InferenceSession
    private let includesOutput: Bool

    /// - Parameter session: with room for a chunk.
    public init(_ session: InferenceSession, includesOutput: Bool = false) {
        (self.session, self.includesOutput) = (session, includesOutput)
    }

    /// - Parameters:
    ///   - dataset: the text's name, for the file.
    ///   - progress: called after each chunk with its number.
    /// - Throws: ``PerplexityError``; `nonFinite` names the matrix whose input is broken.
    public func collect(
        _ run: PerplexityRun, dataset: String, progress: (Int) -> Void = { _ in }
    ) throws(PerplexityError) -> ImportanceSums {
        let sums = Sums(session.engine, experts: session.model.shape.experts?.count)
        let includesOutput = includesOutput
        session.observer = { name, expert, activations, columns in
            guard name.hasPrefix("blk.") || (includesOutput && name == "output.weight") else { return }
            sums.add(name, expert, activations, columns)
        }
        defer { session.observer = nil }
        for chunk in run.chunks {
            session.reset()
            do {
                try session.append(run.chunk(chunk), outputs: includesOutput ? run.context : 0) { _, _ in }
            } catch {
                throw .model(error)
            }
            progress(chunk)
        }
        let entries = sums.entries
        if let broken = entries.first(where: { !$0.sums.allSatisfy(\.isFinite) }) {
            throw .model(.nonFinite("the input of tensor \(broken.name)", position: 0))
        }
        return ImportanceSums(entries: entries, dataset: dataset, chunks: run.chunks.count, chunkSize: run.context)
    }
}

/// Sums of squares by matrix, and by expert where a tensor holds several matrices.
private final class Sums {
    private final class Columns: @unchecked Sendable {
        // Unchecked: each task adds to columns of its own.
        let sums: UnsafeMutableBufferPointer<Double>
        var rows = 0

        init(_ count: Int) {
            sums = .allocate(capacity: count)
            sums.initialize(repeating: 0)
        }

        deinit { sums.deallocate() }
    }

    private let engine: Engine
    /// How many experts a tensor holds; nil for one matrix.
    private let experts: Int?
    /// By expert; one element for a tensor of one matrix.
    private var columns: [String: [Columns]] = [:]

    init(_ engine: Engine, experts: Int?) { (self.engine, self.experts) = (engine, experts) }

    func add(_ name: String, _ expert: Int?, _ activations: UnsafeBufferPointer<Float>, _ width: Int) {
        guard let start = activations.baseAddress.map(Floats.init) else { return }
        let all = columns[name] ?? (0..<(expert == nil ? 1 : experts ?? 1)).map { _ in Columns(width) }
        columns[name] = all
        let known = all[expert ?? 0]
        let rows = activations.count / width
        known.rows += rows
        let table = engine.floats.table
        engine.inStretches(width, of: 128) { stretch in
            guard let sums = known.sums.baseAddress else { return }
            for row in 0..<rows {
                table.add_squares(sums + stretch.lowerBound, start.start + row * width + stretch.lowerBound, stretch.count)
            }
        }
    }

    var entries: [ImportanceSums.Entry] {
        columns.map { name, all in .init(name: name, sums: all.flatMap { $0.sums.map { Float($0) } }, counts: all.map(\.rows)) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
