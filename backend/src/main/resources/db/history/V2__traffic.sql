-- What links carry: two more numbers of a machine.
alter table hot add column c5 integer;
alter table hot add column c6 integer;
