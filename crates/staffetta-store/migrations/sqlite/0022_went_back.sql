-- When the ledger was found older than the calls that were made. Of flows made before, what it knows may not be all:
-- whoever sends them, or sends any of them again, is asked.
alter table organization add column went_back_at integer;
update organization set went_back_at = held_at where held_reason = 1;

-- The owners that an ente had, each with the last claim that it found. A claim of an earlier owner that comes after
-- it is known to nobody.
create table ownership (
    organization_id integer not null references organization,
    epoch integer not null,
    inherited_claim integer not null,
    primary key (organization_id, epoch)
) strict, without rowid;

-- How often in a row a stretch of a forecast was asked for and IO said nothing of anybody in it.
alter table forecast add column fruitless integer not null default 0;
