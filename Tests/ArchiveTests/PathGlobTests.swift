import Testing

@testable import Archive

@Test(arguments: [
    ("*.jpg", "a.jpg", true), ("*.jpg", "a/b.jpg", false), ("*.jpg", ".jpg", false), ("*.jpg", "a.JPG", false),
    ("*.jpg", "a.jpg.tmp", false),
    ("**/*.jpg", "a.jpg", true), ("**/*.jpg", "a/b/c.jpg", true), ("**", "a/b/c", true), ("**", "a", true),
    ("c/**", "c/a/b", true), ("c/**", "c", false),
    ("cam/**/*.jpg", "cam/x.jpg", true), ("cam/**/*.jpg", "cam/1/2/x.jpg", true),
    ("cam/**/*.jpg", "camera/x.jpg", false),
    ("cam/**/jpg/*", "cam/1/jpg/2/jpg/x", true), ("cam/**/jpg/*", "cam/1/jpg/2/x", false), ("**/a/**/b", "a/b", true),
    ("**/a/**/b", "x/a/y/z/b", true),
    ("a?c", "abc", true), ("a?c", "a/c", false), ("a?c", "ac", false), ("?", "后", true), ("a[0-9]", "a5", true),
    ("a[!0-9]", "a5", false), ("a[^0-9]", "ab", true),
    ("a[]]", "a]", true), ("a[-x]", "a-", true), ("a[x-]", "a-", true), ("[[]x", "[x", true), ("a[b", "a[b", true),
    ("*.{jpg,png}", "a.png", true), ("*.{jpg,png}", "a.gif", false), ("{a,b}/*.{x,y}", "b/1.y", true),
    ("{a,{b,c}}d", "cd", true), ("a{,b}", "a", true),
    ("{a/b,c}/d", "a/b/d", true), ("a{b", "a{b", true), ("./a/*", "a/x", true), ("a//b", "a/b", true),
    ("*a*b*", "xxaxxbxx", true), ("*a*b*", "xxbxxaxx", false),
    ("**/*.jpg", ".hidden/a.jpg", false), ("**/*.jpg", "x/._a.jpg", false), (".cache/*", ".cache/a", true),
    ("", "a", false), ("a/*", "a", false),
    ("café/*", "cafe\u{301}/x", true), ("cafe\u{301}/*", "café/x", true), ("後*/*.jpg", "後山/1.jpg", true),
    ("ガ*", "カ\u{3099}メラ", true),
])
func globsMatch(pattern: String, path: String, isMatch: Bool) { #expect(PathGlob(pattern).matches(path) == isMatch) }

@Test func foldersThatCannotMatchAreNotEntered() throws {
    let glob = PathGlob("cam_{a,b}/2024/**/*.jpg")
    #expect(glob.entering("cam_c", from: glob.start) == nil)
    let camera = try #require(glob.entering("cam_b", from: glob.start))
    #expect(glob.entering("2023", from: camera) == nil)
    let year = try #require(glob.entering("2024", from: camera))
    #expect(
        glob.entering("x", from: year) != nil && glob.matches("1.jpg", in: year) && !glob.matches("1.jpg", in: camera))
    #expect(PathGlob("*.jpg").entering("x", from: PathGlob("*.jpg").start) == nil)
}

@Test func hostileGlobsStayCheap() {
    #expect(!PathGlob(String(repeating: "*a", count: 100) + "b").matches(String(repeating: "a", count: 250)))
    #expect(PathGlob.expand(String(repeating: "{a,b}", count: 30)).count <= PathGlob.mostAlternatives)
    #expect(!PathGlob(String(repeating: "**/", count: 60) + "b").matches(String(repeating: "a/", count: 60) + "a"))
    #expect(PathGlob.expand("x{a,b}{c,d}") == ["xac", "xad", "xbc", "xbd"])
}
