import ArgumentParser
import Runs

extension Backend: ExpressibleByArgument {
    /// The backend of a name as it is typed.
    public init?(argument: String) { self.init(named: argument) }

    /// What help shows for no backend.
    public var defaultValueDescription: String { "reference" }

    /// The devices among the names, for help texts.
    static let deviceNames = "cuda (or cuda:rows, cuda:tiles, cuda:matrix)"
}
