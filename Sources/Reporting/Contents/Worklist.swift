import Foundation
import Village

/// What one grid member has to see to.
public struct Worklist: Sendable {
    public struct Item: Sendable {
        public var file: Case
        /// The flag behind it with its pictures.
        public var pictures: FlagPictures?
        /// What may be done next.
        public var next: [Case.Stage]
        /// What was last said about it.
        public var lastNote: String?

        public init(file: Case, pictures: FlagPictures?, next: [Case.Stage], lastNote: String?) {
            self.file = file
            self.pictures = pictures
            self.next = next
            self.lastNote = lastNote
        }
    }

    public var site: Site
    public var assignee: String
    public var today: Day
    /// Overdue first, then by due day.
    public var items: [Item]

    public init(site: Site, assignee: String, today: Day, items: [Item]) {
        self.site = site
        self.assignee = assignee
        self.today = today
        self.items = items.sorted { a, b in
            let left = a.file.due?.day, right = b.file.due?.day
            if left != right { return (left ?? Day(number: .max)) < (right ?? Day(number: .max)) }
            return a.file.number < b.file.number
        }
    }
}
