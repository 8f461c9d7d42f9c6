import HIFIForeign

/// A file of which there is no result, and why.
package struct FileFailure: Encodable {
    let file: ForeignText
    /// What went wrong.
    package let error: Reason

    /// One line, and the exit status that goes with it.
    package struct Reason: Encodable {
        package let message: String
        /// The exit status that the file alone would give.
        package let exitCode: Int32

        package init(message: String, exitCode: Int32) { (self.message, self.exitCode) = (message, exitCode) }
    }

    package init(_ file: ForeignText, _ error: Reason) { (self.file, self.error) = (file, error) }
}

/// One of several files: its result, or its failure in the place of it.
package enum FileEntry<Result: Encodable>: Encodable {
    case result(Result)
    case failure(FileFailure)

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .result(let result): try result.encode(to: encoder)
        case .failure(let failure): try failure.encode(to: encoder)
        }
    }
}
