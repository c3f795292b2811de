-- The journal of tasks. State, priority and claim stand apart from the texts, so that a change of state rewrites little.
create table task (
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

create index task_waiting on task (priority desc, id) where state = 'queued' and claimed is null;
create index task_claimed on task (claimed) where claimed is not null;
create index task_over on task (changed) where state in ('done', 'failed', 'dead', 'cancelled');
create index task_state on task (state, id);
create index task_group on task (grp, id) where grp is not null;
create unique index task_idem on task (client, idem) where idem is not null;

create table body (
  id text primary key references task (id) on delete cascade,
  spec text not null,
  payload text not null
) without rowid;

create table result (
  id text primary key references task (id) on delete cascade,
  result text not null
) without rowid;

create table change (
  n integer primary key,
  task text not null references task (id) on delete cascade,
  at integer not null,
  state text not null,
  epoch integer not null,
  worker text,
  code text,
  note text
);

create index change_task on change (task, n);
