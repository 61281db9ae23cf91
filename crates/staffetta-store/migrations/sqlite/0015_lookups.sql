-- Who looked for a citizen by fiscal code, and when. The code itself is not kept: a mark made with the key file.
create table lookup (
    id integer primary key autoincrement,
    organization_id integer not null references organization,
    at integer not null,
    actor text not null,
    person blob not null
) strict;
create index lookup_by_organization on lookup (organization_id, id);
create index lookup_by_person on lookup (organization_id, person, id);
