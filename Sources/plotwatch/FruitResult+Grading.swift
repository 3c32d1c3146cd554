import Advising
import Inspection
import Reporting
import Village

extension FruitResult {
    init(_ table: GradeTable, pictures: [Picture]) {
        self.init(
            table: table.id, name: table.name, source: table.source, notSeen: table.notSeen,
            grades: FruitResult.grades(of: table), pictures: pictures)
    }

    fileprivate static func grades(of table: GradeTable) -> [Grade] {
        table.classes.map { Grade(id: $0.id, name: $0.name) }
    }
}

extension FruitResult.Picture {
    init(_ grading: FruitGrading, overlay: String?) {
        let grades = FruitResult.grades(of: grading.table)
        self.init(
            path: grading.path, fruit: grading.graded.map { FruitResult.Fruit($0, grades: grades) },
            pixelsPerMillimetre: grading.survey.scale?.pixelsPerMillimetre,
            cameraHeight: grading.survey.scale?.cameraHeight, cutOff: grading.survey.cutOff,
            unclear: grading.survey.unclear, warnings: grading.warnings, overlay: overlay)
    }

    /// What a capture added to its lot.
    init(_ tray: FruitTray, of table: GradeTable) {
        let grades = FruitResult.grades(of: table)
        self.init(
            path: tray.capture, fruit: tray.fruit.filter(\.isNew).map { FruitResult.Fruit($0, grades: grades) },
            pixelsPerMillimetre: tray.pixelsPerMillimetre, cameraHeight: nil, cutOff: tray.cutOff,
            unclear: tray.unclear, warnings: [], overlay: nil)
    }
}
