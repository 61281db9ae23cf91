-- An attempt that went wrong and was made again by a person: how it ended, and the data with which it was made, which
-- a correction replaces.
create table earlier_attempt (
    notification_id integer not null,
    attempt integer not null,
    state integer not null,
    reason integer,
    io_message_id text,
    handled_at integer,
    fiscal_code text not null,
    due_at integer,
    amount_cents integer,
    notice_number text,
    cells text,
    replaced_at integer not null,
    replaced_by text not null,
    primary key (notification_id, attempt)
) strict, without rowid;
