import Foundation

/// A mistake planted in the kernels' text. All are in one library, built once, which is told which one acts.
struct PlantedFault: Sendable {
    let name: String
    /// A piece of the text that is there once.
    private let place: String
    /// The same with the mistake, where FAULT says whether it acts.
    private let both: String

    /// An expression, or statements that end with a semicolon, and what stands there instead.
    ///
    /// - Parameter place: what is there once and contains it, where it is not unique by itself.
    init(_ name: String, _ old: String, _ new: String, in place: String? = nil) {
        self.name = name
        self.place = place ?? old
        let either = old.hasSuffix(";") ? "if (FAULT) { \(new) } else { \(old) }" : "(FAULT ? (\(new)) : (\(old)))"
        both = self.place.replacing(old, with: either, maxReplacements: 1)
    }

    /// Any piece of text, and what stands there instead.
    init(_ name: String, place: String, with both: String) {
        (self.name, self.place, self.both) = (name, place, both)
    }

    static let all = CUDAOnShim.FaultTests.faults + CUDAOnShim.FloatFaultTests.faults

    /// The number that the library knows the fault by; 0 is not a fault.
    static func number(_ name: String) -> Int { (all.firstIndex { $0.name == name } ?? -1) + 1 }

    /// The library of all faults. Two formats are enough and build quickly.
    static let library = Result {
        let few = [
            ShimLibrary.Edit(
                old: "KERNEL_OF(q3_k, FormatQ3K) KERNEL_OF(q4_k, FormatQ4K) KERNEL_OF(q5_k, FormatQ5K) KERNEL_OF(q6_k, FormatQ6K) \\\n"
                    + "    KERNEL_OF(q8_0, FormatQ80) KERNEL_OF(hifi, FormatHIFI) KERNEL_OF(res8, FormatRES8)",
                new: "KERNEL_OF(q4_k, FormatQ4K) KERNEL_OF(hifi, FormatHIFI)"),
            ShimLibrary.Edit(
                old: "KERNEL_OF(q3_k, Q3K) KERNEL_OF(q4_k, Q4K) KERNEL_OF(q5_k, Q5K) KERNEL_OF(q6_k, Q6K) KERNEL_OF(q8_0, Q80)",
                new: "KERNEL_OF(q3_k, Q3K) KERNEL_OF(q4_k, Q4K)"),
        ]
        let edits = all.enumerated().map { number, fault in
            ShimLibrary.Edit(old: fault.place, new: fault.both.replacing("FAULT", with: "(shim::g_fault == \(number + 1))"))
        }
        return try ShimLibrary.build("faults", few + edits, flags: ["-O0"])
    }

    /// Runs a search for problems with a fault at work, or with none.
    static func problems(_ fault: PlantedFault?, _ search: (_ library: String) throws -> [String]) throws -> [String] {
        let library = try library.get()
        ShimLibrary.setFault(fault.map { number($0.name) } ?? 0, of: library)
        defer { ShimLibrary.setFault(0, of: library) }
        return try search(library)
    }
}
