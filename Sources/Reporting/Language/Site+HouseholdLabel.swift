import Village

extension Site {
    /// Name, village and group of a household where they are on file, else its id.
    public func householdLabel(_ id: String?, in language: Language) -> String {
        guard let id else { return Word.noHousehold.text(in: language) }
        guard let household = household(id) else { return id }
        let name = household.name.map { language == .zh ? "\($0)（\(id)）" : "\($0) (\(id))" } ?? id
        let group = household.group.map { language == .zh ? "\($0)组" : "group \($0)" }
        let place = [household.village, group].compactMap { $0 }.joined(separator: " ")
        return place.isEmpty ? name : name + " · " + place
    }

    /// Where a case is, from the village down to the camera; `nil` where nobody said.
    public func place(of file: Case) -> String? {
        let parts = [
            file.village, file.household.map { household($0)?.name ?? $0 }, file.plot,
            file.camera.map { camera($0)?.name ?? $0 },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }
}
