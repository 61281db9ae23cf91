-- Who works an ente, at what hours and with how many calls; starts that are planned, and pilots.

-- A run of the program. Its times are those of the database's clock.
create table node (
    -- Random: a program that is started again is another node.
    id text primary key,
    -- The machine's name, for people.
    name text not null,
    version text not null,
    -- Whether it sends; one that only serves pages does not.
    works smallint not null,
    started_at bigint not null,
    seen_at bigint not null,
    -- It is being stopped: it takes no ente any more.
    stopping smallint not null default 0
);

-- The node that works the ente, and until when it is its own without a renewal.
alter table organization add column lease_node text;
alter table organization add column lease_until bigint not null default 0;
-- Why nothing leaves, see `Hold` of staffetta-domain.
alter table organization add column held_reason smallint;
update organization set held_reason = 1 where held_at is not null;
-- Per cent of the quota that is used at most: the rest is left to other software of the same ente.
alter table organization add column quota_share smallint not null default 100;
-- Calls in a window that the engine finds available, and when it found that.
alter table organization add column available_calls bigint;
alter table organization add column available_at bigint;
-- Flows are sent from one minute of the day to another (Rome) and on these days (1 is Monday, 2 Tuesday, 4 …).
alter table organization add column hours_from smallint not null default 0;
alter table organization add column hours_until smallint not null default 1440;
alter table organization add column days smallint not null default 127;

-- An active flow that starts by itself.
create table planned_start (
    flow_id bigint primary key references flow on delete cascade,
    organization_id bigint not null references organization,
    at bigint not null,
    planned_by text not null,
    -- Its time passed while nobody could start it: a person is asked.
    missed_at bigint
);
create index planned_start_due on planned_start (organization_id, at) where missed_at is null;

-- A flow of which only the first rows are sent, until a person lets it go on.
create table pilot (
    flow_id bigint primary key references flow on delete cascade,
    -- The last notification of the pilot.
    last_id bigint not null
);
