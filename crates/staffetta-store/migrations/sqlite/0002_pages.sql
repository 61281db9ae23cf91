-- What the pages need: who is signed in, what they looked for, and what they are writing.

-- Wrong passwords one after the other, and until when none is tried.
alter table operator add column wrong_passwords integer not null default 0;
alter table operator add column locked_until integer;

-- IO's own name of a service, by which people tell services apart; the API does not ask for it.
alter table service add column io_service_id text;

create table session (
    -- Hash of the token in the browser's cookie: who reads the database cannot sign in with it.
    token_hash blob primary key,
    organization_id integer not null references organization,
    operator_id integer not null references operator on delete cascade,
    created_at integer not null,
    seen_at integer not null
) strict;
create index session_by_operator on session (operator_id);
create index session_by_seen on session (seen_at);

-- A search, so that its address carries a name that means nothing and no fiscal code.
create table saved_search (
    id text primary key,
    operator_id integer not null references operator on delete cascade,
    form text not null,
    created_at integer not null
) strict;
create index saved_search_by_operator on saved_search (operator_id, form);
create index saved_search_by_date on saved_search (created_at);

-- A draft's message changes while its list is read: a list is the draft's only for the message and the file
-- against which it was checked. Raised when service, nature, oggetto or contenuto change.
alter table flow add column version integer not null default 1;
alter table flow add column checked_version integer;
-- The office's file, once it is whole; none after activation.
alter table flow add column file_id integer;
update flow set checked_version = version where list_id is not null;

-- An office's file, kept while its flow is a draft: when the message changes, any node reads it again.
create table draft_file (
    id integer primary key autoincrement,
    organization_id integer not null references organization,
    -- None once it is given up: its parts are being removed, a piece at a time.
    flow_id integer references flow,
    file_name text not null,
    -- Names of its columns, a JSON list.
    columns text not null,
    -- So far, or in all once it is whole.
    bytes integer not null default 0,
    parts integer not null default 0,
    complete integer not null default 0,
    created_at integer not null,
    uploaded_by text not null
) strict;
create index draft_file_by_flow on draft_file (flow_id) where flow_id is not null;
create index draft_file_incomplete on draft_file (created_at) where complete = 0;

create table draft_file_part (
    file_id integer not null references draft_file,
    position integer not null,
    bytes blob not null,
    primary key (file_id, position)
) strict;

-- Flows that are being made from a file in one go: they show, and take their reference, when their list is whole.
-- A table of its own, nearly always empty: a column of the flow would stand behind its wide ones.
create table flow_import (
    flow_id integer primary key references flow on delete cascade,
    created_at integer not null
) strict;
-- The last claim under which a call may have left: compared with the mark beside the key file, it tells a database
-- that was put back from a copy.
alter table organization add column last_claim integer not null default 0;
-- Since when nothing leaves, because the database was found older than the calls made; a person ends it.
alter table organization add column held_at integer;
