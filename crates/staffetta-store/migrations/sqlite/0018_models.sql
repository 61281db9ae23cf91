-- Texts that an ente writes again: a flow without its service and its people.
create table model (
    id integer primary key autoincrement,
    organization_id integer not null references organization,
    name text not null,
    -- The name without case, accents and blanks: two that only look different are one.
    name_key text not null,
    nature_id integer not null references nature,
    -- Names of the columns that its file has, a JSON list, and what they mean, a JSON list of words; null where their names say it.
    columns text not null,
    meanings text,
    invalid_after_due integer not null,
    created_at integer not null,
    created_by text not null,
    -- Who may change it beside the administrators, who have no number here.
    operator_id integer references operator,
    subject text not null,
    markdown text not null
) strict;
create unique index model_by_name on model (organization_id, name_key);

-- No notice can be paid after its due date: what a new file of the flow starts with.
alter table flow add column invalid_after_due integer not null default 0;
