import CUDAKernels
import Foundation

/// A driver library whose kernels are those of a PTX text that the tool carries, translated to C++.
enum PTXLibrary {
    /// Of PTX for an architecture; with products and sums fused where the text leaves that open, or not.
    static func build(_ architecture: Int, fusing: Bool) throws -> String {
        try build("ptx-\(architecture)\(fusing ? "-fused" : "")", PTXTranslation(program: program(architecture), fusing: fusing))
    }

    /// That of 8.0, built once.
    static let fused = Result { try build(80, fusing: true) }

    static func program(_ architecture: Int) throws -> PTXProgram { try PTXProgram(KernelText.ptx(architecture)) }

    static func build(_ name: String, _ translation: PTXTranslation) throws -> String {
        try ShimLibrary.build(name, file: "kernels_of_ptx.h", text: translation.source(), flags: ["-DSHIM_PTX"])
    }
}
