-- Errata corrige: a flow to exactly those who got the wrong message of another.
create table errata (
    flow_id bigint primary key references flow on delete cascade,
    source_id bigint not null references flow,
    -- Which one of its source: of two windows that make one at the same time, one does.
    ordinal bigint not null,
    -- 1 says what is right, 2 that the message was sent by mistake.
    kind smallint not null,
    -- Whether those are taken, too, whose outcome is uncertain, and who was declared sent by a person.
    takes_uncertain smallint not null,
    takes_declared smallint not null,
    -- How the source's recipients stood when they were taken; together they are all.
    reached bigint not null default 0,
    uncertain bigint not null default 0,
    declared bigint not null default 0,
    not_reached bigint not null default 0,
    unique (source_id, ordinal)
);

-- What a letter costs the ente, in euro cents; null where it was not said.
alter table organization add column letter_cents bigint;

-- Rows of a list whose person already got the same content in the last days, and the row that said it.
create table already_row (
    notification_id bigint primary key,
    earlier_id bigint not null
);
