import Casework
import Foundation
import Hummingbird
import Logging
import Storage

/// The inspectors' page.
public struct ReviewServer: Sendable {
    private let desk: Desk
    let responder: RouterResponder<ReviewContext>

    /// - Parameters:
    ///   - store: opened for writing; every verdict is stored before its answer is sent.
    ///   - rules: the deadlines of cases.
    ///   - now: the clock.
    /// - Throws: where a template that is compiled in is wrong.
    public init(
        settings: ReviewSettings, store: Store, views: any SiteViews, rules: CaseworkRules,
        now: @escaping @Sendable () -> Date
    ) throws {
        let desk = try Desk(settings: settings, store: store, views: views, rules: rules, now: now)
        self.desk = desk
        let router = Router(context: ReviewContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: SecurityHeaders(desk: desk))
        router.add(middleware: SessionGuard(desk: desk))
        router.get("/assets/:name") { request, context in
            try Assets.response(try context.parameters.require("name"), desk: desk, request: request)
        }
        LoginPage(desk: desk).add(to: router)
        OverviewPage(desk: desk).add(to: router)
        InboxPage(desk: desk).add(to: router)
        FlagRoutes(desk: desk).add(to: router)
        CaseRoutes(desk: desk).add(to: router)
        PlotPage(desk: desk).add(to: router)
        DrawPage(desk: desk).add(to: router)
        CamerasPage(desk: desk).add(to: router)
        PictureRoutes(desk: desk).add(to: router)
        responder = router.buildResponder()
    }

    /// Serves until SIGINT or SIGTERM.
    ///
    /// - Parameter started: called with the address of the first page once the server listens.
    public func run(started: @escaping @Sendable (String) -> Void) async throws {
        let address = desk.settings.address
        let application = Application(
            responder: responder,
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(address.text, port: desk.settings.port), serverName: nil),
            onServerRunning: { channel in
                started("http://\(address.inURL):\(channel.localAddress?.port ?? desk.settings.port)/")
            },
            logger: Self.logger)
        try await application.runService()
    }

    /// What the server's parts would tell a log; faults are told on the page that met them.
    private static var logger: Logger { Logger(label: "plotwatch.review", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
