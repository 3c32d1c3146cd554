import Foundation
import Testing
import Village

@testable import Advising

struct RejectionMemoryTests {
    private let site: Site = {
        var site = Season.site
        site.plots = [
            Plot(
                id: "b1", camera: "cam", kind: .building, crop: nil, household: nil, shape: .polygon([]),
                valid: DayRange())
        ]
        return site
    }()

    private func flag(
        _ id: String = "cam-7", _ stage: Flag.Stage = .foundation, area: Int = 10_000, at corner: Double = 0
    ) throws -> Flag {
        let day = Date(timeIntervalSince1970: 1_715_000_000)
        let finding = ConstructionFinding(
            id: id, camera: "cam", parts: [.init(plot: "b1", share: 1)],
            outline: ConstructionJudgeTests.square(corner, 0, 100), box: [0, 0, 100, 100], stage: stage,
            stages: [.init(stage: stage, at: day)], firstSeen: day, lastSeen: day, confirmedAt: day,
            areaInPixels: area, areaInSquareMetres: nil, confidence: 0.8,
            evidence: .init(before: nil, after: nil, mask: nil))
        return try #require(ConstructionJudge(site: site).flag(finding))
    }

    private func memory(
        _ rejected: [Flag], decided: Set<String> = [], colours: [String: [Double]] = [:]
    ) -> RejectionMemory {
        RejectionMemory(
            rejected: rejected.map {
                RejectedOutline(flag: $0, rejectedAt: Date(timeIntervalSince1970: 0), reason: .covers)
            },
            decided: decided.union(rejected.map(\.id)), colours: colours)
    }

    @Test func withoutARejectionNothingChanges() throws {
        let flag = try flag()
        #expect(memory([]).applied(to: flag) == flag)
    }

    @Test(arguments: [
        (Flag.Stage.foundation, 10_000, "cam-7"), (.material, 10_000, "cam-7"), (.removed, 40_000, "cam-7"),
        (.foundation, 14_900, "cam-7"), (.foundation, 15_000, "cam-7.2"), (.walls, 10_000, "cam-7.2"),
        (.finished, 9000, "cam-7.2"),
    ])
    func aRejectedThingIsRaisedAgainWhenItHasChanged(stage: Flag.Stage, area: Int, name: String) throws {
        let raised = memory([try flag()]).applied(to: try flag("cam-7", stage, area: area))
        #expect(raised.id == name && raised.withdrawn == nil)
        #expect(raised.explanation.zh.contains("被判为误报") == (name != "cam-7"))
        #expect(raised.explanation.en.contains("was rejected") == (name != "cam-7"))
        #expect(RejectionMemory.thing(of: raised.id) == "cam-7")
    }

    @Test func eachRejectionIsKept() throws {
        let first = try flag(), second = try flag("cam-7.2", .walls)
        #expect(memory([first, second]).applied(to: try flag("cam-7", .walls)).id == "cam-7.2")
        #expect(memory([first, second]).applied(to: try flag("cam-7", .roof)).id == "cam-7.3")
        // The rejection of the first was taken back.
        #expect(memory([second]).applied(to: try flag("cam-7", .roof)).id == "cam-7")
    }

    /// Outlines breathe: what somebody has confirmed does not fall back to the rejected flag.
    @Test func whatSomebodyHasDecidedKeepsItsName() throws {
        let kept = memory([try flag()], decided: ["cam-7.2"]).applied(to: try flag())
        #expect(kept.id == "cam-7.2")
    }

    @Test(arguments: [
        ("same", 0.0, Flag.Stage.foundation, [0.6, 0.2, 0, 0], true),
        ("much the same", 20, .clearing, [0.5, 0.3, 0, 0], true),
        ("beside", 70, .foundation, [0.6, 0.2, 0, 0], false),
        ("other colours", 0, .foundation, [0, 0.7, 0.1, 0], false),
        ("further", 0, .walls, [0.6, 0.2, 0, 0], false),
    ])
    func itsLikeInTheSamePlaceIsWithdrawn(
        one: (String, corner: Double, stage: Flag.Stage, colours: [Double], isSilent: Bool)
    ) throws {
        let memory = memory([try flag()], colours: ["cam-7": [0.6, 0.2, 0, 0], "cam-9": one.colours])
        let raised = memory.applied(to: try flag("cam-9", one.stage, at: one.corner))
        #expect(raised.id == "cam-9" && (raised.withdrawn != nil) == one.isSilent, "\(one.0)")
        #expect(raised.withdrawn.map { $0.zh.contains("cam-7") && $0.en.contains("cam-7") } ?? true)
    }

    @Test func whatAPersonHasDecidedIsNotWithdrawn() throws {
        let colours = ["cam-7": [0.6, 0.2, 0, 0], "cam-9": [0.6, 0.2, 0, 0]]
        #expect(
            memory([try flag()], decided: ["cam-9"], colours: colours).applied(to: try flag("cam-9")).withdrawn == nil)
        // Without a look to go by nothing is silenced.
        #expect(memory([try flag()]).applied(to: try flag("cam-9")).withdrawn == nil)
    }

    @Test(arguments: [("cam-7", "cam-7"), ("cam-7.2", "cam-7"), ("cam-7.12", "cam-7"), ("c.1-7", "c.1-7"), ("", "")])
    func theNameOfTheThing(flag: String, thing: String) { #expect(RejectionMemory.thing(of: flag) == thing) }
}
