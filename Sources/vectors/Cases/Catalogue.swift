import BlockSpec
import Conformance

/// All cases, in the order in which they get their first numbers.
enum Catalogue {
    static func add(to list: inout CaseCollector, folder: String) throws {
        for format in Spec.formats where format.decoding != nil {
            try BaseCases(format).add(to: &list)
            try OutlierCases(format)?.add(to: &list)
        }
        for format in Spec.formats { try EncodeCases(format)?.add(to: &list) }
        try ActivationCases.add(to: &list)
        for format in Spec.formats { try DotCases(format)?.add(to: &list) }
        for format in Spec.formats { try ContentCases(format)?.add(to: &list) }
        try ContainerCases.add(to: &list)
        try BulkCases(folder: folder).add(to: &list)
    }
}
