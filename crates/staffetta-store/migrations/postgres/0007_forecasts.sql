-- Verifica raggiungibilità: who of a flow's list can be written to, asked before it is sent.
create table forecast (
    flow_id bigint primary key references flow on delete cascade,
    organization_id bigint not null references organization,
    -- The list of which it speaks: one read again is asked for again.
    list_id bigint not null,
    asked_at bigint not null,
    asked_by text not null,
    -- Up to this notification all were asked for.
    reached bigint not null,
    ended_at bigint,
    -- What IO said, by how many.
    reachable bigint not null default 0,
    service_off bigint not null default 0,
    not_on_io bigint not null default 0,
    refused bigint not null default 0
);
create index forecast_open on forecast (organization_id, asked_at) where ended_at is null;

-- What IO said of one of them.
create table reach (
    notification_id bigint primary key,
    -- 0 where the person can be written to, otherwise the number of the reason.
    answer smallint not null,
    at bigint not null
);
