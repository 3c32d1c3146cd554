import Analysis
import Foundation
import Kernels
import Pixels
import Village

/// Follows one camera's scene and says what was built.
///
/// Looks (captures in the reference frame, at most one in some hours) are compared with several backgrounds (medians of
/// earlier looks). A pixel speaks when it differs from every background in a way that light does not explain, in most
/// of the
/// latest looks, with the same content each time. Regions of such pixels are candidates; one that stays and looks built
/// is
/// confirmed. Backgrounds never take in what a candidate covers.
///
/// - Note: pure and ordered: the same looks in the same order give the same events, wherever a run was cut.
public struct ConstructionWatch: Sendable {
    let parameters: ConstructionParameters
    let model: RegionModel?
    let size: Size
    let kernels: KernelSet
    let plots: [(id: String, mask: Mask)]
    let anyPlot: Mask
    var state: State
    var looks: [Look] = []
    /// The looks that backgrounds are made of.
    var anchors: [Look] = []
    var age: ChangeAge
    var backgrounds: [Background] = []

    /// What is kept between runs besides pictures.
    public struct State: Sendable, Codable, Equatable {
        var lastSample: Int?
        var looks: [LookName] = []
        var anchors: [LookName] = []
        /// Looks before those, oldest first, to name the picture that was last without a thing.
        var history: [LookName] = []
        var backgrounds: [BackgroundName] = []
        public internal(set) var candidates: [Candidate] = []
        var nextNumber = 1
        /// Candidates of the last weeks that looked like material or bare ground and were not followed further.
        var groundworks: [Groundwork]?

        mutating func remember(_ candidate: Candidate, dugWorks: Double, oldest: Date) {
            let kept = (groundworks ?? []).filter { $0.lastSeen >= oldest }
            groundworks = kept + [Groundwork(candidate, dugWorks: dugWorks)].compactMap { $0 }
        }
    }

    struct LookName: Sendable, Codable, Equatable {
        var at: Date
        var path: String
        var picture: String { "look/\(Int(at.timeIntervalSince1970))" }
    }

    struct BackgroundName: Sendable, Codable, Equatable {
        var from: Date
        var until: Date
        var picture: String { "background/\(Int(until.timeIntervalSince1970))" }
    }

    struct Look: Sendable {
        var name: LookName
        var image: RGBImage
        /// 255 where the image shows the scene.
        var valid: Mask
        /// With what a comparison needs; of the last ``compared`` looks only, as it is six times as large.
        var view: SceneView?
        /// Where this look differs from every background.
        var changed: Mask
        /// Where it shows what the look before showed.
        var repeats: Mask

        /// Looks that the next one is compared with.
        static let compared = 2
    }

    struct Background: Sendable {
        var name: BackgroundName
        var view: SceneView
    }

    /// - Parameters:
    ///   - model: where there is none, the rules alone judge, and a flag needs to be seen longer.
    ///   - size: of the working picture.
    ///   - plots: masks of that size.
    public init(
        parameters: ConstructionParameters, model: RegionModel?, size: Size, plots: [(id: String, mask: Mask)],
        kernels: KernelSet
    ) {
        self.parameters = parameters
        self.model = model
        self.size = size
        self.kernels = kernels
        self.plots = plots
        anyPlot = plots.reduce(Mask(width: size.width, height: size.height, inside: false)) { $0.union($1.mask) }
        state = State()
        age = ChangeAge(size: size)
    }

    public var candidates: [Candidate] { state.candidates }

    /// Whether a capture at this moment would be looked at.
    public func wants(at: Date) -> Bool { state.lastSample.map { sample(at) > $0 } ?? true }

    /// Four a day for two months.
    static let historyLength = 240

    private func sample(_ at: Date) -> Int {
        Int((at.timeIntervalSince1970 / (parameters.sampleHours * 3600)).rounded(.down))
    }

    /// Takes one usable capture, in order of time.
    ///
    /// - Parameters:
    ///   - image: in the reference frame, of the working size.
    ///   - valid: 255 where `image` shows the scene.
    public mutating func look(at: Date, path: String, image: RGBImage, valid: Mask) -> [ConstructionEvent] {
        precondition(image.size == size && valid.size == size, "looks have the working size")
        guard wants(at: at) else { return [] }
        state.lastSample = sample(at)
        let view = SceneView(image: image, valid: valid, radius: parameters.correlationRadius)
        let name = LookName(at: at, path: path)
        guard !backgrounds.isEmpty else {
            let unchanged = Mask(width: size.width, height: size.height, inside: false)
            append(
                Look(
                    name: name, image: image, valid: valid, view: view, changed: unchanged, repeats: repeats(view)))
            makeBackgroundIfDue(at: at)
            return []
        }
        let (changed, share) = differenceFromBackgrounds(view)
        // Snow, flood, fog that slipped through, a camera that looks elsewhere: such a look testifies to nothing.
        guard share <= parameters.sceneWideShare else { return [] }
        append(Look(name: name, image: image, valid: valid, view: view, changed: changed, repeats: repeats(view)))
        age.add(changed, valid: valid, at: at)
        let events = evaluate(at: at, path: path)
        makeBackgroundIfDue(at: at)
        return events
    }

    mutating func append(_ look: Look) {
        looks.append(look)
        let oldest = look.name.at.addingTimeInterval(-parameters.windowDays * 86_400)
        looks.removeAll { $0.name.at < oldest }
        looks = looks.suffix(parameters.window)
        for k in looks.indices.dropLast(Look.compared) { looks[k].view = nil }
        // Of each day the first look and the latest, so that a camera of many looks a day is remembered over days.
        if anchors.count >= 2, anchors.suffix(2).allSatisfy({ bin($0.name.at) == bin(look.name.at) }) {
            anchors.removeLast()
        }
        anchors.append(look)
        anchors[anchors.count - 1].view = nil
        anchors.removeAll { $0.name.at < oldest }
        anchors = anchors.suffix(parameters.backgroundSamples)
        state.anchors = anchors.map(\.name)
        state.history = (state.history + [look.name]).suffix(ConstructionWatch.historyLength)
        state.looks = looks.map(\.name)
    }

    func bin(_ at: Date) -> Int { Int((at.timeIntervalSince1970 / 86_400).rounded(.down)) }
}
