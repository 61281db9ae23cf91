-- A flow to more people than this is sent only when a second person approved it; null where the ente asks for none.
alter table organization add column approval_above integer;

-- Who activated a flow, and who approved it since. One that is prepared again is approved again.
create table approval (
    flow_id integer primary key references flow on delete cascade,
    activated_by text not null,
    approved_by text,
    approved_at integer
) strict;
-- Of flows that are active already nobody wrote down who activated them: it was, mostly, who made them.
insert into approval (flow_id, activated_by) select id, created_by from flow where state = 1;
