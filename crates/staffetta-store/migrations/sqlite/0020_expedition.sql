-- Days of sending that the rows of a list have, each with how many good rows: a JSON list of pairs, the day empty for
-- rows without one. Null in a list whose file says none.
alter table list add column starts text;
-- Of the office's file only the rows of this day of sending are read; empty for those without one, null for all.
alter table draft_file add column only_start text;
