import Testing

@testable import ConfigurationFiles

@Test func valuesKnowTheirLines() throws {
    let document = try Document(text: "a: 1\nb:\n  - x\n  -\n    c: [2,\n      3]\n", file: "f.yaml")
    let map = try #require(document.root.mapping(keys: ["a", "b"]))
    #expect(map["a"]?.line == 1)
    let list = try #require(map["b"]?.list())
    #expect(list.map(\.line) == [3, 5])
    let inner = try #require(list[1].mapping(keys: ["c"])?["c"]?.list())
    #expect(inner.map(\.line) == [5, 6] && inner[1].path == "b[1].c[1]")
    try document.finish()
}

@Test func textsThatOnlyLookLikeAnchorsAreRead() throws {
    let text = """
        # a comment with &anchor, *alias and [ brackets
        a: fish & chips, R&D, 5 * 3 [x
        b: "&quoted *text {"
        c: 'it''s &fine'
        d: a "b" *c
        "e": [x&y, "*"]
        """
    let document = try Document(text: text, file: "f.yaml")
    let map = try #require(document.root.mapping(keys: ["a", "b", "c", "d", "e"]))
    #expect(
        map["a"]?.text() == "fish & chips, R&D, 5 * 3 [x" && map["b"]?.text() == "&quoted *text {"
            && map["c"]?.text() == "it's &fine")
    #expect(map["d"]?.text() == "a \"b\" *c" && map["e"]?.texts() == ["x&y", "*"])
    try document.finish()
}

@Test func numbersAreDecimal() throws {
    let document = try Document(text: "[1, -2.5, 1e3, 0x10, nan, .inf, 1_000, 1:30, '4', '']", file: "f")
    let items = try #require(document.root.list())
    #expect(items.map { $0.plainNumber } == [1, -2.5, 1000, nil, nil, nil, nil, nil, 4, nil])
}

@Test func manyFaultsAreCountedNotPrinted() throws {
    let document = try Document(text: (1...500).map { "k\($0): 1" }.joined(separator: "\n"), file: "f")
    _ = document.root.mapping(keys: ["zzzzzzzz"])
    let error = #expect(throws: ConfigurationError.self) { try document.finish() }
    #expect(error?.faults.count == 201 && error?.faults.last?.message == "300 more faults follow")
}

@Test(arguments: [("kind", "kidn"), ("polygon", "polygone"), ("timezone", "time_zone"), ("household", "houshold")])
func theNearestNameIsFound(right: String, wrong: String) {
    #expect(NearestName.of(wrong, among: ["kind", "polygon", "timezone", "household", "id"]) == right)
}

@Test func farNamesAreNotGuessed() {
    #expect(NearestName.of("weather", among: ["kind", "polygon", "id"]) == nil)
    #expect(NearestName.of("", among: ["id"]) == nil)
    #expect(NearestName.distance(Array("kitten"), Array("sitting")) == 3)
}
