import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification

extension Identification {
    /// Where each tensor's data lies by this reading of the type ids. Ids without a known format, or with formats of several
    /// sizes, leave their tensors' sizes open.
    public func layout(of scan: GGUFScan) -> DataLayout {
        let sizes = Dictionary(
            types.compactMap { type -> (UInt32, HIFIGGUF.BlockSize)? in
                let sizes = Set(type.formats.compactMap(Spec.format).map(\.size))
                guard let size = sizes.first, sizes.count == 1 else { return nil }
                return (type.id, size)
            }, uniquingKeysWith: { first, _ in first })
        return DataLayout(scan, fillers: .none) { sizes[$0] }
    }
}
