-- What the pages need: who is signed in, and what they looked for.

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
