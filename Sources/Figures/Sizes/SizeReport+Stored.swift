import HIFIGGUF
import HIFIIdentification
import HIFIVerification

extension SizeReport.Stored {
    /// Reads what a model's files hold, their types identified.
    public init(_ model: SplitSet) {
        let identifications = Identification.identify(model)
        let inspections = zip(model.parts, identifications).map { Inspection($0.file, identification: $1) }
        elements = inspections.reduce(0) { Self.sum($0, $1.elements) }
        bytes = inspections.reduce(0) { Self.sum($0, $1.tensorBytes) }
        loader = LoaderSize(bytes: bytes, elements: elements)
        dialect = identifications.last { $0.dialect != nil }?.dialect
        mixes = Identification.exactMixes(identifications)
    }

    /// Saturating, since a damaged header may claim any size.
    private static func sum(_ total: UInt64, _ part: Int) -> UInt64 {
        let (sum, overflow) = total.addingReportingOverflow(UInt64(max(0, part)))
        return overflow ? .max : sum
    }
}
