-- Whose numbers these are: a machine, or with an empty name the cluster as this node saw it.
create table series (
  id integer primary key,
  name text not null unique,
  hostname text not null,
  first integer not null,
  last integer not null
);

-- The samples that are in no chunk yet: one row for each 15 s, a number for each metric of its kind.
create table hot (
  series integer not null,
  slot integer not null,
  c0 integer,
  c1 integer,
  c2 integer,
  c3 integer,
  c4 integer,
  primary key (series, slot)
) without rowid;

-- One series for one hour. The id is series << 32 | hour since 1970; as a rowid table, for without one its
-- blobs would spill to pages of their own.
create table chunk (
  id integer primary key,
  data blob not null
);

-- What a machine was from then on; nothing = it was not in the table any more.
create table moment (
  id integer primary key,
  series integer not null,
  at integer not null,
  body blob
);

create index moment_of on moment (series, at);

create table event (
  id integer primary key,
  at integer not null,
  level text not null,
  category text not null,
  text text not null,
  key text,
  interface text,
  code text
);

create index event_at on event (at);

-- When this node recorded: a row for each of its runs.
create table run (
  began integer primary key,
  ended integer not null
);
