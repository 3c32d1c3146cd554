import Kernels
import Testing

@Suite struct KernelSetTests {
    @Test func namesChooseAndUnknownNamesFail() {
        for set in KernelSet.all { #expect(KernelSet(named: set.name)?.name == set.name) }
        #expect(KernelSet(named: "reference") != nil)
        #expect(KernelSet(named: "fast") == nil)
        #expect(KernelSet(named: "") == nil)
    }

    @Test func fastestFirstAndTheDefinitionLast() {
        #expect(KernelSet.all.first?.name == KernelSet.best.name)
        #expect(KernelSet.all.last?.name == "reference")
        #expect(Set(KernelSet.all.map(\.name)).count == KernelSet.all.count)
    }
}
