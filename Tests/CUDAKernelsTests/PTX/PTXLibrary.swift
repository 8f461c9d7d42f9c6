import CUDAKernels
import Foundation

/// A driver library whose kernels are those of a PTX text that the tool carries, translated to C++.
enum PTXLibrary {
    /// Of PTX for an architecture, with products and sums that the text leaves open not fused.
    static func build(_ architecture: Int) throws -> String {
        try build("ptx-\(architecture)", PTXTranslation(program: program(architecture), fusing: false))
    }

    /// That of 8.0, built once. A fault leaves out one of its barriers.
    static let fused = Result {
        let program = try newest.get()
        let lines = program.barriers.map(\.line)
        return try build("ptx-80-fused", PTXTranslation(program: program, fusing: true, omissible: lines))
    }

    /// The PTX of 8.0.
    static let newest = Result { try program(80) }

    static func program(_ architecture: Int) throws -> PTXProgram { try PTXProgram(KernelText.ptx(architecture)) }

    static func build(_ name: String, _ translation: PTXTranslation) throws -> String {
        try ShimLibrary.build(name, file: "kernels_of_ptx.h", text: translation.source(), flags: ["-DSHIM_PTX"])
    }
}
