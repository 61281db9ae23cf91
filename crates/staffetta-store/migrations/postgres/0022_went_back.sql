-- When the ledger was found older than the calls that were made. Of flows made before, what it knows may not be all:
-- whoever sends them, or sends any of them again, is asked.
alter table organization add column went_back_at bigint;
update organization set went_back_at = held_at where held_reason = 1;

-- The owners that an ente had, each with the last claim that it found. A claim of an earlier owner that comes after
-- it is known to nobody.
create table ownership (
    organization_id bigint not null references organization,
    epoch bigint not null,
    inherited_claim bigint not null,
    primary key (organization_id, epoch)
);

-- How often in a row a stretch of a forecast was asked for and IO said nothing of anybody in it.
alter table forecast add column fruitless bigint not null default 0;
