import HIFIBlockSpec
import HIFIKernels
import Testing

@Suite("The C structs have the layout of the spec")
struct LayoutTests {
    @Test("every field and every block", arguments: KernelLayout.all)
    func agrees(_ entry: KernelLayout) throws {
        let format = try #require(Spec.format(entry.format))
        guard let name = entry.field else {
            #expect(entry.bytes == format.bytes)
            return
        }
        let field = try #require(format.field(name))
        #expect(entry.offset == field.offset)
        #expect(entry.bytes == field.range.count)
    }

    @Test("no field of a base layout is left out")
    func complete() throws {
        for id in [
            "q2_k", "q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q4_0", "q4_1", "q5_0", "q5_1", "iq4_nl", "iq4_xs", "mxfp4", "q8_k",
            "q3_k_hifi@r1", "q3_k_hifi@r2", "q3_k_hifi@r3", "q3_k_hifi@r4", "q3_k_hifi@r8",
        ] {
            let format = try #require(Spec.format(id))
            let fields = KernelLayout.all.filter { $0.format == id }.compactMap(\.field)
            #expect(Set(fields) == Set(format.fields.map(\.name)), "\(id)")
        }
    }
}
