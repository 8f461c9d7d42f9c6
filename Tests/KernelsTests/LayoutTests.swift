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
        for id in KernelFormat.baseIDs + ["q8_k"] where Spec.format(id)?.elements != 1 {
            let format = try #require(Spec.format(id))
            let fields = KernelLayout.all.filter { $0.format == id }.compactMap(\.field)
            #expect(Set(fields) == Set(format.fields.map(\.name)), "\(id)")
        }
    }
}
