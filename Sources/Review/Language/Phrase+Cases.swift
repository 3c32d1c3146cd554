import Village

extension Phrase {
    static let caseTexts: [Phrase: Bilingual] = [
        .cases: pair("案件", "Cases"), .openCases: pair("在办", "open"), .overdueCases: pair("超期", "overdue"),
        .unassignedCases: pair("未派单", "not assigned"), .endedCases: pair("已结", "ended"),
        .everybody: pair("所有人", "everybody"), .member: pair("网格员", "Grid member"),
        .dueBy: pair("期限", "Due"), .tableFile: pair("下载表格（CSV）", "Download as a table (CSV)"),
        .noCases: pair("这里没有案件。", "There are no cases here."),
        .newCase: pair("登记案件", "New case"), .openCase: pair("立案", "Open a case"),
        .confirmAndOpen: pair("属实并立案", "Confirm and open a case"),
        .assignTo: pair("派给（网格员）", "Assign to (grid member)"), .assign: pair("派单", "Assign"),
        .whoLater: pair("可不填，以后再派", "optional: assign later"), .opened: pair("已立案", "Case opened"),
        .caseTitle: pair("事由", "What it is about"), .village: pair("村", "Village"),
        .openedAt: pair("立案", "Opened"), .nextStep: pair("下一步", "Next step"), .handle: pair("处置", "Handle"),
        .term: pair("限期改正到", "Term of the order"), .served: pair("文书送达日", "Order served on"),
        .filed: pair("立案调查日", "File opened on"), .deadlines: pair("期限", "Deadlines"),
        .setDays: pair("定期限", "Set days"), .receiver: pair("移送到", "Hand over to"),
        .hold: pair("封存照片", "Keep the pictures"),
        .release: pair("解除封存", "Let the pictures go"), .isHeld: pair("照片已封存", "pictures are kept"),
        .addNote: pair("只加备注", "Only add the note"), .caseHistory: pair("办理经过", "What was done"),
        .reopenHint: pair("已结案。重新办理要在备注里写明原因。", "It has ended. To open it again, say why in the note."),
        .caseChanged: pair(
            "别人刚刚办过这件事，您的操作没有保存。请再看一遍。",
            "Somebody else has just worked on this; nothing was stored. Look again."),
        .wrongStep: pair("现在不能走这一步，没有保存。", "This step may not follow now; nothing was stored."),
        .stepNeeds: pair(
            "还缺一项：网格员、许可证号、移送单位、日期或备注。没有保存。",
            "Something is missing: grid member, permit number, office, day or note. Nothing was stored."),
        .noSuchPlace: pair("没有这个地块或摄像头，没有保存。", "There is no such plot or camera; nothing was stored."),
        .overdueTile: pair("件超期", "overdue"), .openTile: pair("件在办", "cases open"),
        .keyCase: pair("立案，派给网格员", "open a case, assign it"),
        .groundHint: pair(
            "按摄像头的地面控制点画，单位米；没有底图，不需要网络。点地块看详情。",
            "Drawn by the cameras' ground points, in metres; without a background, as no network is used. Press a plot to open it."
        ),
        .noLeaflet: pair(
            "要看地面图，请装 Leaflet：apt-get install libjs-leaflet，然后重新启动本页。",
            "To see the plots on the ground install Leaflet (apt-get install libjs-leaflet) and start this page again."),
        .olderFlags: pair("只列最近的；其余见线索页。", "Only the latest are listed; see the flags page for the others."),
    ]
}
