-- Times are milliseconds UTC; truth values are 0 and 1; states and reasons are the numbers of staffetta-domain.

create table meta (
    name text primary key,
    value text not null
) strict, without rowid;

create table organization (
    id integer primary key autoincrement,
    name text not null unique,
    quota_calls integer,
    quota_window_ms integer not null,
    content_min integer not null,
    -- Raised by each engine that takes the ente over; a claim of an older epoch is refused.
    epoch integer not null default 0,
    created_at integer not null
) strict;

create table nature (
    id integer primary key autoincrement,
    organization_id integer not null references organization,
    position integer not null,
    code text not null,
    name text not null,
    payment integer not null,
    unique (organization_id, code)
) strict;

create table service (
    id integer primary key autoincrement,
    organization_id integer not null references organization,
    name text not null,
    base_url text not null,
    key_sealed blob not null,
    max_amount_cents integer not null,
    enabled integer not null default 1,
    paused_reason integer,
    paused_detail text,
    paused_at integer,
    created_at integer not null,
    unique (organization_id, name)
) strict;

create table operator (
    id integer primary key autoincrement,
    organization_id integer not null references organization,
    name text not null,
    password_hash text not null,
    admin integer not null,
    created_at integer not null,
    unique (organization_id, name)
) strict;

create table operator_service (
    operator_id integer not null references operator on delete cascade,
    service_id integer not null references service on delete cascade,
    rights integer not null,
    primary key (operator_id, service_id)
) strict, without rowid;

create table flow (
    id integer primary key autoincrement,
    organization_id integer not null references organization,
    service_id integer not null references service,
    nature_id integer not null references nature,
    state integer not null default 0,
    paused integer not null default 0,
    interrupted integer not null default 0,
    description text not null,
    reference text,
    list_id integer,
    -- Hash of service, message and rows: the same again is recognised by it.
    sameness blob,
    created_at integer not null,
    created_by text not null,
    activated_at integer,
    started_at integer,
    first_call_at integer,
    ended_at integer,
    -- The tally, changed in the transaction of what it counts.
    queued integer not null default 0,
    in_flight integer not null default 0,
    accepted integer not null default 0,
    delivered integer not null default 0,
    rejected integer not null default 0,
    unreachable integer not null default 0,
    failed integer not null default 0,
    uncertain integer not null default 0,
    cancelled integer not null default 0,
    -- The wide columns stand last: what is read before them does not pass through their pages.
    subject text not null,
    markdown text not null
) strict;

-- Newest first is by created_at: every index of a search ends with it, and the number that breaks ties.
create index flow_by_date on flow (organization_id, created_at);
create index flow_by_service on flow (service_id, created_at);
create index flow_by_service_state on flow (service_id, state, created_at);
create index flow_by_nature on flow (nature_id, created_at);
create index flow_by_operator on flow (created_by, created_at);
create index flow_by_state on flow (organization_id, state);
create index flow_by_sameness on flow (organization_id, sameness) where sameness is not null;
create unique index flow_by_reference on flow (organization_id, reference) where reference is not null;
create index flow_by_list on flow (list_id) where list_id is not null;

-- Words of a flow's description, normalised: a search by description is a search by beginnings of words.
create table flow_word (
    organization_id integer not null,
    word text not null,
    flow_id integer not null references flow on delete cascade,
    primary key (organization_id, word, flow_id)
) strict, without rowid;
create index flow_word_by_flow on flow_word (flow_id);

-- The recipients read from one file, or the one of a single notification.
create table list (
    id integer primary key autoincrement,
    organization_id integer not null references organization,
    -- The service of all its rows: a list is found by it, so that its rows need no index by service.
    service_id integer not null references service,
    flow_id integer references flow,
    created_at integer not null,
    -- The list is whole: until then its rows belong to nobody.
    complete integer not null default 0,
    -- Its flow is gone or has another list: its rows are being removed, a piece at a time.
    discarded integer not null default 0,
    file_name text not null,
    columns text not null,
    valid_rows integer not null default 0,
    wrong_rows integer not null default 0,
    repaired_rows integer not null default 0,
    same_rows integer not null default 0,
    different_rows integer not null default 0,
    total_cents integer,
    min_cents integer,
    max_cents integer
) strict;
create index list_by_flow on list (flow_id) where flow_id is not null;
-- An archive is walked list by list, newest first: notifications need no index by ente or by service.
create index list_by_organization on list (organization_id);
create index list_by_service on list (service_id);
create index list_incomplete on list (created_at) where complete = 0;

create table wrong_row (
    list_id integer not null references list on delete cascade,
    line integer not null,
    position integer not null,
    column_name text,
    value text not null,
    reason text not null,
    remedy text not null,
    primary key (list_id, line, position)
) strict, without rowid;

-- A citizen's data, written once. Its id is the notification's: list and row in one integer.
create table recipient (
    id integer primary key,
    fiscal_code text not null,
    due_at integer,
    amount_cents integer,
    notice_number text,
    -- The cells of the office's file, a JSON list in the order of the list's columns.
    cells text,
    -- Only of a single notification: a flow's text stands once, in the flow.
    subject text,
    markdown text
) strict;
-- By what a recipient is found: fiscal code and notice number, which cannot be taken for each other.
-- A table and not indices, in segments: the keys of 100,000 rows of a list go in together and sorted, at the end of
-- the table; in one tree each would rewrite another page of it. Short lists share segment 0. A search looks into
-- each segment of the ente.
create table recipient_key (
    segment integer not null,
    value text not null,
    recipient_id integer not null,
    primary key (segment, value, recipient_id)
) strict, without rowid;
-- A segment has the number of its first row.
create table recipient_segment (
    id integer primary key,
    organization_id integer not null
) strict;
create index recipient_segment_by_organization on recipient_segment (organization_id);

-- The narrow row that changes while sending.
create table notification (
    id integer primary key,
    organization_id integer not null,
    service_id integer not null,
    flow_id integer,
    state integer not null default 0,
    attempt integer not null default 1,
    -- Names the claim under which a call may be on the wire; kept while Uncertain, for a late answer.
    claim integer,
    -- When a row that came back to the queue may be tried again; null in a row never tried.
    retry_at integer,
    retries integer not null default 0,
    -- When IO said "later" for the first time in this attempt.
    retry_since integer,
    reason integer,
    detail text,
    -- When it left the queue for the last time.
    handled_at integer,
    accepted_at integer,
    settled_at integer,
    next_check_at integer,
    checks integer not null default 0,
    io_message_id text,
    email_status text,
    content_hash blob,
    reference text,
    -- Only of a single notification.
    created_at integer,
    created_by text
) strict;
-- Outcomes by service, state and time. One index for all three: each costs a write for every message sent.
create index notification_by_outcome on notification (service_id, state, handled_at) where state >= 2;
create index notification_by_flow_state on notification (flow_id, state) where state >= 4 and flow_id is not null;
create index notification_in_flight on notification (organization_id) where state = 1;
create index notification_retry on notification (organization_id, retry_at) where state = 0 and retry_at is not null;
create index notification_single_queued on notification (organization_id) where state = 0 and flow_id is null;
create index notification_check on notification (organization_id, next_check_at) where next_check_at is not null;
create index notification_by_io_id on notification (io_message_id) where io_message_id is not null;
create unique index notification_by_reference on notification (organization_id, reference) where reference is not null;

-- Decisions and changes by people, and the machine's rare decisions. Machine steps are columns.
create table event (
    id integer primary key autoincrement,
    organization_id integer not null,
    flow_id integer,
    notification_id integer,
    service_id integer,
    at integer not null,
    actor text not null,
    kind text not null,
    detail text
) strict;
create index event_by_flow on event (flow_id) where flow_id is not null;
create index event_by_notification on event (notification_id) where notification_id is not null;
create index event_by_service on event (service_id) where service_id is not null;
