import ArgumentParser
import HIFIBlockSpec
import HIFIForeign
import HIFIThreads
import Quantization

/// What commands that write model files have in common.
enum FileWriting {
    /// Runs the body and turns what it throws into one line and an exit status.
    static func run(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as QuantizationError {
            throw Failure(error.status, "\(error)")
        }
    }
}

extension QuantizationError {
    fileprivate var status: Failure.Status {
        switch kind {
        case .usage: .usage
        case .malformed: .malformed
        case .refused: .findings
        case .inputOutput: .inputOutput
        }
    }
}

/// Dialects as the user names them.
enum DialectName {
    static func find(_ id: String?) throws -> Dialect? {
        guard let id else { return nil }
        guard let dialect = Spec.dialect(id) else {
            throw Failure(.usage, "there is no dialect \(ForeignText(id)); \(NearNames.hint(id, in: KnownNames.dialects))")
        }
        return dialect
    }
}

/// A number of threads.
enum ThreadCount {
    static func checked(_ asked: Int?) throws -> Int {
        guard let asked else { return ThreadPool.processors }
        guard (1...1024).contains(asked) else { throw Failure(.usage, "--threads takes a number from 1 to 1024") }
        return asked
    }
}
