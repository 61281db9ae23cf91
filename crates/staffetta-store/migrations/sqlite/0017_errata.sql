-- Errata corrige: a flow to exactly those who got the wrong message of another.
create table errata (
    flow_id integer primary key references flow on delete cascade,
    source_id integer not null references flow,
    -- Which one of its source: of two windows that make one at the same time, one does.
    ordinal integer not null,
    -- 1 says what is right, 2 that the message was sent by mistake.
    kind integer not null,
    -- Whether those are taken, too, whose outcome is uncertain, and who was declared sent by a person.
    takes_uncertain integer not null,
    takes_declared integer not null,
    -- How the source's recipients stood when they were taken; together they are all.
    reached integer not null default 0,
    uncertain integer not null default 0,
    declared integer not null default 0,
    not_reached integer not null default 0,
    unique (source_id, ordinal)
) strict;

-- What a letter costs the ente, in euro cents; null where it was not said.
alter table organization add column letter_cents integer;

-- Rows of a list whose person already got the same content in the last days, and the row that said it.
create table already_row (
    notification_id integer primary key,
    earlier_id integer not null
) strict;
