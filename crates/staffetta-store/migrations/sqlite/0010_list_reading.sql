-- How the office's file of a draft is read: what an operator chose, corrected and left out. All of it goes with the file.
-- What kind of file it turned out to be, to be said; the sheets that can be chosen, and the one that is read.
alter table draft_file add column kind text;
alter table draft_file add column sheets text;
alter table draft_file add column sheet text;
-- What the columns mean, a JSON list of words; null where their names say it.
alter table draft_file add column meanings text;
-- The first rows, a JSON list of rows: by them a person tells what a column holds.
alter table draft_file add column samples text;
alter table draft_file add column invalid_after_due integer not null default 0;
-- Raised by each change of how the file is read: a reading that began before is void.
alter table draft_file add column revision integer not null default 1;
-- Not the recipients but who is left out, as sorted hashes: 1 by notice number, 2 by fiscal code. Null in a list.
alter table draft_file add column excludes integer;
-- How many the excluding file names, and how many of its rows could not be read.
alter table draft_file add column named_rows integer not null default 0;
alter table draft_file add column unread_rows integer not null default 0;

-- A cell that was put right on the page, in place of what the office's file has there.
create table draft_cell (
    file_id integer not null references draft_file,
    line integer not null,
    position integer not null,
    value text not null,
    corrected_at integer not null,
    corrected_by text not null,
    primary key (file_id, line, position)
) strict, without rowid;

-- What the columns of a service's files mean, by a hash of their names: the next such file is read alike.
create table column_mapping (
    service_id integer not null references service on delete cascade,
    columns_hash blob not null,
    meanings text not null,
    saved_at integer not null,
    saved_by text not null,
    primary key (service_id, columns_hash)
) strict, without rowid;

-- What the columns meant when the list was read; null in a list that was read by their names.
alter table list add column meanings text;
-- Kinds of problems of the wrong rows, each with how many: a JSON list of pairs.
alter table list add column problems text;
alter table list add column corrected_cells integer not null default 0;
alter table list add column excluded_rows integer not null default 0;
alter table list add column first_due_at integer;
alter table list add column last_due_at integer;
-- Rows whose person already got the same content in the last days, and how many days were looked at.
alter table list add column already_rows integer;
alter table list add column already_days integer;

-- What a payment says beside its amount and its number.
alter table recipient add column invalid_after_due integer;
alter table recipient add column payee text;
alter table earlier_attempt add column invalid_after_due integer;
alter table earlier_attempt add column payee text;

-- Days for which an ente asks whether a person already got the same message.
alter table organization add column repeat_days integer not null default 30;
