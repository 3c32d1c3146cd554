import GRDB

/// The tables. A migration that was shipped is never edited; a new one is added below it.
///
/// `capture`, `reading`, `finding` and `journal` are facts and only ever appended to; `decision` finds its way in the
/// journal; `flag` and `advice` are derived and may be dropped and rebuilt; `cameraState` and `picture` are where the
/// run goes on.
enum Schema {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE site (id TEXT NOT NULL PRIMARY KEY) STRICT;
                    CREATE TABLE capture (
                        id INTEGER PRIMARY KEY,
                        camera TEXT NOT NULL,
                        path TEXT NOT NULL,
                        at REAL,
                        timeSource TEXT,
                        sizeInBytes INTEGER NOT NULL,
                        sha256 TEXT,
                        width INTEGER,
                        height INTEGER,
                        quality TEXT NOT NULL,
                        reason TEXT,
                        dx REAL, dy REAL, rotation REAL,
                        solarElevation REAL,
                        exposure INTEGER,
                        automaticWhiteBalance INTEGER,
                        latitude REAL, longitude REAL, elevation REAL,
                        measures TEXT NOT NULL,
                        UNIQUE (camera, path)
                    ) STRICT;
                    CREATE INDEX captureByTime ON capture (camera, at);
                    CREATE INDEX captureByHash ON capture (camera, sha256);
                    CREATE TABLE reading (
                        capture INTEGER NOT NULL REFERENCES capture (id),
                        plot TEXT NOT NULL,
                        at REAL NOT NULL,
                        statistics TEXT,
                        quantities TEXT NOT NULL,
                        PRIMARY KEY (plot, at, capture)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE finding (
                        id INTEGER PRIMARY KEY,
                        camera TEXT NOT NULL,
                        name TEXT NOT NULL,
                        at REAL NOT NULL,
                        body TEXT NOT NULL
                    ) STRICT;
                    CREATE INDEX findingByName ON finding (camera, name, at);
                    CREATE TABLE cameraState (
                        camera TEXT NOT NULL,
                        name TEXT NOT NULL,
                        body BLOB NOT NULL,
                        PRIMARY KEY (camera, name)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE picture (
                        camera TEXT NOT NULL,
                        name TEXT NOT NULL,
                        bytes BLOB NOT NULL,
                        PRIMARY KEY (camera, name)
                    ) STRICT;
                    CREATE TABLE flag (id TEXT NOT NULL PRIMARY KEY, plot TEXT NOT NULL, firstSeen REAL NOT NULL, body TEXT NOT NULL) STRICT;
                    CREATE TABLE advice (id TEXT NOT NULL PRIMARY KEY, plot TEXT NOT NULL, at REAL NOT NULL, body TEXT NOT NULL) STRICT;
                    CREATE TABLE run (
                        id INTEGER PRIMARY KEY,
                        startedAt REAL NOT NULL,
                        finishedAt REAL,
                        tool TEXT NOT NULL,
                        kernels TEXT NOT NULL,
                        captures INTEGER NOT NULL DEFAULT 0,
                        unusable INTEGER NOT NULL DEFAULT 0
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("2", migrate: decisions)
        migrator.registerMigration("3", migrate: cases)
        migrator.registerMigration("points", migrate: points)
        migrator.registerMigration("drops", migrate: drops)
        return migrator
    }()

    /// The journal and the decisions that stand in it. A decision's id is its number in the journal; its words are
    /// there alone.
    private static func decisions(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE journal (
                    number INTEGER PRIMARY KEY,
                    at INTEGER NOT NULL,
                    by TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    body TEXT NOT NULL,
                    previous TEXT NOT NULL,
                    hash TEXT NOT NULL
                ) STRICT;
                CREATE INDEX journalBySubject ON journal (kind, subject, number);
                CREATE TRIGGER journalIsNotChanged BEFORE UPDATE ON journal
                BEGIN SELECT RAISE(ABORT, 'the journal is only appended to'); END;
                CREATE TRIGGER journalIsNotShortened BEFORE DELETE ON journal
                BEGIN SELECT RAISE(ABORT, 'the journal is only appended to'); END;
                CREATE TABLE decision (
                    id INTEGER PRIMARY KEY REFERENCES journal (number),
                    flag TEXT NOT NULL,
                    camera TEXT NOT NULL,
                    verdict TEXT NOT NULL,
                    undoes INTEGER UNIQUE REFERENCES decision (id),
                    request TEXT UNIQUE
                ) STRICT;
                CREATE INDEX decisionByFlag ON decision (flag, id);
                CREATE VIEW standingDecision AS SELECT max(id) AS id, flag, camera, verdict FROM decision AS d
                    WHERE verdict <> 'undo' AND NOT EXISTS (SELECT 1 FROM decision WHERE undoes = d.id) GROUP BY flag;
                """)
    }

    /// Numbers of cases and the flags behind them; what was done stands in the journal alone. The outbox: a message
    /// is a row from the moment it is thought of, and goes through its states until it is sent.
    private static func cases(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE caseFile (
                    number TEXT NOT NULL PRIMARY KEY,
                    flag TEXT,
                    opened INTEGER NOT NULL REFERENCES journal (number)
                ) STRICT;
                CREATE TABLE message (
                    key TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    createdAt REAL NOT NULL,
                    dueAt REAL NOT NULL,
                    topic TEXT NOT NULL,
                    camera TEXT,
                    body TEXT NOT NULL,
                    post TEXT,
                    attempts INTEGER NOT NULL DEFAULT 0,
                    sentAt REAL,
                    reason TEXT,
                    PRIMARY KEY (key, channel)
                ) STRICT;
                CREATE INDEX messageByTime ON message (channel, sentAt, dueAt);
                """)
    }

    /// Pictures that were handed in for points: a fact each, only appended to. What was done with the points stands in
    /// the journal alone.
    private static func points(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE submission (
                    id INTEGER PRIMARY KEY,
                    entry INTEGER NOT NULL REFERENCES journal (number),
                    sha256 TEXT NOT NULL,
                    household TEXT NOT NULL,
                    at REAL NOT NULL,
                    path TEXT NOT NULL,
                    takenAt TEXT,
                    print BLOB NOT NULL
                ) STRICT;
                CREATE INDEX submissionByHash ON submission (sha256);
                CREATE TRIGGER submissionIsNotChanged BEFORE UPDATE ON submission
                BEGIN SELECT RAISE(ABORT, 'submissions are only appended to'); END;
                CREATE TRIGGER submissionIsNotShortened BEFORE DELETE ON submission
                BEGIN SELECT RAISE(ABORT, 'submissions are only appended to'); END;
                """)
    }

    /// Flights of a drone, picture by picture, and pairs of photographs from the drop folder: facts, only appended to. A
    /// flight whose folder has grown since is there again.
    private static func drops(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE patrolFlight (
                    id INTEGER PRIMARY KEY,
                    patrol TEXT NOT NULL,
                    before TEXT NOT NULL,
                    after TEXT NOT NULL,
                    body TEXT NOT NULL
                ) STRICT;
                CREATE INDEX patrolFlightByPatrol ON patrolFlight (patrol, id);
                CREATE TABLE patrolPair (
                    flight INTEGER NOT NULL REFERENCES patrolFlight (id),
                    number INTEGER NOT NULL,
                    body TEXT NOT NULL,
                    PRIMARY KEY (flight, number)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE handedIn (
                    id INTEGER PRIMARY KEY,
                    household TEXT NOT NULL,
                    before TEXT NOT NULL,
                    beforeBytes INTEGER NOT NULL,
                    after TEXT,
                    afterBytes INTEGER,
                    verdict TEXT NOT NULL,
                    checks TEXT NOT NULL,
                    entry INTEGER REFERENCES journal (number)
                ) STRICT;
                """)
        for table in ["patrolFlight", "patrolPair", "handedIn"] {
            try db.execute(
                sql: """
                    CREATE TRIGGER \(table)IsNotChanged BEFORE UPDATE ON \(table)
                    BEGIN SELECT RAISE(ABORT, '\(table) is only appended to'); END;
                    CREATE TRIGGER \(table)IsNotShortened BEFORE DELETE ON \(table)
                    BEGIN SELECT RAISE(ABORT, '\(table) is only appended to'); END;
                    """)
        }
    }
}
