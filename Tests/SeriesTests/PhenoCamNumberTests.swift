import Foundation
import Testing

@testable import Series

@Suite struct PhenoCamNumberTests {
    @Test(arguments: [
        (0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"), (24.5, 0, "24"), (0.000005, 5, "0.00001"),
        (64.143355, 5, "64.14335"), (0, 5, "0.00000"),
        (-0.000001, 5, "-0.00000"), (-12.345678, 5, "-12.34568"), (255, 5, "255.00000"), (1.000015, 5, "1.00002"),
        (.nan, 5, "nan"), (1e20, 5, "100000000000000000000.00000"), (999_999.999999, 5, "1000000.00000"),
    ])
    func printsAsC(value: Double, decimals: Int, expected: String) {
        #expect(PhenoCamNumber.fixed(value, decimals) == expected)
    }

    @Test func printsAsFoundationDoesForRandomValuesAndTies() {
        var dice = Dice(seed: 3)
        for _ in 0..<4000 {
            let a = (dice.roll() - 0.3) * pow(10, (dice.roll() * 8 - 4).rounded())
            let tie = ((dice.roll() * 1e8).rounded() + 0.5) / 1e5
            for value in [a, tie, tie / 8, Float16(a).isFinite ? Double(Float16(a)) : a] {
                for decimals in [0, 1, 3, 5] {
                    let expected = String(format: "%.\(decimals)f", value)
                    #expect(PhenoCamNumber.fixed(value, decimals) == expected)
                    #expect(PhenoCamNumber.rounded(value, decimals) == Double(expected))
                }
            }
        }
    }

    @Test(arguments: [(42.5378, "42.5378"), (-5.0, "-5"), (5.5, "5.5"), (340, "340"), (-0.0, "0")])
    func siteNumbersAreShort(value: Double, expected: String) {
        #expect(PhenoCamNumber.shortest(value) == expected)
    }
}
