-- When the list became one of several days of sending: what was put right before has its place in one of them.
alter table draft_file add column parted_at bigint;
