import Foundation
import Pixels
import TestKit
import Testing
import Village

@testable import Detection

/// When, and how small, what is built is flagged.
@Suite struct ConstructionConfirmationTests {
    let parameters: ConstructionParameters

    init() throws { parameters = try ConstructionParameters.shipped.get() }

    /// A camera that is looked at once a day says so with the third look that shows it.
    @Test func whereLooksAreFarApartTheThirdConfirms() throws {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 16, looksADay: 1) { ConstructionWatchTests.withBox($0, in: 7..<1000) }
        try #require(scene.confirmed.count == 1)
        let (at, candidate) = scene.confirmed[0]
        #expect(candidate.looks == parameters.sparseSamples)
        #expect(at.timeIntervalSince(candidate.firstSeen) == 2 * 86_400)
    }

    /// What is elsewhere in each of those looks is not confirmed by them.
    @Test func whatDriftsIsNotConfirmedAtOnce() {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 14, looksADay: 1) { number in
            let region = Region(x: 30 + 14 * (number - 7), y: 40, width: 56, height: 30)
            return ConstructionWatchTests.moment(
                number, (7..<12).contains(number) ? [Scene.Thing(region, .blueRoof)] : [])
        }
        #expect(scene.confirmed.isEmpty)
    }

    /// On a plot that is far away a thing is thin, though it is large for its plot.
    @Test func aThinThingOnASmallPlotIsConfirmed() {
        var parameters = parameters
        parameters.confirmShare = 0.03
        parameters.confirmRadius = 14
        parameters.plainScore = 2
        parameters.plainWorks = 1.01
        func confirmed(on plot: Region) -> Int {
            var scene = ConstructionScene(parameters, plot: plot)
            scene.follow(days: 16) { number in
                let thing = Scene.Thing(Region(x: 56, y: 52, width: 40, height: 14), .blueRoof)
                return ConstructionWatchTests.moment(number, number >= 12 ? [thing] : [])
            }
            return scene.confirmed.count
        }
        #expect(confirmed(on: Region(x: 50, y: 40, width: 56, height: 34)) == 1)
        #expect(confirmed(on: Region(x: 4, y: 4, width: 152, height: 112)) == 0)
    }

    /// A slab has few edges inside: for the rules it looks little built, and the region model knows it.
    @Test func whatStaysAndTheModelKnowsIsConfirmedLater() throws {
        var parameters = parameters
        parameters.builtScore = 0.97
        func slab(_ colour: [UInt8], until last: Int = 1000) -> ConstructionScene {
            var scene = ConstructionScene(parameters)
            scene.follow(days: 22) { number in
                let thing = Scene.Thing(
                    Region(x: 50, y: 50, width: 44, height: 30), .plain(colour[0], colour[1], colour[2]))
                return ConstructionWatchTests.moment(number, (12..<last).contains(number) ? [thing] : [])
            }
            return scene
        }
        let stays = slab([215, 212, 205])
        try #require(stays.confirmed.count == 1)
        let (at, candidate) = stays.confirmed[0]
        let waited = at.timeIntervalSince(candidate.firstSeen) / 86_400
        #expect(waited >= parameters.stayedDays && waited <= parameters.stayedDays + 1)
        // What is set down for three days is gone by then, and ploughed ground has the colour of bricks.
        #expect(slab([215, 212, 205], until: 18).confirmed.isEmpty)
        #expect(slab([150, 108, 75]).confirmed.isEmpty)
    }

    /// Where the region model doubts, a flag waits for longer than a sheet lies over a heap, and for longer than that which
    /// took another's place.
    @Test func whatTheModelDoubtsHasToStay() throws {
        var parameters = parameters
        parameters.doubtShare = 0
        let first = 12
        func scene(_ things: @escaping (Int) -> [Scene.Thing]) -> ConstructionScene {
            var scene = ConstructionScene(parameters)
            scene.follow(days: 24) { ConstructionWatchTests.moment($0, things($0)) }
            return scene
        }
        let shed = Scene.Thing(Region(x: 50, y: 44, width: 48, height: 36), .blueRoof)
        let stays = scene { $0 >= first ? [shed] : [] }
        try #require(stays.confirmed.count == 1)
        let waited = stays.confirmed[0].at.timeIntervalSince(stays.confirmed[0].candidate.firstSeen) / 86_400
        #expect(waited >= parameters.passingDays && waited <= parameters.passingDays + 1, "\(waited) days")
        let leaves = first + 2 * Int(parameters.passingDays) - 2
        #expect(scene { (first..<leaves).contains($0) ? [shed] : [] }.confirmed.isEmpty)

        let grown = first + 10
        let replaced = scene { number in
            number < first
                ? [] : number < grown ? [Scene.Thing(Region(x: 62, y: 50, width: 28, height: 24), .paleSheet)] : [shed]
        }
        let moments = ConstructionScene.moments(days: 24)
        for (at, _) in replaced.confirmed {
            #expect(at.timeIntervalSince(moments[grown].at) / 86_400 >= parameters.passingDays)
        }
    }

    /// Looked at once a day, what rises on bare ground is not held up by the looks that showed the ground; nor does
    /// a look by itself make it a flag, nor what the region model does not take for walls or their material.
    @Test func whatRisesOnBareGroundIsNotHeldUpByIt() throws {
        let risen = 14
        func delay(_ change: (inout ConstructionParameters) -> Void) -> Double? {
            var parameters = parameters
            // The ground of this scene has some edges, and nothing else is to make a flag.
            (parameters.scoreWeight, parameters.builtScore, parameters.stayedMaterial) = (0.05, 0.90, 2)
            (parameters.plainMaterial, parameters.dugWorks, parameters.aloneStructure) = (2, 1.01, 1.01)
            change(&parameters)
            var scene = ConstructionScene(parameters)
            scene.follow(days: 34, looksADay: 1) { number in
                let region = Region(x: 50, y: 50, width: 44, height: 30)
                let thing = Scene.Thing(region, number < risen ? .ground(150, 120, 90) : .blueRoof)
                return ConstructionWatchTests.moment(number, number >= 7 ? [thing] : [])
            }
            let rose = ConstructionScene.moments(days: 34, looksADay: 1)[risen].at
            return scene.confirmed.first.map { $0.at.timeIntervalSince(rose) / 86_400 }
        }
        let quick = try #require(delay { _ in })
        #expect(quick >= 1 && quick <= 5, "\(quick) days")
        // From the first look to the last three days, not one.
        #expect(delay { $0.aloneHours = 72 } == quick + 2)
        #expect(delay { $0.aloneShare = 1.01 } == nil)
    }

    /// Days until the box is flagged where neither its score nor its colours make it built; `nil` = never.
    private func delayByTheModelAlone(_ change: (inout ConstructionParameters) -> Void) -> Double? {
        var parameters = parameters
        (parameters.builtScore, parameters.stayedMaterial, parameters.aloneShare) = (2, 2, 1.01)
        change(&parameters)
        var scene = ConstructionScene(parameters)
        scene.follow(days: 20) { ConstructionWatchTests.withBox($0, in: ConstructionWatchTests.firstLook..<1000) }
        let appeared = ConstructionScene.moments(days: 20)[ConstructionWatchTests.firstLook].at
        return scene.confirmed.first.map { $0.at.timeIntervalSince(appeared) / 86_400 }
    }

    /// What the region model has called a structure for days is one, whatever score the rules give it; not before.
    @Test func whatTheModelCallsAStructureForDaysIsOne() throws {
        func delay(_ change: (inout ConstructionParameters) -> Void) -> Double? {
            delayByTheModelAlone {
                $0.dugWorks = 1.01
                change(&$0)
            }
        }
        let days = try #require(delay { _ in })
        #expect(days >= parameters.stayedDays && days <= parameters.stayedDays + 1, "\(days) days")
        #expect(delay { $0.stayedDays = 7 } ?? 0 >= 7)
        #expect(delay { $0.plainStructure = 1.01 } == nil)
        #expect(delay { $0.plainWorks = 1.01 } == nil)
        #expect(delay { $0.plainMaterial = 1.01 } == nil)
    }

    /// Ground of which the region model has been sure for days that it is works, be it a pit; what is dug all over is a field.
    @Test func whatTheModelIsSureOfForDaysIsFlaggedWhateverItIs() throws {
        func delay(_ change: (inout ConstructionParameters) -> Void) -> Double? {
            delayByTheModelAlone {
                $0.plainMaterial = 2
                change(&$0)
            }
        }
        let days = try #require(delay { _ in })
        #expect(days >= parameters.stayedDays && days <= parameters.stayedDays + 1, "\(days) days")
        #expect(delay { $0.dugWorks = 1.01 } == nil)
        #expect(delay { $0.dugShare = 0.05 } == nil)
    }

    /// A slab far away is a strip in which no large disc has room; a post of that size is none.
    @Test func aStripThatTheModelCallsAStructureIsConfirmed() {
        func confirmed(_ thing: Region, plainRadius: Int) -> Int {
            var parameters = parameters
            (parameters.confirmShare, parameters.confirmRadius, parameters.largeRadius) = (0.02, 14, 14)
            (parameters.plainRadius, parameters.dugWorks, parameters.plainScore) = (plainRadius, 1.01, 2)
            var scene = ConstructionScene(parameters, plot: Region(x: 40, y: 16, width: 84, height: 96))
            scene.follow(days: 20) { number in
                ConstructionWatchTests.moment(number, number >= 12 ? [Scene.Thing(thing, .blueRoof)] : [])
            }
            return scene.confirmed.count
        }
        let strip = Region(x: 52, y: 52, width: 50, height: 12)
        #expect(confirmed(strip, plainRadius: 2) == 1)
        #expect(confirmed(strip, plainRadius: 14) == 0)
        #expect(confirmed(Region(x: 66, y: 40, width: 18, height: 34), plainRadius: 2) == 0)
    }

    /// A field that was ploughed, covered with a sheet and flooded has been seen for long and was bare before: nothing of
    /// that is a flag while neither the rules nor the region model find anything that builders make; and nothing to which the
    /// region model gives works hardly a chance, whatever the rules say.
    @Test func whatNeitherRulesNorModelFindBuiltIsNoFlag() throws {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 16) { ConstructionWatchTests.withBox($0, in: ConstructionWatchTests.firstLook..<1000) }
        var candidate = try #require(scene.watch.candidates.first { $0.status == .confirmed })
        let evidence = BuiltEvidence(newBrick: 0, detailBefore: 0.5)
        let works: [RegionLikelihood.Kind] = [.structure, .soil, .material]
        func isConfirmed(
            _ kind: RegionJudgement.Kind, likeliest: RegionLikelihood.Kind, _ share: Double, works: Double
        ) -> Bool {
            let kinds = RegionLikelihood.Kind.allCases
            func isWorks(_ kind: RegionLikelihood.Kind) -> Bool { [.structure, .soil, .material].contains(kind) }
            let rest = Double(kinds.count { !isWorks($0) && $0 != likeliest })
            let others = isWorks(likeliest) ? 1 - works : 1 - works - share
            let own = isWorks(likeliest) ? (works - share) / 2 : works / 3
            candidate.judgement.kind = kind
            candidate.likely = RegionLikelihood(
                shares: kinds.map { $0 == likeliest ? share : isWorks($0) ? own : others / rest })
            return scene.watch.isConfirmed(candidate, evidence)
        }
        for likeliest in RegionLikelihood.Kind.allCases {
            let isWorks = works.contains(likeliest)
            let (share, all) = isWorks ? (0.60, 0.68) : (0.44, 0.42)
            #expect(isConfirmed(.unknown, likeliest: likeliest, share, works: all) == isWorks, "\(likeliest)")
            #expect(isConfirmed(.soil, likeliest: likeliest, share, works: all) == isWorks, "\(likeliest)")
            #expect(isConfirmed(.structure, likeliest: likeliest, share, works: all), "\(likeliest)")
            guard !isWorks else { continue }
            #expect(!isConfirmed(.structure, likeliest: likeliest, 0.60, works: 0.30), "\(likeliest)")
        }
        candidate.likely = nil
        candidate.judgement.kind = .unknown
        #expect(scene.watch.isConfirmed(candidate, evidence), "without a model the rules alone judge")
    }

    /// Grey walls on a grey roof: the rules find next to nothing in them, and what lay there for days is suddenly seen whole.
    @Test(arguments: [1, 2]) func wallsThatTheModelIsSureOfNeedNoScoreInFarLooks(looksADay: Int) throws {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 24, looksADay: looksADay) {
            ConstructionWatchTests.withBox($0, in: ConstructionWatchTests.firstLook..<1000)
        }
        var candidate = try #require(scene.watch.candidates.first { $0.status == .confirmed })
        (candidate.built, candidate.builtSince) = (0.1, nil)
        candidate.firstSeen = candidate.lastSeen.addingTimeInterval(-2 * 86_400)
        let region = candidate.region.mask
        let nothing = Mask(width: region.width, height: region.height, inside: false)
        for (share, detail, isSure) in [(0.80, 0.5, true), (0.70, 0.5, false), (0.80, 1.3, false)] {
            candidate.likely = RegionLikelihood(
                shares: RegionLikelihood.Kind.allCases.map { $0 == .structure ? share : 0.02 })
            let evidence = BuiltEvidence(newBrick: 0, detailBefore: detail)
            let isSure = isSure && looksADay == 1
            #expect(scene.watch.isConfirmed(candidate, evidence) == isSure, "\(share), \(detail)")
            func isSudden(old: Mask) -> Bool {
                scene.watch.isSudden(candidate, grownFrom: region.count / 4, to: region, old: old, evidence)
            }
            #expect(isSudden(old: region) != isSure, "\(share), \(detail)")
            #expect(isSudden(old: nothing), "\(share), \(detail)")
        }
    }

    /// A field is bare all over when it is ploughed or harvested; a pit is a part of its plot.
    @Test func groundThatIsBareAllOverItsPlotIsNoFlag() throws {
        func isConfirmed(plot: Region, likeliest: RegionLikelihood.Kind) throws -> Bool {
            var scene = ConstructionScene(parameters, plot: plot)
            scene.follow(days: 16) { ConstructionWatchTests.withBox($0, in: ConstructionWatchTests.firstLook..<1000) }
            var candidate = try #require(scene.watch.candidates.first { $0.status == .confirmed })
            candidate.judgement.kind = .structure
            candidate.likely = RegionLikelihood(
                shares: RegionLikelihood.Kind.allCases.map { $0 == likeliest ? 0.90 : 0.01 })
            return scene.watch.isConfirmed(candidate, BuiltEvidence(newBrick: 0, detailBefore: 0.5))
        }
        let box = ConstructionWatchTests.box
        let narrow = Region(x: box.x - 4, y: box.y - 4, width: box.width + 8, height: box.height + 8)
        let wide = Region(x: 4, y: 4, width: 152, height: 112)
        #expect(try !isConfirmed(plot: narrow, likeliest: .soil))
        #expect(try isConfirmed(plot: narrow, likeliest: .structure))
        #expect(try isConfirmed(plot: wide, likeliest: .soil))
    }

    /// With one look a day, two of five that do not show it are forgiven what has the colour of concrete, and not bare
    /// ground; with more looks a day, or without a region model, neither.
    @Test func farLooksForgiveConcreteMoreThanGround() {
        func changed(_ color: (UInt8, UInt8, UInt8), looksADay: Int = 1, model: RegionModel? = .shipped) -> Int {
            var parameters = parameters
            parameters.stability = 0
            parameters.hardStability = 0
            let plot = Region(x: 4, y: 4, width: 152, height: 112)
            var scene = ConstructionScene(parameters, plot: plot, model: model)
            let box = Region(x: 50, y: 44, width: 48, height: 36), first = 8 * looksADay
            scene.follow(days: (first + 5) / looksADay, looksADay: looksADay) { number in
                let isShown = number >= first && number != first + 1 && number != first + 3
                let look = Scene.Thing.Look.ground(color.0, color.1, color.2)
                return ConstructionWatchTests.moment(number, isShown ? [Scene.Thing(box, look)] : [])
            }
            let latest = scene.watch.looks.suffix(parameters.window)
            return scene.watch.lastingChange(in: latest, steadiness: scene.watch.steadiness(of: latest)).count
        }
        let concrete: (UInt8, UInt8, UInt8) = (176, 174, 170), earth: (UInt8, UInt8, UInt8) = (150, 108, 75)
        #expect(changed(concrete) > 48 * 36 / 3)
        #expect(changed(earth) < 48 * 36 / 8)
        #expect(changed(concrete, looksADay: 3) < 48 * 36 / 8)
        #expect(changed(concrete, model: nil) < 48 * 36 / 8)
    }
}
