import HIFICKernels

/// A set of kernels, named after the instructions it needs.
public enum InstructionSet: String, Sendable, CaseIterable, Codable {
    /// Portable C.
    case scalar
    /// AVX2, FMA and F16C.
    case avx2
    /// AVX-512 of the level of Ice Lake and Zen 4: F, BW, DQ, VL, CD, VNNI, VBMI, and GFNI.
    case avx512
    /// The same, and AMX's tile products of bytes for matrices, with the system's permission.
    case amx
    /// AArch64 with its dot-product instructions.
    case neon

    /// The sets that this processor can run, slowest first.
    public static var available: [InstructionSet] { allCases.filter { KernelTable($0) != nil } }

    /// The set in use unless a caller asks for another: what the environment's `HIFI_FORCE_ISA` names, else the fastest.
    ///
    /// - Throws: `unavailable` if the environment names a set that does not exist or cannot run here. Running another one
    ///   instead would make a forced test lie.
    public static func chosen() throws(KernelError) -> InstructionSet {
        guard let active = hifi_kernels_active(), let set = InstructionSet(rawValue: String(cString: active.pointee.name)) else {
            throw .unavailable("the instruction set that HIFI_FORCE_ISA names")
        }
        return set
    }
}

/// One table of C functions. The tables are constants of the program, so sharing them is safe.
struct KernelTable: @unchecked Sendable {
    let pointer: UnsafePointer<hifi_kernels>

    /// Nil if this processor cannot run the set.
    init?(_ set: InstructionSet) {
        guard let pointer = hifi_kernels_named(set.rawValue) else { return nil }
        self.pointer = pointer
    }

    /// Emulated AMX, which is never chosen; nil beyond the last such table.
    init?(emulated index: Int) {
        guard let pointer = hifi_kernels_emulated(index) else { return nil }
        self.pointer = pointer
    }

    var name: String { String(cString: pointer.pointee.name) }
}
