-- A store of version 3 as version 4 of the schema brought it up to date.
PRAGMA application_id = 1381322311;
PRAGMA user_version = 4;
CREATE TABLE aliases (id TEXT PRIMARY KEY, root TEXT NOT NULL CHECK (root <> id)) STRICT, WITHOUT ROWID;
INSERT INTO "aliases" VALUES('two/d','two/old');
CREATE TABLE cards (
        number INTEGER PRIMARY KEY,
        workspace TEXT NOT NULL, id TEXT NOT NULL, root TEXT NOT NULL, path TEXT NOT NULL, deck TEXT NOT NULL,
        position INTEGER NOT NULL, kind TEXT NOT NULL, note_type TEXT NOT NULL, family TEXT NOT NULL,
        level TEXT NOT NULL, retired INTEGER NOT NULL,
        UNIQUE (workspace, id)
    ) STRICT
    ;
INSERT INTO "cards" VALUES(1,'ws','one/a','one/a','one.jsonl','one',0,'recall','fact','one/a','',0);
INSERT INTO "cards" VALUES(2,'ws','one/b','one/b','one.jsonl','one',1,'recall','fact','one/b','',0);
INSERT INTO "cards" VALUES(3,'ws','one/c','one/c','one.jsonl','one',2,'recall','fact','one/c','',0);
INSERT INTO "cards" VALUES(4,'ws','two/d','two/old','two.jsonl','two',0,'recall','fact','two/d','',0);
CREATE TABLE choices (deck TEXT PRIMARY KEY, enabled INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "choices" VALUES('two',0);
CREATE TABLE decks (
        workspace TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, course TEXT NOT NULL, lesson TEXT NOT NULL,
        tags TEXT NOT NULL, position INTEGER NOT NULL, rounds TEXT NOT NULL DEFAULT '[]',
        PRIMARY KEY (workspace, id)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "decks" VALUES('ws','one','A deck','Course','4.1','[]',0,'[]');
INSERT INTO "decks" VALUES('ws','two','A deck','Course','4.1','[]',1,'[]');
CREATE TABLE devices (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE CHECK (length(id) = 32)) STRICT;
INSERT INTO "devices" VALUES(1,'00000000000000000000000000000001');
INSERT INTO "devices" VALUES(2,'ffffffffffffffffffffffffffffffff');
CREATE TABLE events (
        device INTEGER NOT NULL REFERENCES devices (number),
        sequence INTEGER NOT NULL CHECK (sequence >= 1),
        at INTEGER NOT NULL CHECK (at >= 0),  -- milliseconds since 1970, UTC
        day TEXT NOT NULL CHECK (length(day) = 10),
        kind TEXT NOT NULL CHECK (kind IN (
            'review', 'redrill', 'quiz', 'practice', 'suspend', 'bury', 'flag', 'reset', 'set-due', 'tag', 'seed',
            'plan', 'void'
        )),
        card TEXT NOT NULL DEFAULT '' CHECK (card <> '' OR kind IN ('plan', 'void')),
        grade INTEGER CHECK (grade BETWEEN 0 AND 5),
        took INTEGER CHECK (took >= 0),  -- milliseconds
        detail TEXT CHECK (json_type(detail) = 'object'),
        void_device INTEGER REFERENCES devices (number),
        void_sequence INTEGER,
        PRIMARY KEY (device, sequence),
        CHECK (grade IS NOT NULL OR kind NOT IN ('review', 'redrill')),
        CHECK ((kind = 'void') = (void_device IS NOT NULL) AND (kind = 'void') = (void_sequence IS NOT NULL))
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "events" VALUES(1,1,1795000000000,'2026-11-23','review','one/a',4,1000,'{"answer":"größer","seed":0}',NULL,NULL);
INSERT INTO "events" VALUES(1,2,1795003600000,'2026-11-23','review','one/b',1,1001,'{"answer":"größer","seed":1}',NULL,NULL);
INSERT INTO "events" VALUES(1,3,1795007200000,'2026-11-23','redrill','one/b',4,1002,'{"answer":"größer","seed":2}',NULL,NULL);
INSERT INTO "events" VALUES(1,4,1795010800000,'2026-11-24','review','one/a',5,1003,'{"answer":"größer","seed":3}',NULL,NULL);
INSERT INTO "events" VALUES(1,5,1795014400000,'2026-11-30','review','one/a',3,1004,'{"answer":"größer","seed":4}',NULL,NULL);
INSERT INTO "events" VALUES(1,6,1795018000000,'2026-11-30','review','one/c',0,1005,'{"answer":"größer","seed":5}',NULL,NULL);
INSERT INTO "events" VALUES(1,7,1795021600000,'2026-12-01','review','two/d',4,1006,'{"answer":"größer","seed":6}',NULL,NULL);
INSERT INTO "events" VALUES(1,8,1795025200000,'2026-12-02','review','two/old',5,1007,'{"answer":"größer","seed":7}',NULL,NULL);
INSERT INTO "events" VALUES(1,9,1795032400000,'2026-12-02','void','two/old',NULL,NULL,NULL,1,8);
INSERT INTO "events" VALUES(1,10,1795032400001,'2026-12-02','suspend','one/c',NULL,NULL,'{"on":true}',NULL,NULL);
INSERT INTO "events" VALUES(1,11,1795032400002,'2026-12-02','flag','one/a',NULL,NULL,'{"flag":2}',NULL,NULL);
INSERT INTO "events" VALUES(2,1,1795000000050,'2026-11-25','review','one/a',4,700,NULL,NULL,NULL);
INSERT INTO "events" VALUES(2,2,1795000000060,'2026-11-25','quiz','gone/x',5,NULL,NULL,NULL,NULL);
CREATE TABLE files (
        workspace TEXT NOT NULL, path TEXT NOT NULL, mtime_ns INTEGER NOT NULL, size INTEGER NOT NULL,
        deck TEXT NOT NULL,
        PRIMARY KEY (workspace, path)
    ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE memory (
        root TEXT PRIMARY KEY,
        at INTEGER NOT NULL,  -- of the newest row that went into this one
        interval INTEGER CHECK (interval >= 1),
        repetitions INTEGER,
        ease INTEGER,
        due TEXT,
        lapses INTEGER,
        reviewed TEXT,
        first_day TEXT,
        answered TEXT,
        last_grade INTEGER,
        rows INTEGER NOT NULL,
        suspended INTEGER NOT NULL,
        buried TEXT,
        flag INTEGER NOT NULL,
        tags TEXT NOT NULL
    , stability REAL, difficulty REAL, strength_since TEXT) STRICT, WITHOUT ROWID
    ;
INSERT INTO "memory" VALUES('gone/x',1795000000060,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,0,NULL,0,'',NULL,NULL,NULL);
INSERT INTO "memory" VALUES('one/a',1795032400002,13,3,236,'2026-12-13',0,'2026-11-30','2026-11-23','2026-11-30',3,4,0,NULL,2,'',29.7733,4.010609,'2026-11-30');
INSERT INTO "memory" VALUES('one/b',1795007200000,1,0,250,'2026-11-24',0,'2026-11-23','2026-11-23','2026-11-23',4,2,0,NULL,0,'',0.246689,6.402115,'2026-11-23');
INSERT INTO "memory" VALUES('one/c',1795032400001,1,0,250,'2026-12-01',0,'2026-11-30','2026-11-30','2026-11-30',0,1,1,NULL,0,'',0.212,6.4133,'2026-11-30');
INSERT INTO "memory" VALUES('two/old',1795032400000,1,1,250,'2026-12-02',0,'2026-12-01','2026-12-01','2026-12-01',4,2,0,NULL,0,'',2.3065,2.118104,'2026-12-01');
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('device','00000000000000000000000000000001');
CREATE TABLE sent (note TEXT, digest TEXT, PRIMARY KEY (note, digest)) STRICT, WITHOUT ROWID;
INSERT INTO "sent" VALUES('guid-1','ab12');
INSERT INTO "sent" VALUES('guid-2','cd34');
CREATE TABLE texts (number INTEGER PRIMARY KEY, body TEXT NOT NULL, text TEXT NOT NULL) STRICT;
INSERT INTO "texts" VALUES(1,'{"id": "one/a", "kind": "recall", "note_type": "fact", "deck": "one", "family": "one/a", "title": "T", "content": ["Why?", "So."]}','T
Why?
So.
');
INSERT INTO "texts" VALUES(2,'{"id": "one/b", "kind": "recall", "note_type": "fact", "deck": "one", "family": "one/b", "title": "T", "content": ["Why?", "So."]}','T
Why?
So.
');
INSERT INTO "texts" VALUES(3,'{"id": "one/c", "kind": "recall", "note_type": "fact", "deck": "one", "family": "one/c", "title": "T", "content": ["Why?", "So."]}','T
Why?
So.
');
INSERT INTO "texts" VALUES(4,'{"id": "two/d", "kind": "recall", "note_type": "fact", "deck": "two", "family": "two/d", "title": "T", "content": ["Why?", "So."], "first": "two/old"}','T
Why?
So.
');
CREATE INDEX events_card ON events (card);
CREATE INDEX events_day ON events (day);
CREATE INDEX events_void ON events (void_device, void_sequence) WHERE void_device IS NOT NULL;
CREATE TRIGGER events_keep BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_once BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE device = new.device AND sequence = new.sequence)
    BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE INDEX aliases_root ON aliases (root);
CREATE VIEW history AS
    SELECT
        coalesce((SELECT root FROM aliases WHERE aliases.id = events.card), events.card) AS root,
        EXISTS (
            SELECT 1 FROM events AS void
            WHERE void.void_device = events.device AND void.void_sequence = events.sequence
        ) AS voided,
        devices.id AS device, events.sequence, events.at, events.day, events.kind, events.card, events.grade,
        events.took, events.detail, targets.id AS void_device, events.void_sequence
    FROM events
    JOIN devices ON devices.number = events.device
    LEFT JOIN devices AS targets ON targets.number = events.void_device;
CREATE INDEX memory_due ON memory (due) WHERE due IS NOT NULL AND suspended = 0;
CREATE INDEX memory_reviewed ON memory (reviewed) WHERE reviewed IS NOT NULL;
CREATE INDEX memory_redrill ON memory (answered) WHERE last_grade < 4;
CREATE INDEX cards_root ON cards (workspace, root);
CREATE INDEX cards_path ON cards (workspace, path);
CREATE INDEX cards_deck ON cards (workspace, deck, position) WHERE retired = 0;
CREATE TRIGGER cards_gone AFTER DELETE ON cards BEGIN DELETE FROM texts WHERE number = old.number; END;
CREATE VIRTUAL TABLE "texts_fts" USING FTS5 (
    "text",
    tokenize='unicode61 remove_diacritics 2',
    content="texts"
);
INSERT INTO texts_fts (texts_fts) VALUES ('rebuild');
CREATE TRIGGER "texts_ai" AFTER INSERT ON "texts" BEGIN
  INSERT INTO "texts_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
CREATE TRIGGER "texts_ad" AFTER DELETE ON "texts" BEGIN
  INSERT INTO "texts_fts" ("texts_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
END;
CREATE TRIGGER "texts_au" AFTER UPDATE ON "texts" BEGIN
  INSERT INTO "texts_fts" ("texts_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
  INSERT INTO "texts_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
