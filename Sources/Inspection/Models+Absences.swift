import Village

extension Models {
    /// What of `models/` is not installed, and what that means; empty where everything is.
    ///
    /// - Parameter site: what it does not watch is not missed.
    public func absences(for site: Site) -> [Bilingual] {
        guard regions == nil, site.plots.contains(where: \.isOutdoors) else { return [] }
        return [
            Bilingual(
                zh: "没有区域模型文件 \(RegionModelFile.name)：只按规则判断新建的东西，要多看几次、等得更久才报线索，把握也更低。请把安装包里的 models 文件夹补全。",
                en:
                    "the region model \(RegionModelFile.name) is missing: rules alone judge what was built, a flag "
                    + "needs more looks over a longer time, and its confidence says less. Complete the folder models from the "
                    + "installation.")
        ]
    }
}

/// The weights of the region model, which may be left out.
enum RegionModelFile {
    static let name = "regions.txt"
}
