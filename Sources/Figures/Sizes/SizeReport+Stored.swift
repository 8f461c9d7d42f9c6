import GGUF
import Verification

extension SizeReport.Stored {
    /// Reads what a file holds, its types identified.
    public init(_ file: GGUFFile) {
        let identification = Identification.identify(file.scan)
        let inspection = Inspection(file, identification: identification)
        dialect = identification.dialect
        elements = UInt64(max(0, inspection.elements))
        bytes = UInt64(max(0, inspection.tensorBytes))
        loader = LoaderSize(bytes: bytes, elements: elements)
        mixes = identification.mixes.filter(\.isExact).map(\.id)
    }
}
