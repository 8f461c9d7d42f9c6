import ArgumentParser
import Runs

extension Backend: ExpressibleByArgument {
    public init?(argument: String) { self.init(named: argument) }

    public var defaultValueDescription: String { "reference" }

    /// The devices among the names, for help texts.
    static let deviceNames = "cuda (or cuda:rows, cuda:tiles, cuda:matrix)"
}
