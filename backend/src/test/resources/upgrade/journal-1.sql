-- What a journal file of schema 1 holds, as version 0.2.0 wrote it; times are the test's. Never to be changed: such files are out there.
CREATE TABLE body (
  id text primary key references task (id) on delete cascade,
  spec text not null,
  payload text not null
) without rowid;
INSERT INTO "body" VALUES('t-01m845eq75qgwd41g8c6463gxw','{"type":"echo","priority":5,"timeout":60000,"deadline":0,"attempts":3,"patient":false,"machines":[],"not":[],"prefer":[],"labels":{},"cores":0.0,"memory":0.0,"gpus":0}','{"text":"kept"}');
INSERT INTO "body" VALUES('t-01m845eqv69f8fx4a3e8fp69xr','{"type":"echo","priority":5,"timeout":60000,"deadline":0,"attempts":3,"patient":true,"machines":[],"not":[],"prefer":[],"labels":{"where":"nowhere"},"cores":0.0,"memory":0.0,"gpus":0}','{"text":"waits"}');
CREATE TABLE change (
  n integer primary key,
  task text not null references task (id) on delete cascade,
  at integer not null,
  state text not null,
  epoch integer not null,
  worker text,
  code text,
  note text
);
INSERT INTO "change" VALUES(1,'t-01m845eq75qgwd41g8c6463gxw',@MILLIS@,'leased',1,'caelum-3e4a5acdfa72@127.0.0.1:18080',NULL,NULL);
INSERT INTO "change" VALUES(2,'t-01m845eq75qgwd41g8c6463gxw',@MILLIS@,'done',1,'caelum-3e4a5acdfa72@127.0.0.1:18080',NULL,NULL);
INSERT INTO "change" VALUES(3,'t-01m845eqv69f8fx4a3e8fp69xr',@MILLIS@,'queued',0,NULL,NULL,NULL);
CREATE TABLE result (
  id text primary key references task (id) on delete cascade,
  result text not null
) without rowid;
INSERT INTO "result" VALUES('t-01m845eq75qgwd41g8c6463gxw','{"text":"kept"}');
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
INSERT INTO "schema_version" VALUES(1,'1','tasks','SQL','V1__tasks.sql',1087558692,'','2026-11-23 12:17:52.843',0,1);
CREATE TABLE task (
  n integer primary key,
  id text not null unique,
  grp text,
  client text not null,
  idem text,
  state text not null,
  priority integer not null,
  epoch integer not null,
  failures integer not null,
  losses integer not null,
  worker text,
  percent integer not null,
  note text,
  error_code text,
  error_text text,
  created integer not null,
  changed integer not null,
  claimed text
);
INSERT INTO "task" VALUES(1,'t-01m845eq75qgwd41g8c6463gxw',NULL,'local','first','done',5,1,0,0,'caelum-3e4a5acdfa72@127.0.0.1:18080',100,NULL,NULL,NULL,@MILLIS@,@MILLIS@,NULL);
INSERT INTO "task" VALUES(2,'t-01m845eqv69f8fx4a3e8fp69xr',NULL,'local',NULL,'queued',5,0,0,0,NULL,-1,NULL,NULL,NULL,@MILLIS@,@MILLIS@,'caelum-3e4a5acdfa72');
CREATE INDEX "schema_version_s_idx" ON "schema_version" ("success");
CREATE INDEX task_waiting on task (priority desc, id) where state = 'queued' and claimed is null;
CREATE INDEX task_claimed on task (claimed) where claimed is not null;
CREATE INDEX task_over on task (changed) where state in ('done', 'failed', 'dead', 'cancelled');
CREATE INDEX task_state on task (state, id);
CREATE INDEX task_group on task (grp, id) where grp is not null;
CREATE UNIQUE INDEX task_idem on task (client, idem) where idem is not null;
CREATE INDEX change_task on change (task, n);
