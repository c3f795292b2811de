-- What a later version might do.
alter table task add column color text;
update task set color = 'blue';
