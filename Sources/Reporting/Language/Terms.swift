import Village

/// The contract's words as people say them.
public enum Terms {
    public static func name(of kind: Flag.Kind) -> Bilingual {
        switch kind {
        case .construction: .init(zh: "搭建", en: "construction")
        case .livestock: .init(zh: "养殖", en: "livestock")
        case .activity: .init(zh: "活动", en: "activity")
        case .camera: .init(zh: "摄像头", en: "camera")
        case .growth: .init(zh: "长势", en: "growth")
        }
    }

    public static func name(of stage: Flag.Stage) -> Bilingual {
        switch stage {
        case .material: .init(zh: "堆料", en: "material piled")
        case .clearing: .init(zh: "平整场地", en: "ground cleared")
        case .foundation: .init(zh: "打基础", en: "foundation")
        case .walls: .init(zh: "砌墙", en: "walls")
        case .roof: .init(zh: "盖顶", en: "roof")
        case .finished: .init(zh: "完工", en: "finished")
        case .removed: .init(zh: "已拆除", en: "removed")
        case .unknown: .init(zh: "阶段不明", en: "stage unknown")
        }
    }

    /// How far what a flag tells has come: works by their stage, warnings by whether they still stand.
    public static func course(of flag: Flag) -> Bilingual {
        if flag.kind == .construction { return name(of: flag.stage) }
        return flag.stage == .removed ? .init(zh: "已结束", en: "over") : .init(zh: "仍在持续", en: "stands")
    }

    public static func name(of status: Flag.Status) -> Bilingual {
        switch status {
        case .unauthorized: .init(zh: "未见许可", en: "no permit on file")
        case .permitted: .init(zh: "已批", en: "permitted")
        case .unclear: .init(zh: "待判断", en: "unclear")
        }
    }

    public static func name(of kind: Plot.Kind) -> Bilingual {
        switch kind {
        case .orchard: .init(zh: "果园", en: "orchard")
        case .field: .init(zh: "田地", en: "field")
        case .poultry: .init(zh: "禽舍", en: "poultry")
        case .livestock: .init(zh: "畜舍", en: "livestock")
        case .building: .init(zh: "房屋", en: "building")
        case .yard: .init(zh: "庭院", en: "yard")
        case .room: .init(zh: "房间", en: "room")
        case .fruit: .init(zh: "果品分选", en: "fruit sorting")
        }
    }

    public static func name(of kind: Advice.Kind) -> Bilingual {
        switch kind {
        case .work: .init(zh: "农事", en: "work due")
        case .anomaly: .init(zh: "异常", en: "anomaly")
        case .event: .init(zh: "物候", en: "event")
        }
    }

    public static func name(of level: PlotSummary.State.Level) -> Bilingual {
        switch level {
        case .normal: .init(zh: "正常", en: "normal")
        case .attention: .init(zh: "要去看", en: "go and see")
        case .action: .init(zh: "要核查", en: "inspect")
        case .unknown: .init(zh: "看不清", en: "cannot tell")
        }
    }

    public static func name(of quality: Quality) -> Bilingual {
        switch quality {
        case .ok: .init(zh: "可用", en: "usable")
        case .dark: .init(zh: "太暗", en: "too dark")
        case .infrared: .init(zh: "红外夜视（无颜色）", en: "infrared, no colour")
        case .overexposed: .init(zh: "过曝", en: "overexposed")
        case .fog: .init(zh: "雾", en: "fog")
        case .blur: .init(zh: "模糊", en: "blurred")
        case .obstructed: .init(zh: "被遮挡", en: "obstructed")
        case .moved: .init(zh: "镜头转开", en: "camera turned away")
        case .frozen: .init(zh: "画面卡住", en: "frozen picture")
        case .duplicate: .init(zh: "重复", en: "duplicate")
        case .truncated: .init(zh: "文件不完整", en: "incomplete file")
        case .corrupt: .init(zh: "文件损坏", en: "damaged file")
        case .wrongClock: .init(zh: "时间不对", en: "wrong clock")
        }
    }

    /// Where a capture's time was read.
    public static func name(of source: TimeSource) -> Bilingual { source.label }

    /// What a clerk can do about it; `nil` where nothing need be done.
    public static func remedy(for quality: Quality) -> Bilingual? {
        switch quality {
        case .ok: nil
        case .dark, .infrared:
            .init(zh: "夜间照片，不用处理；白天也这样就检查镜头和设置", en: "Night pictures need nothing; by day, check lens and settings")
        case .overexposed: .init(zh: "避免镜头正对太阳，检查曝光设置", en: "Turn the lens away from the sun, check exposure")
        case .fog: .init(zh: "天气原因，不用处理", en: "Weather; nothing to do")
        case .blur: .init(zh: "擦镜头，检查对焦", en: "Wipe the lens, check the focus")
        case .obstructed: .init(zh: "清理镜头前的枝叶、蛛网或杂物", en: "Clear branches, webs or things from before the lens")
        case .moved: .init(zh: "把镜头转回原位；不转回就重新画地块", en: "Turn the camera back, or draw the plots again")
        case .frozen: .init(zh: "重启摄像头", en: "Restart the camera")
        case .duplicate: .init(zh: "不用处理", en: "Nothing to do")
        case .truncated, .corrupt: .init(zh: "检查网络和存储卡，能重传就重传", en: "Check network and card; send again if possible")
        case .wrongClock: .init(zh: "校准摄像头时钟", en: "Set the camera's clock")
        }
    }

    /// What an inspector looks at, by stage.
    ///
    /// After 城乡规划法 Art. 65 and 66, 土地管理法 Art. 62, 77 and 78, and the classes of 自然资发〔2020〕127号.
    public static func checks(for flag: Flag) -> [Bilingual] {
        guard flag.kind == .construction else {
            return [.init(zh: "到现场看一看，拍照记录时间和地点", en: "Go and look; photograph with time and place")]
        }
        let first: Bilingual =
            switch flag.stage {
            case .material: .init(zh: "堆的是什么、谁的、准备做什么", en: "What is piled up, whose is it, what is it for")
            case .clearing:
                .init(zh: "平整场地做什么：是不是翻耕、换土或铺膜", en: "Why the ground was cleared: ploughing, new soil, mulch film?")
            case .foundation: .init(zh: "是不是房基：也可能是水沟、道路施工", en: "Is it a foundation, or a ditch or road works")
            case .walls, .roof, .finished:
                .init(zh: "量长、宽、高，数层数，问用途", en: "Measure length, width, height; storeys; use")
            case .removed: .init(zh: "是否拆净、复原", en: "Is it wholly removed and restored")
            case .unknown:
                .init(zh: "先看清是不是搭建：也可能是停车、晒粮、篷布", en: "Is it a structure at all: lorry, drying grain, tarpaulin?")
            }
        return [
            first,
            .init(
                zh: "查乡村建设规划许可证、宅基地批准；临时搭建看期限",
                en: "Rural planning permit, homestead approval; for temporary works the expiry date"),
            .init(zh: "对照图看是否占耕地、永久基本农田", en: "Against the map: farmland, permanent basic farmland?"),
            .init(zh: "从同一角度拍照，带标尺、时间、位置", en: "Photograph from the same side with scale, time and position"),
        ]
    }
}
