-- What a history file of schema 1 holds, as version 0.2.0 wrote it; times are the test's. Never to be changed: such files are out there.
CREATE TABLE chunk (
  id integer primary key,
  data blob not null
);
CREATE TABLE event (
  id integer primary key,
  at integer not null,
  level text not null,
  category text not null,
  text text not null,
  key text,
  interface text,
  code text
);
CREATE TABLE hot (
  series integer not null,
  slot integer not null,
  c0 integer,
  c1 integer,
  c2 integer,
  c3 integer,
  c4 integer,
  primary key (series, slot)
) without rowid;
INSERT INTO "hot" VALUES(1,@SLOT@ - 3,493,95,693,NULL,NULL);
INSERT INTO "hot" VALUES(1,@SLOT@ - 2,493,95,693,NULL,NULL);
INSERT INTO "hot" VALUES(1,@SLOT@ - 1,999,86,693,NULL,NULL);
INSERT INTO "hot" VALUES(2,@SLOT@ - 3,1,0,1,0,0);
INSERT INTO "hot" VALUES(2,@SLOT@ - 2,1,0,1,1,0);
INSERT INTO "hot" VALUES(2,@SLOT@ - 1,1,0,1,1,0);
CREATE TABLE moment (
  id integer primary key,
  series integer not null,
  at integer not null,
  body blob
);
CREATE TABLE run (
  began integer primary key,
  ended integer not null
);
INSERT INTO "run" VALUES(@SECONDS@,@SECONDS@);
CREATE TABLE "schema_version" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
INSERT INTO "schema_version" VALUES(1,'1','history','SQL','V1__history.sql',1656056265,'','2026-11-23 12:17:50.269',10,1);
CREATE TABLE series (
  id integer primary key,
  name text not null unique,
  hostname text not null,
  first integer not null,
  last integer not null
);
INSERT INTO "event" VALUES(1,@MILLIS@,'INFO','MACHINE','Connected to beta','caelum-000000000001',NULL,'connected');
INSERT INTO "series" VALUES(1,'caelum-3e4a5acdfa72','alpha',@SECONDS@,@SECONDS@);
INSERT INTO "series" VALUES(2,'','',@SECONDS@,@SECONDS@);
CREATE INDEX "schema_version_s_idx" ON "schema_version" ("success");
CREATE INDEX moment_of on moment (series, at);
CREATE INDEX event_at on event (at);
