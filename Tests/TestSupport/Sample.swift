import Foundation

/// What a run of the tests takes of long lists that are all of one kind.
package enum Sample {
    /// True where `HIFI_ALL_CASES=1`: lists are taken whole.
    package static let isWhole = ProcessInfo.processInfo.environment["HIFI_ALL_CASES"] == "1"

    /// Every so many of a list, from the first on; the whole list with `HIFI_ALL_CASES=1`. What is left out is said.
    ///
    /// - Parameter what: the plural that names the list in the message.
    package static func of<Element>(_ list: [Element], every step: Int, _ what: String) -> [Element] {
        guard !isWhole, step > 1 else { return list }
        let taken = list.enumerated().filter { $0.offset % step == 0 }.map(\.element)
        print("NOT CHECKED: \(list.count - taken.count) of \(list.count) \(what); HIFI_ALL_CASES=1 checks them all")
        return taken
    }
}
