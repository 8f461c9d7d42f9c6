import BlockSpec
import Conformance

/// All cases, in the order in which they get their first numbers.
enum Catalogue {
    static func add(to list: inout CaseCollector) throws {
        for format in Spec.formats where format.decoding != nil {
            try BaseCases(format).add(to: &list)
            try OutlierCases(format)?.add(to: &list)
        }
    }
}
