import Village

/// Every label of the report, in both languages of the product.
///
/// Templates use a label by its name: `{{w.flags}}`.
public enum Word: String, Sendable, CaseIterable {
    case reportTitle, period, generated, skip
    case today, flagsOpen, plotsToSee, camerasToMend, nothingToDo, coverage, places
    case flags, advice, map, plots, cameras, unusable, method
    case nothingSeen, noCaptures
    case noFlags, noAdvice, earlierAdvice, noMap, noPlots, noUnusable, noCameras, noPicture, noSeries
    case lead, article41, siteVisit
    case plot, household, camera, permit, noPermit, caseNumber, kindOfFlag, stage, status, firstSeen, lastSeen,
        confirmed, area
    case confidence, neighbours, evidence, stages, mask, before, after, between, slide, enlarge, close
    case seen, action, source, confirmedLocally, notConfirmedLocally, noHousehold, stageCode
    case legendDaily, legendSmooth, legendBand, legendLastYear, legendCover, legendGap, legendFlag, legendAdvice,
        legendSeason, stageNow, rule, rulesBehind, bloomRoute, bloomHint, bloomFirst, bloomPeak, bloomNow, place,
        chartHint
    case state, latest, greenness, cover, noFigure
    case captures, usable, firstCapture, lastCapture, notes, allWell
    case reason, count, remedy, files, more, noTime
    case madeWith, kernels, parameters, howMeasured, limits, files2
    case squareMetres, pixels, days, otherStatus, decision
    case total, elsewhere
    case points, balance, earned, spent, waiting
    case pairs, pairsHint, patrols, patrolsHint, pictures, greatestChange, toLookAt

    public func text(in language: Language) -> String { bilingual.text(in: language) }
}
