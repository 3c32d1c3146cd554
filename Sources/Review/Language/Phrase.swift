import Village

/// Every label of the review page that the report does not have; templates use it by name: `{{w.inbox}}`.
enum Phrase: String, Sendable, CaseIterable {
    // Navigation
    case overview, inbox, cameraHealth, skipToContent, help, signOut, inspectorName, rename
    // Sign in
    case signIn, passphrase, yourName, wrongPassphrase, tryLater, nameNeeded
    // Errors
    case notFound, badRequest, failed, storeFailed, unknownHost, otherSite, sessionEnded, formTooLarge, signInFirst
    case backToOverview, privatePicture, pictureGone
    // Overview
    case unreviewed, openLeads, ofPlots, reviewNow, allReviewed, state, addPlot, outlinesOf, moreMarks
    // Inbox
    case show, showUnreviewed, showAll, showConfirmed, showRejected, showPermitted, showUnsure, firstPage, nextPage
    case noneHere, place, seenSince, newest
    // One flag
    case left, viewer, viewerHint, swipe, blink, maskOff, outlineOn, maskOn, zoomIn, zoomOut, wholePicture, zoomPlace
    case strip, stripHint, verdict, confirm, reject, permitted, unsure, undo, reasonFor, permitNumber, note, optional
    case next, previous, decided, decidedBy, history, conflict, meanwhile, noLongerRaised, stored, takenBack
    case nothingToUndo, badText, keyboard, keyHelp, keyZoom, keyPan, keySwipe, keyReasons, notAligned
    // Plot
    case season, timeLapse, play, pause, faster, date, editOutline, noCaptures2, plotFlags, plotAdvice, quality
    // Drawing
    case drawing, newPlot, drawHint, corners, cornersHint, save, cancel, removeCorner, startOver, savedOutline, row
    case plotID, plotKind, crop, fileChanged, outlineRefused, fewCorners, outsidePicture, crossesItself, badNumbers
    case drawnLater, badID, notOnPicture, maskPlot, addCorner
    // Cases
    case cases, openCases, overdueCases, unassignedCases, endedCases, everybody, member, dueBy, tableFile, noCases
    case newCase, openCase, confirmAndOpen, assignTo, assign, whoLater, opened, caseTitle, village, openedAt, nextStep
    case handle, term, served, filed, deadlines, setDays, receiver, hold, release, isHeld, addNote, caseHistory
    case reopenHint, caseChanged, wrongStep, stepNeeds, noSuchPlace, overdueTile, openTile, keyCase, olderFlags,
        groundHint, noLeaflet
    // Cameras
    case lastPicture, silent, share, recentFaults

    var bilingual: Bilingual { Self.texts[self] ?? Bilingual(zh: rawValue, en: rawValue) }

    static let texts: [Phrase: Bilingual] = navigation.merging(desk) { $1 }.merging(drawingTexts) { $1 }
        .merging(caseTexts) { $1 }

    static func pair(_ zh: String, _ en: String) -> Bilingual { Bilingual(zh: zh, en: en) }

    private static let navigation: [Phrase: Bilingual] = [
        .overview: pair("村庄概览", "Overview"), .inbox: pair("线索", "Flags"),
        .cameraHealth: pair("摄像头", "Cameras"), .skipToContent: pair("跳到正文", "Skip to content"),
        .help: pair("按键说明", "Keys"), .signOut: pair("退出", "Sign out"),
        .inspectorName: pair("判定人", "Inspector"), .rename: pair("改名", "Change"),
        .signIn: pair("登录", "Sign in"), .passphrase: pair("口令", "Passphrase"),
        .yourName: pair("您的姓名或岗位", "Your name or post"),
        .wrongPassphrase: pair("口令不对。", "The passphrase is wrong."),
        .tryLater: pair("试错次数太多，请稍后再试。", "Too many wrong tries: wait, then try again."),
        .nameNeeded: pair("请填姓名或岗位，最多40个字。", "Write your name or post, at most 40 characters."),
        .notFound: pair("没有这一页。", "There is no such page."),
        .badRequest: pair("请求有误。", "This request cannot be answered."),
        .failed: pair("出错了，没有保存任何内容。", "Something failed; nothing was stored."),
        .storeFailed: pair("数据库现在用不了，没有保存任何内容。", "The store cannot be used now; nothing was stored."),
        .unknownHost: pair(
            "不接受这个网址。请用启动时显示的网址打开。",
            "This address is not served. Open the address that was shown when the server started."),
        .otherSite: pair("请求来自别的网站，已拒绝。", "The request came from another site and was refused."),
        .sessionEnded: pair(
            "页面已过期，没有保存。请返回上一页，刷新后再提交。",
            "This page has expired; nothing was stored. Go back, reload, and send it again."),
        .formTooLarge: pair("提交的内容太大。", "The form is too large."),
        .signInFirst: pair("请先登录。", "Sign in first."),
        .backToOverview: pair("回到概览", "Back to the overview"),
        .privatePicture: pair("室内摄像头的照片不在这里显示。", "Pictures of a camera inside a room are not shown."),
        .pictureGone: pair("照片已不在", "picture is gone"),
        .unreviewed: pair("条待判", "to review"), .openLeads: pair("条线索未结", "open leads"),
        .ofPlots: pair("块地", "plots"), .reviewNow: pair("开始判定", "Review now"),
        .allReviewed: pair("全部判完了。", "Everything has been reviewed."), .state: pair("现状", "State"),
        .addPlot: pair("画新地块", "Draw a new plot"), .outlinesOf: pair("地块与线索", "Plots and leads"),
        .moreMarks: pair("图上只画最近的线索，其余见待判线索。", "Only the latest leads are drawn; see the inbox for the others."),
        .show: pair("显示", "Show"), .showUnreviewed: pair("待判", "to review"), .showAll: pair("全部", "all"),
        .showConfirmed: pair("属实", "confirmed"), .showRejected: pair("误报", "false alarms"),
        .showPermitted: pair("已批", "permitted"), .showUnsure: pair("看不清", "unsure"),
        .firstPage: pair("最前面", "First page"), .nextPage: pair("下一页", "Next page"),
        .noneHere: pair("这里没有线索。", "There is nothing here."), .place: pair("地点", "Place"),
        .seenSince: pair("首次看到", "First seen"), .newest: pair("新的在前", "newest first"),
    ]

    private static let desk: [Phrase: Bilingual] = [
        .left: pair("条待判", "left to review"), .viewer: pair("前后对比图", "Before and after"),
        .viewerHint: pair("拖动照片移动，滚轮或双指放大，拖中线对比。", "Drag to move, wheel or pinch to zoom, drag the line to compare."),
        .swipe: pair("前后对比", "Swipe"), .blink: pair("闪动对比", "Blink"), .maskOff: pair("不画", "Off"),
        .outlineOn: pair("轮廓", "Outline"), .maskOn: pair("变化处", "Mask"), .zoomIn: pair("放大", "Zoom in"),
        .zoomOut: pair("缩小", "Zoom out"), .wholePicture: pair("全图", "Whole picture"),
        .zoomPlace: pair("看变化处", "To the change"), .strip: pair("其间的照片", "Pictures in between"),
        .stripHint: pair("点一张放到“之后”的位置。", "Tap one to put it in the place of “after”."),
        .verdict: pair("您的判定", "Your verdict"), .confirm: pair("属实", "Confirm"), .reject: pair("误报", "False alarm"),
        .permitted: pair("已批", "Permitted"), .unsure: pair("看不清", "Unsure"), .undo: pair("撤回", "Undo"),
        .reasonFor: pair("为什么是误报？", "Why is it a false alarm?"), .permitNumber: pair("许可证号", "Permit number"),
        .note: pair("备注", "Note"), .optional: pair("可不填", "optional"), .next: pair("下一条", "Next"),
        .previous: pair("上一条", "Previous"), .decided: pair("判定", "Verdict"), .decidedBy: pair("判定人", "by"),
        .history: pair("判定经过", "History"),
        .conflict: pair(
            "别人已经先判了，您的判定没有保存。请再看一遍，需要时重新判定。",
            "Somebody else has decided first; your verdict was not stored. Look again and decide anew if need be."),
        .meanwhile: pair("别人刚刚判了这一条：", "Somebody has just decided on this:"),
        .noLongerRaised: pair("系统已不再提示这条线索。", "This flag is no longer raised."),
        .stored: pair("已保存", "Stored"), .takenBack: pair("已撤回", "Taken back"),
        .nothingToUndo: pair("没有可撤回的判定。", "There is no verdict to take back."),
        .badText: pair("文字太长或为空，没有保存。", "A text is empty or too long; nothing was stored."),
        .keyboard: pair("按键", "Keys"), .keyHelp: pair("显示或关闭本说明", "show or close this help"),
        .keyZoom: pair("放大、缩小、全图", "zoom in, out, whole picture"), .keyPan: pair("移动照片", "move the picture"),
        .keySwipe: pair("只看前、只看后、各半", "before, after, half and half"),
        .keyReasons: pair("误报原因", "reason of a false alarm"),
        .notAligned: pair("原样，未对齐", "as taken, not aligned"),
        .season: pair("长势曲线", "Season"), .timeLapse: pair("逐日照片", "Day by day"), .play: pair("播放", "Play"),
        .pause: pair("停", "Pause"), .faster: pair("更快", "Faster"), .date: pair("日期", "Date"),
        .editOutline: pair("修改边界", "Edit outline"), .noCaptures2: pair("还没有可用的照片。", "No usable picture yet."),
        .plotFlags: pair("线索与判定", "Flags and verdicts"), .plotAdvice: pair("种养建议", "Advice"),
        .quality: pair("照片质量", "Quality"),
        .lastPicture: pair("最后一张", "Last picture"), .silent: pair("没有新照片", "without a new picture"),
        .share: pair("占比", "Share"), .recentFaults: pair("最近用不了的照片", "Latest unusable pictures"),
    ]

    private static let drawingTexts: [Phrase: Bilingual] = [
        .drawing: pair("画边界", "Draw the outline"), .newPlot: pair("新地块", "New plot"),
        .drawHint: pair(
            "点照片加一个角，拖动角来移动；选中一个角后可用方向键微调，按 Delete 删除。",
            "Click the picture to add a corner, drag a corner to move it; arrow keys move the chosen corner, Delete removes it."
        ),
        .corners: pair("各角坐标", "Corners"),
        .cornersHint: pair(
            "每个角写 x,y，以空格分开，单位是照片像素，原点在左上角。",
            "Write x,y for each corner, in pixels of the picture, origin top left, with blanks between."),
        .save: pair("保存到 site.yaml", "Save to site.yaml"), .cancel: pair("取消", "Cancel"),
        .removeCorner: pair("删除选中的角", "Remove corner"), .startOver: pair("重画", "Start over"),
        .addCorner: pair("在最长边加一个角", "Add a corner"),
        .savedOutline: pair(
            "已保存。从下次 run 起按新边界测量；以前的读数仍按旧边界。",
            "Saved. From the next run on the new outline is measured; earlier readings keep the old one."),
        .row: pair("行", "row"), .plotID: pair("地块编号", "Plot id"), .plotKind: pair("类别", "Kind"),
        .crop: pair("作物", "Crop"),
        .fileChanged: pair(
            "site.yaml 刚被别人改过，没有保存。请重新打开本页再画。",
            "site.yaml was changed meanwhile; nothing was saved. Open this page again and draw once more."),
        .outlineRefused: pair("没有保存：", "Nothing was saved:"),
        .fewCorners: pair("至少要三个角。", "At least three corners are needed."),
        .outsidePicture: pair("有的角在照片之外。", "A corner lies outside the picture."),
        .crossesItself: pair("边界自己交叉了。", "The outline crosses itself."),
        .badNumbers: pair("坐标看不懂：请写成 120,300 640,280 …", "The corners cannot be read: write 120,300 640,280 …"),
        .drawnLater: pair("已有的线索和读数不变。", "Flags and readings that exist do not change."),
        .badID: pair("编号只能用字母、数字、- 和 _，并且不能与已有的重复。", "The id may hold letters, digits, - and _, and must be new."),
        .notOnPicture: pair(
            "这台摄像头还没有参考照片，请先运行 plotwatch run。", "This camera has no reference picture yet: run plotwatch run first."),
        .maskPlot: pair("这块地是用掩膜文件画的，不能在这里改。", "This plot is drawn as a mask file and cannot be edited here."),
    ]
}
