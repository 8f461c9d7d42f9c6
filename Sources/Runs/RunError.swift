import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Inference

/// Why a task was not done.
package enum RunError: Error {
    /// A file that cannot be read or written.
    case file(FileError)
    /// A model that cannot be opened.
    case container(GGUFError)
    /// A file that is not what it was named for: one line that names it.
    case malformed(String)
    /// What was asked for does not exist.
    case unknown(String)
    /// A device, a library, a program or kernels that are not there.
    case unavailable(String)
    /// Somebody else's code did not answer as it should.
    case failed(String)
    /// A model that cannot be run, or a text that cannot be scored; the path is of the file to blame.
    case perplexity(path: String, PerplexityError)
    /// The chunks that were kept are of another run; what differs.
    case otherRun(path: String, differences: String)
}

extension RunError: CustomStringConvertible {
    /// One line: what, which file, what to do.
    package var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .container(let error): "\(error)"
        case .malformed(let text), .unknown(let text), .unavailable(let text), .failed(let text): text
        case .perplexity(_, let error) where error.namesItsPlace: "\(error)"
        case .perplexity(let path, let error): "\(ForeignText(path: path)): \(error)"
        case .otherRun(let path, let differences):
            "\(ForeignText(path: path)) is of another run; these differ: \(differences). Remove it to start over"
        }
    }
}

extension PerplexityError {
    /// Whether the text is complete without the file that was being read.
    fileprivate var namesItsPlace: Bool {
        switch self {
        case .baseline, .noSuchChunks, .contextTooSmall, .model(.kernel(.unavailable)): true
        default: false
        }
    }
}
