-- What a later version might do.
alter table series add column color text;
update series set color = 'blue';
