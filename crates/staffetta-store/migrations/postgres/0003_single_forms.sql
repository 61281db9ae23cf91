-- The form in which a single notification was written, by a number made for that form alone: sent twice, even at the
-- same instant, it is one message.
alter table notification add column form_token text;
create unique index notification_by_form on notification (organization_id, form_token) where form_token is not null;
