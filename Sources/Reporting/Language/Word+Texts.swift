import Village

extension Word {
    public var bilingual: Bilingual {
        switch self {
        case .reportTitle: .init(zh: "田地与房屋观测报告", en: "Plot report")
        case .period: .init(zh: "时段", en: "Period")
        case .generated: .init(zh: "生成于", en: "Made")
        case .skip: .init(zh: "目录", en: "Contents")
        case .today: .init(zh: "现在要办的事", en: "What needs doing now")
        case .flagsOpen: .init(zh: "条线索待现场核查", en: "leads to check on site")
        case .plotsToSee: .init(zh: "块地需要去看", en: "plots to go and see")
        case .camerasToMend: .init(zh: "台摄像头有问题", en: "cameras to see to")
        case .nothingToDo: .init(zh: "没有需要马上处理的事。", en: "Nothing needs doing at once.")
        case .nothingSeen:
            .init(
                zh: "没有照片，什么也不能说。请先检查摄像头和 site.yaml 里的文件路径。",
                en: "Without pictures nothing can be said. Check the cameras and the paths in site.yaml.")
        case .noCaptures: .init(zh: "本时段没有照片。", en: "No pictures in this period.")
        case .coverage: .init(zh: "覆盖情况", en: "Coverage")
        case .places: .init(zh: "先去这里", en: "Go here first")
        case .flags: .init(zh: "线索", en: "Leads")
        case .advice: .init(zh: "种养建议", en: "Advice")
        case .map: .init(zh: "地块图", en: "Map of plots")
        case .plots: .init(zh: "长势", en: "Growth")
        case .cameras: .init(zh: "摄像头", en: "Cameras")
        case .unusable: .init(zh: "用不了的照片", en: "Unusable pictures")
        case .method: .init(zh: "数据怎么来的", en: "How this was made")
        case .noFlags: .init(zh: "本时段没有线索。", en: "No leads in this period.")
        case .noAdvice:
            .init(
                zh: "本时段没有建议：没有到期的农事，也没有异常。",
                en: "No advice in this period: no work is due and nothing is out of the ordinary.")
        case .earlierAdvice: .init(zh: "以前的建议", en: "Earlier advice")
        case .noMap: .init(zh: "没有底图：这台摄像头还没有可用的照片。", en: "No picture yet: this camera has no usable capture.")
        case .noPlots:
            .init(
                zh: "还没有画地块。请在 site.yaml 的 plots 里添加。", en: "No plots are drawn yet. Add them under plots in site.yaml."
            )
        case .noUnusable: .init(zh: "本时段的照片全部可用。", en: "Every picture of the period could be used.")
        case .noCameras:
            .init(zh: "还没有摄像头。请在 site.yaml 的 cameras 里添加。", en: "No cameras yet. Add them under cameras in site.yaml.")
        case .noPicture: .init(zh: "没有照片", en: "no picture")
        case .noSeries: .init(zh: "可用的照片太少，画不出曲线。", en: "Too few usable pictures to draw a curve.")
        case .lead: .init(zh: "这是线索，不是证据：请先到现场核查。", en: "This is a lead, not proof: go and check on site first.")
        case .article41:
            .init(
                zh: "《行政处罚法》第四十一条：电子技术监控设备应当经过法制和技术审核，符合标准、设置合理、标志明显，设置地点向社会公布；"
                    + "记录内容未经审核或者经审核不符合要求的，不得作为行政处罚的证据；并应及时告知当事人，便于其查询、陈述和申辩。",
                en:
                    "Administrative Penalty Law of the PRC, Art. 41: monitoring equipment needs legal and "
                    + "technical review, must meet the "
                    + "standard, be sited reasonably and marked visibly, its location made public; records that "
                    + "were not reviewed or did not "
                    + "pass review may not be used as evidence for a penalty; the party must be told promptly "
                    + "and be able to consult the "
                    + "record and to defend itself.")
        case .siteVisit: .init(zh: "现场核查要点", en: "To check on site")
        case .plot: .init(zh: "地块", en: "Plot")
        case .household: .init(zh: "农户", en: "Household")
        case .camera: .init(zh: "摄像头", en: "Camera")
        case .permit: .init(zh: "许可证", en: "Permit")
        case .noPermit: .init(zh: "登记中没有覆盖此处的许可", en: "no permit on file covers this place")
        case .decision: .init(zh: "判定", en: "Decision")
        case .caseNumber: .init(zh: "案号", en: "Case")
        case .kindOfFlag: .init(zh: "类别", en: "Kind")
        case .stage: .init(zh: "阶段", en: "Stage")
        case .status: .init(zh: "状态", en: "Status")
        case .firstSeen: .init(zh: "首次发现", en: "First seen")
        case .lastSeen: .init(zh: "最近看到", en: "Last seen")
        case .confirmed: .init(zh: "确认于", en: "Confirmed")
        case .area: .init(zh: "面积", en: "Area")
        case .confidence: .init(zh: "把握", en: "Confidence")
        case .neighbours: .init(zh: "还涉及", en: "Also touches")
        case .evidence: .init(zh: "原始照片", en: "Originals")
        case .stages: .init(zh: "过程", en: "Course")
        case .mask: .init(zh: "变化的地方", en: "What changed")
        case .before: .init(zh: "之前", en: "Before")
        case .after: .init(zh: "之后", en: "After")
        case .between: .init(zh: "这中间", en: "In between")
        case .slide: .init(zh: "左右拖动，对比前后", en: "Drag to compare before and after")
        case .enlarge: .init(zh: "点照片放大", en: "Tap a picture to enlarge")
        case .close: .init(zh: "关闭", en: "Close")
        default: moreTexts
        }
    }

    private var moreTexts: Bilingual {
        switch self {
        case .seen: .init(zh: "看到", en: "Seen")
        case .action: .init(zh: "怎么做", en: "What to do")
        case .source: .init(zh: "依据", en: "Source")
        case .confirmedLocally: .init(zh: "本地专家已确认", en: "confirmed by a local expert")
        case .notConfirmedLocally: .init(zh: "本地专家未确认", en: "not confirmed by a local expert")
        case .noHousehold: .init(zh: "未登记农户", en: "No household on file")
        case .stageCode: .init(zh: "生育期 BBCH", en: "Growth stage BBCH")
        case .legendDaily: .init(zh: "每天的绿度", en: "greenness of a day")
        case .legendSmooth: .init(zh: "平滑曲线", en: "smoothed")
        case .legendBand: .init(zh: "正常范围", en: "usual range")
        case .legendLastYear: .init(zh: "去年同期", en: "last year")
        case .legendCover: .init(zh: "植被覆盖", en: "plant cover")
        case .legendGap: .init(zh: "没有可用照片", en: "no usable picture")
        case .legendFlag: .init(zh: "线索", en: "lead")
        case .legendAdvice: .init(zh: "建议", en: "advice")
        case .legendSeason: .init(zh: "季节日期", en: "date of the season")
        case .stageNow: .init(zh: "长到哪一步", en: "Growth stage")
        case .rule: .init(zh: "规则", en: "rule")
        case .rulesBehind: .init(zh: "建议所依据的规则", en: "Rules behind the advice")
        case .bloomRoute: .init(zh: "赏花时间", en: "Blossom dates")
        case .bloomHint:
            .init(
                zh: "照片里看到的花期，供安排赏花路线；去之前再问一问农户。",
                en: "Blossom as the pictures showed it, for planning a route; ask the household before going.")
        case .bloomFirst: .init(zh: "开始开花", en: "First blossom")
        case .bloomPeak: .init(zh: "盛花", en: "Peak")
        case .bloomNow: .init(zh: "正在开", en: "in blossom now")
        case .place: .init(zh: "地点", en: "Place")
        case .chartHint:
            .init(
                zh: "绿度 = 绿 ÷ (红 + 绿 + 蓝)，取地块内平均颜色；只和同一块地自己的过去比，不同摄像头之间不能直接比。",
                en:
                    "Greenness = green ÷ (red + green + blue) of the plot's mean colour; compare a plot with "
                    + "its own past, not across cameras."
            )
        case .state: .init(zh: "现状", en: "State")
        case .latest: .init(zh: "最近", en: "Latest")
        case .greenness: .init(zh: "绿度", en: "Greenness")
        case .cover: .init(zh: "覆盖", en: "Cover")
        case .noFigure: .init(zh: "无数据", en: "no figure")
        case .captures: .init(zh: "照片", en: "Pictures")
        case .usable: .init(zh: "可用", en: "Usable")
        case .firstCapture: .init(zh: "第一张", en: "First")
        case .lastCapture: .init(zh: "最后一张", en: "Last")
        case .notes: .init(zh: "情况", en: "Notes")
        case .allWell: .init(zh: "正常", en: "all well")
        case .reason: .init(zh: "原因", en: "Reason")
        case .count: .init(zh: "张数", en: "Pictures")
        case .remedy: .init(zh: "怎么办", en: "What can be done")
        case .files: .init(zh: "文件", en: "Files")
        case .more: .init(zh: "其余见 captures.csv", en: "the others are in captures.csv")
        case .noTime: .init(zh: "时间不明", en: "time unknown")
        case .madeWith: .init(zh: "软件", en: "Software")
        case .kernels: .init(zh: "计算内核", en: "Kernels")
        case .parameters: .init(zh: "参数", en: "Parameters")
        case .howMeasured:
            .init(
                zh: "每张照片先判断能不能用，再与参考照片对齐，然后逐地块测量；测不出的写明原因，不记为零。"
                    + "线索须在多天、多张可用照片的同一位置反复看到才成立。",
                en:
                    "Each picture is first judged usable or not, then aligned with the reference picture, then "
                    + "measured plot by plot; what could "
                    + "not be measured says why and is never zero. A lead is raised only when it is seen again "
                    + "in the same place on several "
                    + "usable pictures over days.")
        case .limits:
            .init(
                zh: "照片看不出病因，也不据此开药量；不识别人脸和车牌。",
                en:
                    "A picture does not show the cause of a disease and never yields a pesticide dose; no "
                    + "faces, no number plates are read."
            )
        case .files2:
            .init(
                zh: "同一文件夹里的 CSV、JSON、GeoJSON 是同样的数据，可用表格软件打开。",
                en: "The CSV, JSON and GeoJSON files in the same folder hold the same data.")
        case .squareMetres: .init(zh: "平方米", en: "m²")
        case .pixels: .init(zh: "像素（摄像头没有地面控制点，换算不出平方米）", en: "pixels (no ground points, so no m²)")
        case .days: .init(zh: "天", en: "days")
        case .otherStatus: .init(zh: "已批、已结或已消除", en: "Permitted, closed or gone")
        case .total: .init(zh: "合计", en: "Total")
        case .elsewhere: .init(zh: "未登记村组", en: "No village on file")
        case .points: .init(zh: "积分", en: "Points")
        case .balance: .init(zh: "余额", en: "Balance")
        case .earned: .init(zh: "累计得分", en: "Earned")
        case .spent: .init(zh: "已兑换", en: "Redeemed")
        case .pairs: .init(zh: "打扫前后对比照", en: "Before and after a clean-up")
        case .pairsHint:
            .init(
                zh: "没有人批准就不记分。照片故意做粗，认不出人；要看清请打开归档里的原图。",
                en:
                    "Nothing counts before a person approves. Pictures are shown coarsely so that nobody is known; open the originals in the archive."
            )
        case .patrols: .init(zh: "无人机巡查", en: "Drone patrol")
        case .patrolsHint:
            .init(
                zh: "变化只是要去看一看的地方，不是违建的认定；照片的位置是飞机的位置。",
                en:
                    "A change is a place to go and look at, no finding of unauthorized works; the place of a picture is where the drone was."
            )
        case .pictures: .init(zh: "照片", en: "Pictures")
        case .greatestChange: .init(zh: "最大变化", en: "Greatest change")
        case .toLookAt: .init(zh: "要去看的", en: "To look at")
        case .waiting: .init(zh: "待批准", en: "Waiting")
        default: .init(zh: rawValue, en: rawValue)
        }
    }
}
