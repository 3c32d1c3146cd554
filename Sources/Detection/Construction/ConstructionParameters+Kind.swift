extension ConstructionParameters {
    /// What a region is called, and how sure that is, where two pictures are compared.
    ///
    /// Where the rules see something built it stays that, unless the region model is sure that nobody built it; of what
    /// the rules cannot name, the model may.
    func told(_ judgement: RegionJudgement) -> (kind: RegionJudgement.Kind, confidence: Double) {
        let score = judgement.structureScore
        let isStructure = judgement.kind == .structure
        guard let likely = judgement.likely else { return (judgement.kind, isStructure ? score : score / 2) }
        if isStructure, 1 - likely.works < mistakenShare { return (.structure, likely.works) }
        let best = likely.likeliest
        if best.share >= kindShare, let named = RegionJudgement.Kind(named: best.kind) { return (named, best.share) }
        return (isStructure ? .unknown : judgement.kind, best.share)
    }
}

extension RegionJudgement.Kind {
    /// The kinds that the region model tells well enough in scenes that it never saw (`models/README.md`); `nil` for the
    /// others.
    fileprivate init?(named kind: RegionLikelihood.Kind) {
        switch kind {
        case .soil: self = .soil
        case .person: self = .person
        case .sheet: self = .sheet
        case .shadow: self = .shadow
        case .structure, .material, .vegetation, .vehicle, .water, .thing, .gone: return nil
        }
    }
}
