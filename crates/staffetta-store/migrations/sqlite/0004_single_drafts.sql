-- What an operator is writing as a single notification, until it is added: a session that ends in the middle loses
-- nothing. One for each person.
create table single_draft (
    operator_id integer primary key references operator on delete cascade,
    form_token text not null,
    -- None once it was added or given up: a saving of the same form that arrives late brings nothing back.
    form text,
    written_at integer not null
) strict;
create index single_draft_by_date on single_draft (written_at);
