-- The tables of db/sqlite/V1__tasks.sql, and who coordinates. Texts compare by byte, so that ids sort by time of submission.
create table task (
  id text collate "C" primary key,
  grp text collate "C",
  client text collate "C" not null,
  idem text collate "C",
  state text collate "C" not null,
  priority bigint not null,
  epoch bigint not null,
  failures bigint not null,
  losses bigint not null,
  worker text,
  percent bigint not null,
  note text,
  error_code text,
  error_text text,
  created bigint not null,
  changed bigint not null,
  claimed text collate "C"
) with (fillfactor = 70);

create index task_waiting on task (priority desc, id) where state = 'queued' and claimed is null;
create index task_claimed on task (claimed) where claimed is not null;
create index task_over on task (changed) where state in ('done', 'failed', 'dead', 'cancelled');
create index task_state on task (state, id);
create index task_group on task (grp, id) where grp is not null;

create unique index task_idem on task (client, idem) where idem is not null;

create table body (
  id text collate "C" primary key references task (id) on delete cascade,
  spec text not null,
  payload text not null
);

create table result (
  id text collate "C" primary key references task (id) on delete cascade,
  result text not null
);

create table change (
  n bigint generated always as identity primary key,
  task text collate "C" not null references task (id) on delete cascade,
  at bigint not null,
  state text not null,
  epoch bigint not null,
  worker text,
  code text,
  note text
);

create index change_task on change (task, n);

-- A row for each coordinator that was ever here; seen is by the clock of this server.
create table coordinator (
  name text collate "C" primary key,
  seen timestamptz not null
);
