-- Verifica raggiungibilità: who of a flow's list can be written to, asked before it is sent.
create table forecast (
    flow_id integer primary key references flow on delete cascade,
    organization_id integer not null references organization,
    -- The list of which it speaks: one read again is asked for again.
    list_id integer not null,
    asked_at integer not null,
    asked_by text not null,
    -- Up to this notification all were asked for.
    reached integer not null,
    ended_at integer,
    -- What IO said, by how many.
    reachable integer not null default 0,
    service_off integer not null default 0,
    not_on_io integer not null default 0,
    refused integer not null default 0
) strict;
create index forecast_open on forecast (organization_id, asked_at) where ended_at is null;

-- What IO said of one of them.
create table reach (
    notification_id integer primary key,
    -- 0 where the person can be written to, otherwise the number of the reason.
    answer integer not null,
    at integer not null
) strict;
