-- An attempt that went wrong and was made again by a person: how it ended, and the data with which it was made, which
-- a correction replaces.
create table earlier_attempt (
    notification_id bigint not null,
    attempt smallint not null,
    state smallint not null,
    reason smallint,
    io_message_id text,
    handled_at bigint,
    fiscal_code text not null,
    due_at bigint,
    amount_cents bigint,
    notice_number text,
    cells text,
    replaced_at bigint not null,
    replaced_by text not null,
    primary key (notification_id, attempt)
);
